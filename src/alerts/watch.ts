/**
 * Each minute: the rows of all kits and of the collector are looked at, what changed becomes events, lines of the log
 * and notices, and what may go is sent. Nothing here is waited for by the line. Promises: what was to be told is in the
 * file before it is sent, and leaves it when it was taken; it may be told twice when the collector dies in between.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Log } from '../log.ts'
import type { Files } from '../store/files.ts'
import type { AlertNews } from '../track/alert-events.ts'
import type { TrackState } from '../track/state.ts'
import { createDelivery, type Way } from './delivery.ts'
import { askMissing, askRow, type Rule, recalled, type Verdicts } from './evaluate.ts'
import { type Notice, noticeOf } from './notice.ts'
import type { Change, Standings, WatchedRow } from './standing.ts'
import { loadAlertState, saveAlertState } from './state-file.ts'
import { collectorWatched, kitRows, moduleTag } from './watched-rows.ts'

export interface WatchParts {
  readonly rules: readonly Rule[]
  readonly ways: readonly Way[]
  /** Whether the notice has to wait at this time (epoch ms). */
  readonly isHeldBack: (notice: Notice, at: number) => boolean
  readonly state: () => TrackState
  readonly tell: (news: AlertNews) => void
  readonly files: Files
  readonly path: string
  readonly log: Log
}

export interface AlertWatch {
  /** The minute `at` (epoch ms), with the collector's own row. */
  onMinute(at: number, collector: WatchedRow['fields']): Promise<void>
  /** Waits for what is on its way. */
  close(): Promise<void>
}

/** Kits per turn, so that a fleet never blocks the line for long. */
const KITS_A_TURN = 20

/** Looks at all rows, in turns. */
const look = async (
  { rules, state }: WatchParts,
  before: Standings,
  collector: WatchedRow['fields'],
  at: number,
): Promise<Verdicts> => {
  const standings = new Map<string, Verdicts['standings'][number][1]>()
  const changes: Change[] = []
  const seen = new Set<string>()
  const take = (verdicts: Verdicts): void => {
    for (const [key, standing] of verdicts.standings) standings.set(key, standing)
    changes.push(...verdicts.changes)
  }
  const ask = (row: WatchedRow): void => {
    seen.add(row.key)
    take(askRow(rules, row, before, at))
  }
  ask(collectorWatched(collector, state().timeZone))
  let turn = 0
  for (const kit of [...state().kits.values()]) {
    for (const row of kitRows(kit, at)) ask(row)
    if (++turn % KITS_A_TURN === 0) await breathe()
  }
  take(askMissing(rules, seen, before, at))
  return { standings: [...standings], changes }
}

/** Of a moment only that it came is told. */
const isTold = ({ alert, what }: Change): boolean => what === 'fired' || alert.once !== true

const tellChange = ({ tell, log }: WatchParts, change: Change, notice: Notice): void => {
  const isFired = change.what === 'fired'
  const { kitSn, label } = change.standing.subject
  const text = `${notice.title}: ${notice.text}`
  if (kitSn !== '') tell({ kitSn, moduleSn: moduleTag(change.standing.subject), isFired, text })
  const level = isFired && notice.severity !== 'info' ? 'warn' : 'info'
  log[level]({ alert: notice.alert }, `${isFired ? 'Alert' : 'No alert any more'}. ${label}: ${text}.`)
}

/** Reads how alerts stood when the collector last ran. */
export const openAlertWatch = async (parts: WatchParts): Promise<AlertWatch> => {
  const { files, path, log } = parts
  const known = await loadAlertState(files, path)
  let standings: Standings = new Map(known.standings)
  let { lookedAt = 0 } = known
  let isLooking = false
  let isUnsaved = false
  let saving = Promise.resolve()
  const save = (): Promise<void> => {
    saving = saving.then(async () => {
      await saveAlertState(files, path, { lookedAt, standings: [...standings], boxes: delivery.boxes() }).then(
        () => {
          isUnsaved = false
        },
        (error: unknown) => {
          if (!isUnsaved)
            log.warn(`How alerts stand could not be kept: after a restart they may be told again (${error}).`)
          isUnsaved = true
        },
      )
    })
    return saving
  }
  const delivery = createDelivery({ ...parts, save }, known.boxes)
  const onMinute = async (at: number, collector: WatchedRow['fields']): Promise<void> => {
    if (isLooking) return
    isLooking = true
    const found = await look(parts, recalled(standings, lookedAt, at), collector, at).finally(() => {
      isLooking = false
    })
    standings = new Map(found.standings)
    lookedAt = at
    const told = found.changes.filter(isTold).map((change) => [change, noticeOf(change)] as const)
    for (const [change, notice] of told) tellChange(parts, change, notice)
    delivery.put(told.filter(([{ what }]) => what !== 'muted').map(([, notice]) => notice))
    if (found.changes.length > 0 || isUnsaved) await save()
    delivery.send(at)
  }
  return { onMinute, close: () => delivery.close().then(save) }
}
