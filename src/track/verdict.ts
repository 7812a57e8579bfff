/** In one word how a kit or module is doing; `code` orders them, `trouble` ranks what a person should look at first. */
export const VERDICTS = {
  live: { code: 0, trouble: 0, is: 'reports arrive as often as they used to' },
  silent: { code: 4, trouble: 50, is: 'no report for longer than its learnt cadence allows' },
  offline: { code: 6, trouble: 60, is: 'the cloud says that the kit is not connected' },
  unheard: { code: 8, trouble: 70, is: 'configured, and no report of it ever came' },
} as const

export type Verdict = keyof typeof VERDICTS

/** A kit with an active error ranks above every kit that is well, and below those without values. */
export const ERROR_TROUBLE = 30
