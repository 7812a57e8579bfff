/**
 * Which command a set reply answers. By the vendor's id where it is one of ours; else it is the oldest command of that
 * operateType on its way to that hub, within the time in which kits reply. Never by module: kits answer from others than
 * those addressed. src: powerkits-api.txt L1936-2491
 */
import type { SetReplyReport } from '../report/report.ts'
import type { CommandRecord } from './command-record.ts'
import { REPLY_MS } from './confirm.ts'

/** A command on its way, in the order asked. */
interface Candidate {
  readonly record: CommandRecord
  readonly goneAt: number | undefined
}

export interface Replies {
  /** Our id of the command that the reply answers at `at` (epoch ms); undefined for none that is on its way. */
  match(reply: SetReplyReport, candidates: readonly Candidate[], at: number): string | undefined
}

const MOST_REMEMBERED = 1_000

/** `all` are the commands remembered. */
export const createReplies = (all: () => readonly CommandRecord[]): Replies => {
  /** Ids that are none of ours and were matched once: the same reply may come twice. */
  const strangers = new Set<string>()
  const isNew = (reply: SetReplyReport): boolean => {
    const key = `${reply.kitSn} ${reply.id}`
    if (reply.id === '') return true
    if (strangers.has(key)) return false
    if (strangers.size >= MOST_REMEMBERED) strangers.clear()
    strangers.add(key)
    return true
  }
  const isOurs = (reply: SetReplyReport): boolean =>
    all().some(({ kitSn, wireId }) => kitSn === reply.kitSn && String(wireId) === reply.id)
  return {
    match: (reply, candidates, at) => {
      const gone = candidates.filter(({ goneAt }) => goneAt !== undefined)
      const named = gone.find(({ record }) => String(record.wireId) === reply.id)
      if (named) return named.record.id
      // A reply that comes after its command has ended is nobody else's.
      if (isOurs(reply)) return undefined
      const oldest = gone.find(
        ({ record, goneAt }) =>
          record.operateType === reply.operateType && !record.isAcknowledged && at - goneAt! <= REPLY_MS,
      )
      return oldest && isNew(reply) ? oldest.record.id : undefined
    },
  }
}
