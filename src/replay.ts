/** The command `replay`: recorded or captured messages through the same line into the store, and what came of them. */
import type { Settings } from './config.ts'
import { type Counters, total } from './counters.ts'
import { CollectorError } from './errors.ts'
import { minuteInput } from './intake.ts'
import { type Line, openLine } from './line.ts'
import type { Log } from './log.ts'
import { isRecording, type Origin, readReplay } from './replay-file.ts'
import type { Input } from './store/record.ts'
import { latestValues, listKits } from './track/live.ts'

type Print = (line: string) => void

const FLUSH_EVERY = 5_000
const MINUTE_MS = 60_000
const MOST_MINUTES = 10
const DRAIN_MS = 600_000
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

const feed = async (line: Line, path: string, origin: Origin): Promise<number> => {
  let inputs = 0
  let lastAt = 0
  for await (const input of readReplay(path, origin)) {
    const newest = line.intake.track.state.lastAt
    if (input.at < newest)
      throw new CollectorError(
        'replay_older',
        `${path} has an input of ${iso(input.at)}, which is before the newest one here (${iso(newest)}).`,
      )
    if (input.source === 'file' && lastAt > 0)
      for (const at of minutesBetween(lastAt, input.at)) await bring(line, minuteInput(at, 0, 1))
    await bring(line, input)
    lastAt = input.at
    if (++inputs % FLUSH_EVERY === 0) await line.spool.flush()
  }
  return inputs
}

/** The status rows that the next whole minute would have brought, or this moment; a recording has its own. */
const finish = async (line: Line, paths: readonly string[]): Promise<void> => {
  const { lastAt } = line.intake.track.state
  const minute = Math.ceil(lastAt / MINUTE_MS) * MINUTE_MS
  const at = Math.min(minute, Math.max(lastAt, line.clock.now()))
  if (!paths.every(isRecording) && lastAt > 0) await bring(line, minuteInput(at, 0, 1))
  await line.spool.flush()
  await line.drain.idle()
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

/** Replays the files in order and prints what became of every message and value. */
export const replay = async (
  paths: readonly string[],
  origin: Origin,
  settings: Settings,
  log: Log,
  print: Print,
): Promise<void> => {
  const line = await openLine(settings, log)
  let inputs = 0
  try {
    for (const path of paths) inputs += await feed(line, path, { ...origin, at: origin.at + inputs })
    const at = line.intake.track.state.lastAt
    await finish(line, paths)
    printValues(line, at, print)
    const { counters } = line
    print('')
    print(`Read     ${inputs} inputs; ${total(counters, 'messages_received')} messages`)
    print(`Reports  ${labelled(counters, 'reports')}`)
    print(`Rejected ${labelled(counters, 'rejected')}`)
    print(`Values   ${labelled(counters, 'values')}`)
    if (total(counters, 'quarantined') > 0) print(`Quarantined for ${labelled(counters, 'quarantined')}`)
    print(`Stored   in ${line.opened.place}`)
  } finally {
    await line.close(DRAIN_MS)
  }
}
