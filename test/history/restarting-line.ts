/**
 * The line without sockets and disks, which can be stopped and started: what it knows goes through a snapshot, as in the
 * collector. Keeps the rows that it writes about energy and gaps; a row written again takes the place of the former,
 * field by field, as in a store.
 */
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createCounters } from '../../src/counters.ts'
import { minuteInput } from '../../src/intake.ts'
import { runLine } from '../../src/pipeline.ts'
import { type Point, parseLine } from '../../src/store/line-protocol.ts'
import type { Input } from '../../src/store/record.ts'
import type { NamedKits } from '../../src/track/notes.ts'
import { restoreSnapshot, takeSnapshot } from '../../src/track/snapshot.ts'
import { createState } from '../../src/track/state.ts'
import { createTrack } from '../../src/track/track.ts'

export interface RestartingLine {
  readonly feed: (input: Input) => void
  readonly minute: (at: number) => void
  readonly stop: () => void
  readonly start: (at: number) => void
  /** When the module was last heard of, as the line sees it (epoch ms). */
  readonly heardAt: (kitSn: string, moduleSn: string) => number
  /** Whether a hole in the kit's data is known that nothing has ended yet. */
  readonly isMissing: (kitSn: string) => boolean
  /** Whether a hole of the module alone was told that ended with its report at `at`. */
  readonly wasMissed: (kitSn: string, moduleSn: string, at: number) => boolean
  /** Rows of a measurement as a store would hold them, ordered by time. */
  readonly rows: (measurement: string) => Point[]
}

const KEPT = /^(?:energy|gap)/

const NOTHING = new Uint8Array()

const tickInput = (at: number, topic: string, bytes: Uint8Array = NOTHING): Input => ({
  at,
  source: 'tick',
  topic,
  bytes,
})

/** Runs at once. `named` is what the settings say of the kits. */
export const createRestartingLine = (named: NamedKits, startAt: number): RestartingLine => {
  const catalogue = createCatalogue(MODULES)
  const stored = new Map<string, Point>()
  let track = createTrack(createState(), catalogue, createCounters())
  const ended = new Set<string>()
  const keep = (line: string): void => {
    const point = parseLine(line)
    if (point.fields.is_open === 0) ended.add(`${point.tags.kit_sn} ${point.tags.module_sn} ${point.fields.end_ms}`)
    const identity = JSON.stringify([point.measurement, point.tags, point.at])
    const fields = { ...stored.get(identity)?.fields, ...point.fields }
    stored.set(identity, { ...point, fields })
  }
  const feed = (input: Input): void => {
    for (const line of runLine(track, input).history.split('\n')) if (KEPT.test(line)) keep(line)
  }
  const start = (at: number): void => {
    feed(tickInput(at, 'start'))
    feed(tickInput(at, 'fleet', Buffer.from(JSON.stringify(named))))
  }
  start(startAt)
  return {
    feed,
    minute: (at) => feed(minuteInput(at, 0, 1)),
    stop: () => {
      const state = restoreSnapshot(Buffer.concat(takeSnapshot(track.state, catalogue)), catalogue)
      if (state === undefined) throw new Error('the snapshot cannot be read')
      track = createTrack(state, catalogue, createCounters())
    },
    start,
    heardAt: (kitSn, moduleSn) => {
      const modules = track.state.kits.get(kitSn)?.modules.values() ?? []
      // What the list of modules says of it is kept under its serial number too.
      return Math.max(0, ...[...modules].filter(({ sn }) => sn === moduleSn).map(({ heardAt }) => heardAt))
    },
    isMissing: (kitSn) => track.state.kits.get(kitSn)?.ledger.gap !== undefined,
    wasMissed: (kitSn, moduleSn, at) => ended.has(`${kitSn} ${moduleSn} ${at}`),
    rows: (measurement) =>
      [...stored.values()].filter((point) => point.measurement === measurement).sort((a, b) => a.at - b.at),
  }
}
