/** The command `replay`: recorded or captured messages through the same line into the store, and what came of them. */
import type { Settings } from './config.ts'
import { type Counters, total } from './counters.ts'
import { CollectorError } from './errors.ts'
import { type Line, openLine } from './line.ts'
import type { Log } from './log.ts'
import { type Origin, readReplay } from './replay-file.ts'
import { latestValues, listKits } from './track/live.ts'

type Print = (line: string) => void

const FLUSH_EVERY = 5_000
const DRAIN_MS = 600_000
/** More values than this are a table nobody reads. */
const MOST_SHOWN = 600

const newestAt = (line: Line): number => {
  let newest = 0
  for (const kit of line.intake.track.state.kits.values())
    for (const module of kit.modules.values()) newest = Math.max(newest, module.lastAt)
  return newest
}

const feed = async (line: Line, path: string, origin: Origin, newest: number): Promise<number> => {
  let inputs = 0
  for await (const input of readReplay(path, origin)) {
    if (input.at < newest)
      throw new CollectorError(
        'replay_older',
        `${path} begins at ${new Date(input.at).toISOString()}, before the newest value here (${new Date(newest).toISOString()}).`,
      )
    while (line.intake.accept(input) === undefined) await line.drain.idle()
    if (++inputs % FLUSH_EVERY === 0) await line.spool.flush()
  }
  return inputs
}

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
    const newest = newestAt(line)
    for (const path of paths) inputs += await feed(line, path, { ...origin, at: origin.at + inputs }, newest)
    await line.spool.flush()
    await line.drain.idle()
    printValues(line, line.intake.track.state.kits.size > 0 ? newestAt(line) : 0, print)
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
