/**
 * Set commands as the line knows them: each change of one is an input, so that a restart finds those on their way, and a
 * row of `command`. A command's row is stamped on a whole second that no other command of its kit has, and written
 * again with each change.
 */
import { COMMAND_STATES, type CommandRecord, hasEnded } from '../control/command-record.ts'
import { encodePoint } from '../store/line-protocol.ts'
import type { LineBuilder } from './encode.ts'
import type { TrackState } from './state.ts'

/** Commands remembered; beyond it those that ended go, the oldest first. */
const MOST_COMMANDS = 1000

const stampOf = ({ commands }: TrackState, { id, kitSn, askedAt }: CommandRecord): number => {
  const known = commands.get(id)
  if (known) return known.stampAt
  let stampAt = Math.floor(askedAt / 1000) * 1000
  for (const other of commands.values())
    if (other.record.kitSn === kitSn) stampAt = Math.max(stampAt, other.stampAt + 1000)
  return stampAt
}

const forgetOldest = ({ commands }: TrackState): void => {
  for (const [id, { record }] of commands) {
    if (commands.size <= MOST_COMMANDS) return
    if (hasEnded(record)) commands.delete(id)
  }
}

const fieldsOf = (record: CommandRecord): Record<string, string | number> => {
  const { id, command, params, by, state, transport, isAcknowledged, text } = record
  const { askedAt, sentAt, acknowledgedAt, endedAt } = record
  return {
    id,
    kind: command,
    details: JSON.stringify(params),
    by,
    state,
    state_code: COMMAND_STATES[state].code,
    text,
    is_acknowledged: isAcknowledged ? 1 : 0,
    asked_ms: askedAt,
    ...(transport === '' ? {} : { transport }),
    ...(sentAt === undefined ? {} : { sent_ms: sentAt }),
    ...(acknowledgedAt === undefined ? {} : { acknowledged_ms: acknowledgedAt }),
    ...(endedAt === undefined ? {} : { end_ms: endedAt, duration_s: (endedAt - askedAt) / 1000 }),
  }
}

/** A command is new, or stands otherwise than before. */
export const trackCommand = (state: TrackState, record: CommandRecord, into: LineBuilder): void => {
  const stampAt = stampOf(state, record)
  state.commands.set(record.id, { record, stampAt })
  forgetOldest(state)
  into.history += encodePoint({
    measurement: 'command',
    tags: { kit_sn: record.kitSn },
    fields: fieldsOf(record),
    at: stampAt,
  })
}
