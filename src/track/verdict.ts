/**
 * In one word how a kit or module is doing; `code` orders them, `trouble` ranks what a person should look at first.
 * Up to `degraded` its values are current; of the others the last known values are old.
 */
export const VERDICTS = {
  live: { code: 0, trouble: 0, is: 'it pushes reports as often as it used to' },
  quiet: { code: 1, trouble: 5, is: 'no push now; nothing has changed, or for less time than makes a gap' },
  asleep: { code: 2, trouble: 5, is: 'no push now: the inverter said that it sleeps in low power mode' },
  degraded: {
    code: 3,
    trouble: 20,
    is: 'nothing is pushed; polls of the cloud bring current values, at their slower pace',
  },
  silent: { code: 4, trouble: 50, is: 'no report for longer than its learnt cadence allows' },
  frozen: { code: 5, trouble: 55, is: 'the cloud repeats an old snapshot although power should be moving' },
  offline: { code: 6, trouble: 60, is: 'the cloud says that the kit is not connected' },
  cloud_down: { code: 7, trouble: 65, is: "the vendor's cloud cannot be reached" },
  unheard: { code: 8, trouble: 70, is: 'configured or listed, and no report of it ever came' },
} as const

export type Verdict = keyof typeof VERDICTS

/** Whether values are current under this verdict. */
export const isCurrent = (verdict: Verdict): boolean => VERDICTS[verdict].code <= VERDICTS.degraded.code

/** A kit with an active error ranks above every kit that is well, and below those without values. */
export const ERROR_TROUBLE = 30
