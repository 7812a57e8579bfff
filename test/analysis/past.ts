/** A made-up past of a van, as rows of both buckets: what each part of the line would have written over months. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bucket } from '../../src/catalogue/measurements.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { encodePoint, type Point } from '../../src/store/line-protocol.ts'
import type { Store } from '../../src/store/store.ts'
import { dayOf } from '../../src/track/local-day.ts'

export const KIT = 'M109ZEB4ZE7B0001'
export const PACKS = ['M101Z3B4ZE7D0101', 'M101Z3B4ZE7D0102'] as const
export const PANEL = 'M10E1-LDAC-0C3D4'
export const ZONE = 'Europe/Berlin'

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** 2026-06-20T00:00 in Berlin: where the past ends. */
export const END = Date.UTC(2026, 5, 19, 22)

export type Rows = Readonly<Record<Bucket, readonly Point[]>>

export const point = (measurement: string, at: number, fields: Point['fields'], tags: Point['tags'] = {}): Point => ({
  measurement,
  tags: { kit_sn: KIT, ...tags },
  fields,
  at,
})

/** Numbers that no float holds exactly, the same every time: what is added in another order differs in its last digit. */
const createNoise = (seed: number): ((below: number) => number) => {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.round((state / 2 ** 31) * below * 1000) / 1000
  }
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step)

const rawRows = (noise: (below: number) => number): Point[] =>
  range(END - 2 * DAY_MS, END, 30_000).flatMap((at) => [
    ...PACKS.map((module_sn, index) =>
      point(
        'battery',
        at + index * 7,
        {
          soc_pct: noise(100),
          power_w: noise(900) - 450,
          error_code: index * 3,
          charge_limit_pct: 90,
          is_ups_mode: (at / 30_000) % 2,
          model: 'BP5000',
        },
        { module_sn },
      ),
    ),
    point('circuit', at, { power_w: noise(60) }, { module_sn: PANEL, side: 'ac', circuit: '01' }),
  ])

const hourlyRows = (noise: (below: number) => number): Point[] =>
  range(END - 120 * DAY_MS, END, HOUR_MS).flatMap((at) =>
    PACKS.map((module_sn) => {
      const mean = noise(100)
      const soc = {
        soc_pct: mean,
        min_soc_pct: mean - noise(5),
        max_soc_pct: mean + noise(5),
        last_soc_pct: noise(100),
      }
      const codes = {
        min_error_code: 0,
        max_error_code: 3,
        last_error_code: 3,
        last_charge_limit_pct: 90,
        is_ups_mode: 0.25,
        last_is_ups_mode: 1,
      }
      return point('battery', at, { ...soc, ...codes, covered_s: 3600 - noise(1800) }, { module_sn })
    }),
  )

const energies = (noise: (below: number) => number): Point['fields'] => ({
  solar_wh: noise(900),
  solar_1_wh: noise(500),
  ac_out_wh: noise(400),
  load_wh: noise(600),
  sun_s: noise(600),
})

/** The local days before END, the last one first. */
export const daysBefore = (count: number): { startAt: number; endAt: number; date: string }[] => {
  const days: { startAt: number; endAt: number; date: string }[] = []
  for (let day = dayOf(END - 1, ZONE); days.length < count; day = dayOf(day.startAt - 1, ZONE))
    days.push({ ...day, date: new Date(day.startAt + 12 * HOUR_MS).toISOString().slice(0, 10) })
  return days
}

/** What the kit's gaps leave of a period that would be covered for so long (s). */
const besideGaps = (covered: number, startAt: number, endAt: number): number => {
  const missing = stretchRows()
    .filter(({ measurement, tags }) => measurement === 'gap' && tags.module_sn === 'all')
    .map(({ at, fields }) => Math.min(Number(fields.end_ms), endAt) - Math.max(at, startAt))
    .reduce((sum, ms) => sum + Math.max(0, ms), 0)
  return Math.max(0, covered - missing / 1000)
}

const energyRows = (noise: (below: number) => number): Point[] => {
  const covered = () => ({ covered_s: 900 - noise(90), expected_s: 900 })
  const quarters = range(END - 3 * DAY_MS, END, 900_000).map((at) =>
    point('energy', at, { ...energies(noise), ...covered() }),
  )
  const circuits = range(END - 8 * DAY_MS, END, 900_000).flatMap((at) =>
    ['01', '02', '03'].map((circuit, index) =>
      point(
        'energy_circuit',
        at,
        { energy_wh: noise(10 * (index + 1)), ...covered() },
        { module_sn: PANEL, side: 'ac', circuit },
      ),
    ),
  )
  const days = daysBefore(120).map(({ startAt, endAt, date }) =>
    point('energy_day', startAt, {
      ...energies(noise),
      covered_s: besideGaps(80_000 + noise(2000), startAt, endAt),
      expected_s: (endAt - startAt) / 1000,
      local_date: date,
      hours_count: (endAt - startAt) / HOUR_MS,
    }),
  )
  const months = [2, 3, 4, 5].map((month) => {
    const startAt = dayOf(Date.UTC(2026, month, 1, 12), ZONE).startAt
    const hours = (dayOf(Date.UTC(2026, month + 1, 1, 12), ZONE).startAt - startAt) / HOUR_MS
    const own = {
      covered_s: besideGaps(hours * 3500, startAt, startAt + hours * HOUR_MS),
      expected_s: hours * 3600,
      local_date: `2026-0${month + 1}-01`,
      hours_count: hours,
    }
    return point('energy_month', startAt, { ...energies(noise), ...own })
  })
  const named = point(
    'energy_circuit',
    END - HOUR_MS,
    { name: 'Fridge' },
    { module_sn: PANEL, side: 'ac', circuit: '02' },
  )
  return [...quarters, ...circuits, ...days, ...months, named]
}

const lasting = (
  measurement: string,
  startAt: number,
  endAt: number,
  module_sn: string,
  fields: Point['fields'],
): Point =>
  point(measurement, startAt, { ...fields, end_ms: endAt, duration_s: (endAt - startAt) / 1000 }, { module_sn })

const told = (cause: string, isOpen: number) => ({ cause, text: `Because of ${cause}.`, is_open: isOpen })

const stretchRows = (): Point[] => [
  lasting('gap', END - 20 * DAY_MS, END - 20 * DAY_MS + 5000, 'all', told('clock', 0)),
  lasting('gap', END - 9 * DAY_MS, END - 6 * DAY_MS, 'all', told('device_offline', 0)),
  lasting('gap', END - 8 * DAY_MS, END - 8 * DAY_MS + HOUR_MS, PACKS[0], told('cloud_down', 0)),
  lasting('gap', END - 5 * DAY_MS, END - 5 * DAY_MS + 2 * HOUR_MS + 250, 'all', told('collector_down', 0)),
  lasting('gap', END - 3 * DAY_MS, END - DAY_MS, PACKS[1], told('device_offline', 1)),
  lasting('run', END - 7 * DAY_MS, END - 7 * DAY_MS + 5 * HOUR_MS, PANEL, {
    kind: 'shore',
    wh: 5230.25,
    is_open: 0,
    soc_from_pct: 20,
    soc_to_pct: 90,
  }),
  lasting('run', END - 2 * DAY_MS, END - DAY_MS, PANEL, { kind: 'generator', wh: 812.5, is_open: 1, soc_from_pct: 31 }),
  point(
    'event',
    END - 6 * DAY_MS,
    { kind: 'firmware_changed', text: 'Firmware.', details: '1.0 → 1.1' },
    { module_sn: PACKS[0] },
  ),
]

const healthRows = (noise: (below: number) => number): Point[] =>
  daysBefore(30).flatMap(({ startAt, date }) =>
    PACKS.map((module_sn) =>
      point(
        'battery_health',
        startAt,
        { local_date: date, covered_s: 80_000 + noise(6000), cell_spread_v: noise(0.02), health_ratio: 0.98 },
        { module_sn },
      ),
    ),
  )

/** Everything, in an order in which the line would have told it. */
export const pastRows = (): Rows => {
  const noise = createNoise(5)
  const byTime = (points: readonly Point[]): Point[] => [...points].sort((a, b) => a.at - b.at)
  return {
    raw: byTime(rawRows(noise)),
    history: byTime([...hourlyRows(noise), ...energyRows(noise), ...stretchRows(), ...healthRows(noise)]),
  }
}

const LINES_A_BATCH = 5_000
let upTo = 0

/** Fails unless every row is stored. */
export const writeRows = async (store: Store, bucket: Bucket, lines: readonly string[]): Promise<void> => {
  for (let first = 0; first < lines.length; first += LINES_A_BATCH) {
    const answer = await store.write({
      bucket,
      lines: lines.slice(first, first + LINES_A_BATCH),
      spoolId: 'past',
      upTo: ++upTo,
    })
    if (answer.answer !== 'accepted')
      throw new Error(`the store did not take the rows: ${JSON.stringify(answer).slice(0, 500)}`)
  }
}

export const writePast = async (store: Store, { raw, history }: Rows): Promise<void> => {
  await writeRows(store, 'raw', raw.map(encodePoint))
  await writeRows(store, 'history', history.map(encodePoint))
}

/** An embedded store in a directory of its own. */
export const openTemporary = async (): Promise<{ readonly store: Store; close(): Promise<void> }> => {
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-past-'))
  const store = await openEmbedded({ dir, memoryLimit: '256MB', threads: 2, timeoutMs: 20_000, now: () => 0 })
  const close = async (): Promise<void> => {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  }
  return { store, close }
}
