/** The line in virtual time, for tests: pushes, polls and minutes in, parsed rows out. */
import { COVERED } from '../../src/catalogue/hourly-form.ts'
import { MEASUREMENTS, type MeasurementName } from '../../src/catalogue/measurements.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { type Counters, createCounters } from '../../src/counters.ts'
import { runLine } from '../../src/pipeline.ts'
import { type Point, parseLine } from '../../src/store/line-protocol.ts'
import type { Input } from '../../src/store/record.ts'
import { createState, type TrackState } from '../../src/track/state.ts'
import { createTrack } from '../../src/track/track.ts'

export const KIT = 'M109ZEB4ZE5K0021'
export const PACK = 'M101Z3B4ZE5K0031'
export const DCIN = 'M1093-DCIN-4C7A1'
export const DCOU = 'M1093-DCOU-4B2D6'
/** A whole hour. */
export const START = Date.UTC(2026, 4, 28, 12)
const SECOND = 1000
export const catalogue = createCatalogue(MODULES)

export const pushInput = (at: number, moduleSn: string, params: object, more: object = {}): Input => ({
  at,
  source: 'mqtt',
  topic: `/open/account/${KIT}/quota`,
  bytes: Buffer.from(
    JSON.stringify({ id: at % 1_000_000_000, version: '1.0', time: at - START + 1, moduleSn, ...more, params }),
  ),
})

export const pollInput = (at: number, data: object): Input => ({
  at,
  source: 'http',
  topic: `/iot-open/sign/device/quota/all?sn=${KIT}`,
  bytes: Buffer.from(JSON.stringify({ code: '0', message: 'Success', data })),
})

export const minuteInput = (at: number): Input => ({ at, source: 'tick', topic: 'minute', bytes: new Uint8Array() })

export interface VirtualLine {
  readonly counters: Counters
  readonly state: TrackState
  run(input: Input): Point[]
  /** A flat report of one module, `seconds` after START. */
  push(seconds: number, moduleSn: string, params: object, more?: object): Point[]
  poll(seconds: number, data: object): Point[]
  /** An answer that a person brings in: taken at its word. */
  file(seconds: number, data: object): Point[]
  minute(seconds: number): Point[]
}

const pointsOf = (lines: string): Point[] => lines.split('\n').filter(Boolean).map(parseLine)

export const createLine = (state = createState()): VirtualLine => {
  const counters = createCounters()
  const track = createTrack(state, catalogue, counters)
  const run = (input: Input): Point[] => {
    const { raw, history } = runLine(track, input)
    return pointsOf(raw + history)
  }
  const at = (seconds: number): number => START + seconds * SECOND
  return {
    counters,
    state,
    run,
    push: (seconds, moduleSn, params, more) => run(pushInput(at(seconds), moduleSn, params, more)),
    poll: (seconds, data) => run(pollInput(at(seconds), data)),
    file: (seconds, data) => run({ ...pollInput(at(seconds), data), source: 'file' }),
    minute: (seconds) => run(minuteInput(at(seconds))),
  }
}

/** A row of a whole hour, of a measurement that has others. */
const isOfHour = ({ measurement, fields }: Point): boolean =>
  'hourly' in MEASUREMENTS[measurement as MeasurementName] && COVERED in fields

/** The only row of a measurement, hourly ones aside; undefined if there is none. */
export const rowOf = (points: readonly Point[], measurement: string): Point | undefined => {
  const rows = points.filter((point) => point.measurement === measurement && !isOfHour(point))
  if (rows.length > 1) throw new Error(`${rows.length} rows of ${measurement}`)
  return rows[0]
}

export const fieldsOf = (points: readonly Point[], measurement: string): Point['fields'] | undefined =>
  rowOf(points, measurement)?.fields
