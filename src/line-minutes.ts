/**
 * What the collector does each whole minute: status rows of every kit, then alerts; now and then a snapshot, each hour
 * what tidies the store.
 */
import { hostname } from 'node:os'
import { setImmediate as breathe } from 'node:timers/promises'
import type { AlertWatch } from './alerts/watch.ts'
import type { Source } from './cloud/source.ts'
import { collectorFields, collectorRow } from './collector-row.ts'
import { minuteInput } from './intake.ts'
import type { Line } from './line.ts'
import type { Log } from './log.ts'
import { everyMinute } from './minutes.ts'
import { noteworthy } from './noteworthy.ts'
import { createQuarantineShare } from './quarantine-share.ts'
import type { Timers } from './timers.ts'

const SNAPSHOT_MINUTES = 5
/** Not once a day: a machine may be off at that hour every day. */
const TIDY_MINUTES = 60
const MINUTE_MS = 60_000
/** Kits per turn of a minute, so that a fleet's keyframes never block the line for long. */
const KITS_A_TURN = 50

const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

/** Raw values past their time go; a month that is over is sorted, in the background. */
const tidy = async ({ opened }: Line, at: number, log: Log): Promise<void> => {
  const expired = await opened.expire(at)
  if (expired.length > 0) log.info(`Removed raw values past their time: ${expired.join(', ')}.`)
  opened.sort(at).then(
    (month) => {
      if (month) log.info(`Sorted ${month.name}: ${mb(month.bytesBefore)} became ${mb(month.bytesAfter)}.`)
    },
    (error: unknown) => log.warn(error instanceof Error ? error.message : String(error)),
  )
}

type OwnFields = ReturnType<typeof collectorFields>

/** The minute's turns, and what is due every few minutes. Keeps nothing of a minute that failed but the log line. */
const onMinute = async (line: Line, own: OwnFields, alerts: AlertWatch, at: number, log: Log): Promise<void> => {
  const { intake, spool } = line
  const parts = Math.max(1, Math.ceil(intake.track.state.kits.size / KITS_A_TURN))
  const row = collectorRow(hostname(), own, at)
  for (let part = 0; part < parts; part++) {
    intake.accept(minuteInput(at, part, parts), part === 0 ? row : '')
    await breathe()
  }
  await alerts
    .onMinute(at, own)
    .catch((error: Error) => log.error(error, 'This minute’s alerts could not be looked at.'))
  const minute = at / MINUTE_MS
  if (minute % SNAPSHOT_MINUTES === 0) await line.saveSnapshot()
  if (minute % TIDY_MINUTES === 0) await tidy(line, at, log)
  log.debug({ spool: spool.stats() }, 'minute')
}

/** Begins with the next whole minute; the result ends it. */
export const startMinutes = (
  line: Line,
  sources: readonly Source[],
  alerts: AlertWatch,
  timers: Timers,
  log: Log,
): (() => void) => {
  const startedAt = timers.now()
  const quarantineShare = createQuarantineShare()
  let counted = new Map(line.counters)
  return everyMinute(timers, (at) => {
    for (const sentence of noteworthy(counted, line.counters)) log.warn(sentence)
    counted = new Map(line.counters)
    const accounts = sources.map((source) => source.status())
    const own = collectorFields(line, accounts, { startedAt, quarantinedRatio: quarantineShare(line.counters) }, at)
    onMinute(line, own, alerts, at, log).catch((error: Error) =>
      log.error(error, 'This minute’s rows could not be made.'),
    )
  })
}
