/**
 * The records of set commands: each change of one is an input of the line, durable like every other and a row of
 * `command`. Holds what finds no room in the spool and tries again until it does; tells whoever follows a command.
 */
import type { Log } from '../log.ts'
import type { Input } from '../store/record.ts'
import type { Timers } from '../timers.ts'
import type { TrackState } from '../track/state.ts'
import { type CommandRecord, hasEnded } from './command-record.ts'

export interface AuditParts {
  readonly state: () => TrackState
  /** Hands an input to the line; undefined when there was no room. */
  readonly accept: (input: Input) => number | undefined
  readonly timers: Timers
  readonly log: Log
}

type Hearer = (record: CommandRecord) => void

export interface Audit {
  /** Records a new command; false when there was no room, and then it must not be sent. */
  begin(record: CommandRecord): boolean
  /** Records how a command stands now. Not before `begin`. */
  note(record: CommandRecord): void
  get(id: string): CommandRecord | undefined
  /** In the order asked. */
  all(): readonly CommandRecord[]
  /** See `Control.follow`. */
  follow(id: string, onChange: Hearer): () => void
  close(): void
}

const AGAIN_MS = 5_000

const tell = (log: Log, { kitSn, command, by, params, state, text }: CommandRecord): void => {
  const what = `Kit ${kitSn}: ${command} ${JSON.stringify(params)} by “${by}” is ${state}. ${text}`
  if (state === 'contradicted' || state === 'failed') log.warn(what)
  else log.info(what)
}

/** Whoever wants to know how a command goes on. */
const createHearers = () => {
  const hearers = new Map<string, Set<Hearer>>()
  return {
    tell: (record: CommandRecord): void => {
      for (const hearer of [...(hearers.get(record.id) ?? [])]) hearer(record)
      if (hasEnded(record)) hearers.delete(record.id)
    },
    add: (id: string, hearer: Hearer): (() => void) => {
      const ofId = hearers.get(id) ?? new Set()
      hearers.set(id, ofId.add(hearer))
      return () => {
        ofId.delete(hearer)
        if (ofId.size === 0 && hearers.get(id) === ofId) hearers.delete(id)
      }
    },
    clear: () => hearers.clear(),
  }
}

export const createAudit = ({ state, accept, timers, log }: AuditParts): Audit => {
  const waiting = new Map<string, CommandRecord>()
  const hearers = createHearers()
  let cancel: (() => void) | undefined

  const record = (of: CommandRecord): boolean => {
    const bytes = new TextEncoder().encode(JSON.stringify(of))
    return accept({ at: timers.now(), source: 'tick', topic: 'command', bytes }) !== undefined
  }
  const again = (): void => {
    for (const [id, of] of waiting) if (record(of)) waiting.delete(id)
    cancel = waiting.size > 0 ? timers.after(AGAIN_MS, again) : undefined
  }
  const get = (id: string): CommandRecord | undefined => waiting.get(id) ?? state().commands.get(id)?.record
  return {
    begin: (of) => {
      if (!record(of)) return false
      tell(log, of)
      return true
    },
    note: (of) => {
      // What waits already must not be overtaken by what comes later.
      if (waiting.has(of.id) || !record(of)) waiting.set(of.id, of)
      if (waiting.size > 0) cancel ??= timers.after(AGAIN_MS, again)
      tell(log, of)
      hearers.tell(of)
    },
    get,
    all: () => [...state().commands.keys()].map((id) => get(id)!),
    follow: (id, onChange) => {
      const now = get(id)
      if (now === undefined) return () => undefined
      const stop = hasEnded(now) ? () => undefined : hearers.add(id, onChange)
      onChange(now)
      return stop
    },
    close: () => {
      cancel?.()
      hearers.clear()
    },
  }
}
