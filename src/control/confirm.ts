/**
 * What is said of a command in the end, from what was heard of it. Pure. `confirmed` needs the kit's own report, and
 * that the command went out: a kit that merely stands as asked proves nothing of a command that may have got lost.
 */
import type { SetReplyReport } from '../report/report.ts'
import type { CommandRecord, CommandState } from './command-record.ts'
import { contradiction, lastOtherwise, type Reading, showsEffect } from './read-back.ts'

/** Too early a look shows the old state. src: VENDOR-FACTS §1.7: the effect shows after about 2 to 10 s */
export const GRACE_MS = 2_000
/** How long telemetry is looked at after that. */
export const WINDOW_MS = 60_000
/** Later the kit does not reply. src: TarasKhust/ecoflow-api-mqtt #75 */
export const REPLY_MS = 8_000

export interface Ending {
  readonly state: CommandState
  readonly text: string
}

/** What is known of a command that went out, or may have. */
export interface Standing {
  readonly record: CommandRecord
  /** Undefined where nothing can be read back. */
  readonly reading: Reading | undefined
  /** Why it is not known whether it went out; empty where it did. */
  readonly doubt: string
}

const isKnownSent = ({ state, isAcknowledged }: CommandRecord): boolean => state === 'sent' || isAcknowledged

/** Whether it is confirmed by now. */
export const confirmation = ({ record, reading }: Standing): Ending | undefined => {
  if (reading === undefined || !showsEffect(reading)) return undefined
  return isKnownSent(record) || reading.hasChanged
    ? { state: 'confirmed', text: 'The kit reports what was asked.' }
    : undefined
}

const sentences = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ')

const unreadable = ({ record, doubt }: Standing): Ending => {
  const replied = record.isAcknowledged ? 'The kit replied that it was done.' : 'The kit did not reply.'
  const why = typeof record.readBack === 'string' ? record.readBack : 'It asks for nothing that is reported.'
  return { state: 'unconfirmed', text: sentences(doubt, replied, 'Nothing that it reports can show the effect:', why) }
}

/** How a command ends whose time is over at `at` (epoch ms). */
export const ending = (standing: Standing, at: number): Ending => {
  const { record, reading, doubt } = standing
  if (reading === undefined) return unreadable(standing)
  const replied = record.isAcknowledged ? 'It had replied that it was done.' : ''
  if (showsEffect(reading)) {
    const text = sentences(doubt, 'The kit stands as asked; whether the command did that is not known.')
    return confirmation(standing) ?? { state: 'unconfirmed', text }
  }
  const against = contradiction(reading, at)
  if (against !== '')
    return { state: 'contradicted', text: sentences(doubt, `The kit reports otherwise: ${against}.`, replied) }
  const last = lastOtherwise(reading)
  const text = sentences(
    doubt,
    `Nothing that the kit reported within ${WINDOW_MS / 1000} s shows the effect.`,
    last === '' ? '' : `The last word was: ${last}.`,
    replied,
    'Look at the kit before sending it again.',
  )
  return { state: 'unconfirmed', text }
}

const DONE = new Set(['', '0'])

/** Whether a set reply says that it was done: the vendor tells of no other code than 0. */
export const isDone = ({ code }: SetReplyReport): boolean => DONE.has(code)

/** How a command ends by the set reply alone; undefined where its effect is still to be seen. */
export const endingByReply = (standing: Standing, reply: SetReplyReport): Ending | undefined => {
  if (!isDone(reply))
    return {
      state: 'failed',
      text: `The kit refused it: its set reply says ${reply.code}, and the vendor does not tell what that means.`,
    }
  if (standing.reading !== undefined) return undefined
  const answered = Object.keys(reply.answer).length > 0
  if (answered) return { state: 'confirmed', text: `The kit answered: ${JSON.stringify(reply.answer).slice(0, 300)}` }
  return unreadable(standing)
}
