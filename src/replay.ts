/** The command `replay`: recorded or captured messages through the same line into the store, and what came of them. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Settings } from './config.ts'
import { type Counters, total } from './counters.ts'
import { CollectorError } from './errors.ts'
import type { Fleet } from './fleet.ts'
import { createFleetNews } from './fleet-news.ts'
import { minuteInput } from './intake.ts'
import { type Line, openLine } from './line.ts'
import type { Log } from './log.ts'
import { isRecording, type Origin, readReplay } from './replay-file.ts'
import { parseTopic } from './report/topic.ts'
import type { Progress } from './shell/progress.ts'
import type { Input } from './store/record.ts'
import type { OnRead } from './store/recording-reader.ts'
import { latestValues, listKits } from './track/live.ts'

type Print = (line: string) => void

const FLUSH_EVERY = 5_000
const MINUTE_MS = 60_000
const MOST_MINUTES = 10
const DRAIN_MS = 600_000
const LOOK_MS = 250
/** More values than this are a table nobody reads. */
const MOST_SHOWN = 600

/** Whole minutes that a running collector would have kept between two inputs; not those of a long silence. */
const minutesBetween = (fromAt: number, toAt: number): number[] => {
  const minutes: number[] = []
  for (
    let at = Math.ceil((fromAt + 1) / MINUTE_MS) * MINUTE_MS;
    at <= toAt && minutes.length < MOST_MINUTES;
    at += MINUTE_MS
  )
    minutes.push(at)
  return minutes
}

/** Brings one input in, however long the store makes it wait. */
const bring = async (line: Line, input: Input): Promise<void> => {
  while (line.intake.accept(input) === undefined) await line.drain.idle()
}

/** The settings and their kits, and how much is seen of the work. */
export interface ReplayParts {
  readonly settings: Settings
  readonly fleet: Fleet
  readonly log: Log
  readonly print: Print
  readonly progress: Progress
}

/**
 * Tells the line what the settings say, at the time of the first input and of the first one of each kit: no row of a
 * kit comes of a file that knows nothing of it. A recording that tells the fleet of its time is believed from there on.
 */
const createTeller = (line: Line, { fleet, settings }: ReplayParts): ((input: Input) => Promise<void>) => {
  const newsOf = createFleetNews(fleet, settings)
  const met = new Set<string>()
  let isRecorded = false
  return async ({ source, topic, at }) => {
    const sn = parseTopic(topic)?.kitSn ?? ''
    if (!isRecorded && !met.has(sn)) {
      met.add(sn)
      const news = newsOf([], (named) => met.has(named) || line.intake.track.state.kits.has(named))
      const bytes = new TextEncoder().encode(JSON.stringify(news))
      if (news !== undefined) await bring(line, { at, source: 'tick', topic: 'fleet', bytes })
    }
    isRecorded ||= source === 'tick' && topic === 'fleet'
  }
}

type Tell = ReturnType<typeof createTeller>

const feed = async (line: Line, path: string, origin: Origin, tell: Tell, onRead: OnRead): Promise<number> => {
  let inputs = 0
  let lastAt = 0
  for await (const input of readReplay(path, origin, onRead)) {
    const newest = line.intake.track.state.lastAt
    if (input.at < newest)
      throw new CollectorError(
        'replay_older',
        `${path} has an input of ${iso(input.at)}, which is before the newest one here (${iso(newest)}).`,
      )
    if (input.source === 'file' && lastAt > 0)
      for (const at of minutesBetween(lastAt, input.at)) await bring(line, minuteInput(at, 0, 1))
    await tell(input)
    await bring(line, input)
    lastAt = input.at
    if (++inputs % FLUSH_EVERY === 0) await line.spool.flush()
  }
  return inputs
}

/** Waits until the store has all that was brought. */
const untilStored = async ({ drain, spool }: Line, progress: Progress): Promise<void> => {
  await spool.flush()
  const first = spool.cursor
  let isStored = false
  const stored = drain.idle().then(() => {
    isStored = true
  })
  while (!isStored) {
    progress.at(spool.cursor - first, spool.lastSeq - first, 'to the store')
    await Promise.race([stored, sleep(LOOK_MS)])
  }
}

/** The status rows that the next whole minute would have brought, or this moment; a recording has its own. */
const finish = async (line: Line, paths: readonly string[], progress: Progress): Promise<void> => {
  const { lastAt } = line.intake.track.state
  const minute = Math.ceil(lastAt / MINUTE_MS) * MINUTE_MS
  const at = Math.min(minute, Math.max(lastAt, line.clock.now()))
  if (!paths.every(isRecording) && lastAt > 0) await bring(line, minuteInput(at, 0, 1))
  await untilStored(line, progress)
}

const iso = (at: number): string => new Date(at).toISOString()

const labelled = (counters: Counters, name: string): string => {
  const entries = [...counters].filter(([key]) => key.startsWith(`${name}{`))
  return entries.map(([key, value]) => `${key.slice(name.length + 1, -1)} ${value}`).join(', ') || 'none'
}

const printValues = (line: Line, at: number, print: Print): void => {
  const { state } = line.intake.track
  const series = listKits(state, at).flatMap((kit) =>
    (latestValues(state, kit.kit_sn, at) ?? []).flatMap((module) => module.series),
  )
  const shown = series.flatMap(({ measurement, tags, fields }) =>
    fields.map(({ name, value, unit }) => {
      const { kit_sn: _kit, ...rest } = tags
      const where = [measurement, ...Object.values(rest)].join(' ')
      return `${where.padEnd(42)} ${name.padEnd(30)} ${value}${unit === 'text' || unit === 'flag' ? '' : ` ${unit}`}`
    }),
  )
  print('')
  for (const row of shown.slice(0, MOST_SHOWN)) print(row)
  if (shown.length > MOST_SHOWN) print(`… and ${shown.length - MOST_SHOWN} more values`)
}

const printSummary = ({ counters, opened }: Line, inputs: number, print: Print): void => {
  print('')
  print(`Read     ${inputs} inputs; ${total(counters, 'messages_received')} messages`)
  print(`Reports  ${labelled(counters, 'reports')}`)
  print(`Rejected ${labelled(counters, 'rejected')}`)
  print(`Values   ${labelled(counters, 'values')}`)
  if (total(counters, 'quarantined') > 0) print(`Quarantined for ${labelled(counters, 'quarantined')}`)
  print(`Stored   in ${opened.place}`)
}

/** Replays the files in order and prints what became of every message and value. */
export const replay = async (paths: readonly string[], origin: Origin, parts: ReplayParts): Promise<void> => {
  const { settings, log, print, progress } = parts
  const line = await openLine(settings, log)
  const tell = createTeller(line, parts)
  let inputs = 0
  try {
    for (const [index, path] of paths.entries()) {
      const onRead: OnRead = (done, of) => progress.at(index + done / of, paths.length, path)
      inputs += await feed(line, path, { ...origin, at: origin.at + inputs }, tell, onRead)
    }
    const at = line.intake.track.state.lastAt
    await finish(line, paths, progress)
    progress.end()
    printValues(line, at, print)
    printSummary(line, inputs, print)
  } finally {
    progress.end()
    await line.close(DRAIN_MS)
  }
}
