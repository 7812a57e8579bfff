/**
 * What every store must do, as one suite run on each of them: the same lines in, the same answers out.
 * Sums and means use quarters, which floats add without rounding, so that the order of adding cannot show.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bucket } from '../../src/catalogue/measurements.ts'
import { encodePoint, type Point } from '../../src/store/line-protocol.ts'
import { compareRows } from '../../src/store/order.ts'
import type { Row, Store } from '../../src/store/store.ts'

export interface OpenedStore {
  readonly store: Store
  /** Closes it and removes what it left. */
  close(): Promise<void>
}

/** 2026-11-22T00:00:00Z */
const DAY = Date.UTC(2026, 10, 22)
const KIT = { kit_sn: 'M109ZAB4C000001' }
const PACK = { ...KIT, module_sn: 'M101ZAB4C000007' }
const OTHER_PACK = { ...KIT, module_sn: 'M101ZAB4C000008' }

const ALWAYS = { from: 0, to: 4e12 }

let upTo = 0

/** Writes points as one batch. */
export const write = (store: Store, points: readonly Point[], bucket: Bucket = 'raw') =>
  store.write({ bucket, lines: points.map(encodePoint), spoolId: 'spool', upTo: ++upTo })

const point = (at: number, fields: Point['fields'], tags: Point['tags'] = PACK, measurement = 'battery'): Point => ({
  measurement,
  tags,
  fields,
  at,
})

interface Trap {
  readonly name: string
  readonly tags: Point['tags']
  readonly fields: Point['fields']
}

const TRAPS: readonly Trap[] = [
  { name: 'commas, equals and spaces', tags: { ...KIT, site: 'a, b = c d' }, fields: { text: 'x, y = z' } },
  { name: 'quotes', tags: { ...KIT, site: `it's "here"` }, fields: { text: `she said "no", it's true` } },
  { name: 'backslashes inside', tags: { ...KIT, site: 'C:\\dir\\file' }, fields: { text: 'C:\\dir\\' } },
  { name: 'other alphabets', tags: { ...KIT, site: 'Küche 🔋 舱' }, fields: { text: 'Бойлер 🔥' } },
  { name: 'a text like a number', tags: { ...KIT, site: '42' }, fields: { text: '42' } },
  { name: 'an empty text', tags: { ...KIT, site: 'empty' }, fields: { text: '' } },
  { name: 'a text with a tab and a hash', tags: { ...KIT, site: '# no comment' }, fields: { text: '\t#' } },
  {
    name: 'numbers at the edges',
    tags: KIT,
    fields: { a: 1e21, b: -1e-7, c: 0, d: 1.7976931348623157e308, e: 5e-324 },
  },
]

const writing = (opened: () => Store): void => {
  it.each(TRAPS)('gives back $name', async ({ name, tags, fields }) => {
    const measurement = `trap ${name}, "so"`
    expect(await write(opened(), [point(DAY, fields, tags, measurement)])).toEqual({ answer: 'accepted' })
    const expected = [{ tags, at: DAY, values: fields }]
    expect(await opened().rows({ bucket: 'raw', measurement, ...ALWAYS })).toEqual(expected)
    expect(await opened().rows({ bucket: 'raw', measurement, tags, ...ALWAYS })).toEqual(expected)
  })

  it('stores a batch that comes twice once', async () => {
    const batch = [1, 2, 3].map((n) => point(DAY + n, { n }, PACK, 'twice'))
    await write(opened(), batch)
    await write(opened(), batch)
    const rows = await opened().rows({ bucket: 'raw', measurement: 'twice', ...ALWAYS })
    expect(rows.map(({ values }) => values)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  it('merges revised rows field by field, within a batch and over batches', async () => {
    const revisions = [{ cause: 'unknown', is_open: 1 }, { is_open: 0, end_ms: 5 }, { cause: 'offline' }, { end_ms: 6 }]
    const [first, second, third, fourth] = revisions.map((fields) => point(DAY, fields, KIT, 'gap'))
    await write(opened(), [first!, second!], 'history')
    await write(opened(), [third!, point(DAY + 1000, { is_open: 1 }, KIT, 'gap'), fourth!], 'history')
    expect(await opened().rows({ bucket: 'history', measurement: 'gap', ...ALWAYS })).toEqual([
      { tags: KIT, at: DAY, values: { cause: 'offline', is_open: 0, end_ms: 6 } },
      { tags: KIT, at: DAY + 1000, values: { is_open: 1 } },
    ])
  })

  it('takes rows that come late, between and before others', async () => {
    for (const offsets of [[50, 60], [55], [10, 70, 20], [50, 5]]) {
      await write(
        opened(),
        offsets.map((n) => point(DAY + n, { n }, PACK, 'late')),
      )
    }
    const rows = await opened().rows({ bucket: 'raw', measurement: 'late', ...ALWAYS })
    expect(rows.map(({ at }) => at - DAY)).toEqual([5, 10, 20, 50, 55, 60, 70])
  })

  it('rejects a line of another type, and stores the rest', async () => {
    await write(opened(), [point(DAY, { state: 1, power_w: 1 }, PACK, 'typed')])
    const batch = [
      point(DAY + 1, { power_w: 2 }, PACK, 'typed'),
      point(DAY + 2, { power_w: 3, state: 'on' }, PACK, 'typed'),
      point(DAY + 3, { power_w: 'much' }, PACK, 'typed'),
      point(DAY + 4, { power_w: 4, state: 5 }, PACK, 'typed'),
    ]
    const answer = await write(opened(), batch)
    expect(answer).toMatchObject({ answer: 'rejected' })
    const rejected = answer.answer === 'rejected' ? answer.lines : []
    expect(rejected.map(({ line }) => line)).toEqual(
      expect.arrayContaining([encodePoint(batch[1]!), encodePoint(batch[2]!)]),
    )
    expect(rejected).toHaveLength(2)
    for (const { reason } of rejected)
      expect(reason).toMatch(/field type conflict: .*(state|power_w).* already exists as type float/)
    const rows = await opened().rows({ bucket: 'raw', measurement: 'typed', ...ALWAYS })
    expect(rows.map(({ at }) => at - DAY)).toEqual([0, 1, 4])
  })

  it('rejects what is no line at all, and stores the rest', async () => {
    const lines = [encodePoint(point(DAY, { n: 1 }, PACK, 'broken')), 'broken,kit_sn=1 n=', 'broken', '=']
    const good = encodePoint(point(DAY + 1, { n: 2 }, PACK, 'broken'))
    const answer = await opened().write({ bucket: 'raw', lines: [...lines, good], spoolId: 'spool', upTo: ++upTo })
    expect(answer).toMatchObject({ answer: 'rejected' })
    expect(answer.answer === 'rejected' && answer.lines.map(({ line }) => line).sort()).toEqual(lines.slice(1).sort())
    expect(await opened().rows({ bucket: 'raw', measurement: 'broken', ...ALWAYS })).toHaveLength(2)
  })

  it('keeps raw and history apart', async () => {
    await write(opened(), [point(DAY, { n: 1 }, KIT, 'apart')], 'raw')
    expect(await opened().rows({ bucket: 'history', measurement: 'apart', ...ALWAYS })).toEqual([])
  })

  it('equals a plain model after any writes', async () => {
    const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer(), { minKeys: 1 })
    const some = fc.record({ tag: fc.constantFrom('', 'x', 'y'), n: fc.integer({ min: -3, max: 12 }), fields })
    const batches = fc.array(fc.array(some, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 })
    let run = 0
    const property = fc.asyncProperty(batches, async (written) => {
      const measurement = `model${++run}`
      const model = new Map<string, Row>()
      for (const batch of written) {
        // steps of ten days, so that raw rows spread over months
        const points = batch.map(({ tag, n, fields: values }) => {
          const tags: Record<string, string> = tag === '' ? { ...KIT } : { ...KIT, tag }
          return point(DAY + n * 864_000_000, values, tags, measurement)
        })
        for (const { tags, at, fields: values } of points) {
          const key = JSON.stringify([tags, at])
          model.set(key, { tags, at, values: { ...model.get(key)?.values, ...values } })
        }
        await write(opened(), points)
      }
      const rows = await opened().rows({ bucket: 'raw', measurement, ...ALWAYS })
      expect(rows).toEqual([...model.values()].sort(compareRows))
    })
    await fc.assert(property, { numRuns: 15, seed: 7 })
  })
}

const asking = (opened: () => Store): void => {
  const rowsOf = (at: number, soc: number, tags: Point['tags']): Point[] => [
    point(at, { soc_pct: soc, power_w: soc * 2.5, model: 'BP5000' }, tags, 'asked'),
  ]

  beforeAll(async () => {
    const points = [0, 10, 20, 30, 40, 50, 60, 70].flatMap((s) => [
      ...rowsOf(DAY + s * 1000, s, PACK),
      ...rowsOf(DAY + s * 1000, 100 - s, OTHER_PACK),
    ])
    await write(opened(), points)
    await write(opened(), [point(DAY + 80_000, { power_w: -1.25 }, PACK, 'asked')])
    await write(opened(), [point(DAY + 81_000, { firmware: '1.2' }, OTHER_PACK, 'asked')])
  })

  it('gives the last value of each field with its own time', async () => {
    const question = { bucket: 'raw', measurement: 'asked', tags: { module_sn: PACK.module_sn } } as const
    expect(await opened().last(question)).toEqual([
      { tags: PACK, field: 'model', value: 'BP5000', at: DAY + 70_000 },
      { tags: PACK, field: 'soc_pct', value: 70, at: DAY + 70_000 },
      { tags: PACK, field: 'power_w', value: -1.25, at: DAY + 80_000 },
    ])
    expect(await opened().last({ bucket: 'raw', measurement: 'asked', fields: ['soc_pct', 'no_such_pct'] })).toEqual([
      { tags: PACK, field: 'soc_pct', value: 70, at: DAY + 70_000 },
      { tags: OTHER_PACK, field: 'soc_pct', value: 30, at: DAY + 70_000 },
    ])
  })

  it('gives rows from inclusive to exclusive, ordered by time then tags, with only what is there', async () => {
    const question = { bucket: 'raw', measurement: 'asked', from: DAY + 70_000, to: DAY + 81_000 } as const
    expect(await opened().rows({ ...question, fields: ['power_w'] })).toEqual([
      { tags: PACK, at: DAY + 70_000, values: { power_w: 175 } },
      { tags: OTHER_PACK, at: DAY + 70_000, values: { power_w: 75 } },
      { tags: PACK, at: DAY + 80_000, values: { power_w: -1.25 } },
    ])
    expect(await opened().rows({ ...question, to: DAY + 81_001, fields: ['firmware', 'no_such'] })).toEqual([
      { tags: OTHER_PACK, at: DAY + 81_000, values: { firmware: '1.2' } },
    ])
  })

  it('holds to a limit over all series', async () => {
    const rows = await opened().rows({ bucket: 'raw', measurement: 'asked', ...ALWAYS, limit: 3 })
    expect(rows.map(({ at, tags }) => [at - DAY, tags.module_sn])).toEqual([
      [0, PACK.module_sn],
      [0, OTHER_PACK.module_sn],
      [10_000, PACK.module_sn],
    ])
  })

  it.each([
    ['min', [10, 30, 60]],
    ['max', [20, 50, 70]],
    ['mean', [15, 40, 65]],
    ['last', [20, 50, 70]],
  ] as const)('gives the %s per step, aligned to the epoch', async (aggregate, [first, second, third]) => {
    const question = { bucket: 'raw', measurement: 'asked', tags: PACK, from: DAY + 10_000, to: DAY + 600_000 } as const
    const steps = await opened().steps({
      ...question,
      fields: ['soc_pct', 'model', 'no_such'],
      stepMs: 30_000,
      aggregate,
    })
    expect(steps).toEqual([
      { tags: PACK, at: DAY, values: { soc_pct: first } },
      { tags: PACK, at: DAY + 30_000, values: { soc_pct: second } },
      { tags: PACK, at: DAY + 60_000, values: { soc_pct: third } },
    ])
  })

  it('gives steps of several fields and series, ordered and limited', async () => {
    const question = { bucket: 'raw', measurement: 'asked', from: DAY + 60_000, to: DAY + 90_000 } as const
    const asked = { ...question, fields: ['soc_pct', 'power_w'], stepMs: 20_000, aggregate: 'last' } as const
    const all = [
      { tags: PACK, at: DAY + 60_000, values: { soc_pct: 70, power_w: 175 } },
      { tags: OTHER_PACK, at: DAY + 60_000, values: { soc_pct: 30, power_w: 75 } },
      { tags: PACK, at: DAY + 80_000, values: { power_w: -1.25 } },
    ]
    expect(await opened().steps(asked)).toEqual(all)
    expect(await opened().steps({ ...asked, limit: 2 })).toEqual(all.slice(0, 2))
  })

  it('merges a step that lies in two months', async () => {
    const border = Date.UTC(2026, 11, 1)
    const points = [-2, -1, 1, 2].map((n) => point(border + n * 1000, { n }, PACK, 'border'))
    await write(opened(), points)
    const week = { bucket: 'raw', measurement: 'border', ...ALWAYS, fields: ['n'], stepMs: 604_800_000 } as const
    const at = Math.floor(border / week.stepMs) * week.stepMs
    for (const [aggregate, n] of [
      ['mean', 0],
      ['min', -2],
      ['max', 2],
      ['last', 2],
    ] as const) {
      expect(await opened().steps({ ...week, aggregate })).toEqual([{ tags: PACK, at, values: { n } }])
    }
    expect(await opened().sums({ ...week })).toEqual([{ tags: PACK, sums: { n: 0 } }])
  })

  it('sums numbers per series', async () => {
    const question = { bucket: 'raw', measurement: 'asked', from: DAY, to: DAY + 30_000 } as const
    expect(await opened().sums({ ...question, fields: ['soc_pct', 'power_w', 'model', 'no_such'] })).toEqual([
      { tags: PACK, sums: { soc_pct: 30, power_w: 75 } },
      { tags: OTHER_PACK, sums: { soc_pct: 270, power_w: 675 } },
    ])
  })

  it.each([
    { measurement: 'no_such' },
    { measurement: 'asked', fields: ['no_such'] },
    { measurement: 'asked', tags: { module_sn: 'no such' } },
    { measurement: 'asked', tags: { no_such: 'x' } },
  ])('has no rows, and no error, for $measurement $fields $tags', async (part) => {
    const question = { bucket: 'raw', ...ALWAYS, ...part } as const
    const fields = part.fields ?? ['soc_pct']
    expect(await opened().rows(question)).toEqual([])
    expect(await opened().last(question)).toEqual([])
    expect(await opened().sums({ ...question, fields })).toEqual([])
    const to = DAY + 1e6
    expect(await opened().steps({ ...question, from: DAY, to, fields, stepMs: 60_000, aggregate: 'mean' })).toEqual([])
  })
}

/** Declares the suite for one store, opened once and empty. */
export const storeContract = (name: string, open: () => Promise<OpenedStore>): void => {
  describe(`the contract of a store: ${name}`, () => {
    let opened: OpenedStore | undefined
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened?.close())
    const store = (): Store => {
      if (opened === undefined) throw new Error('the store did not open')
      return opened.store
    }
    describe('writing', () => writing(store))
    describe('asking', () => asking(store))
  })
}

/** 2026-07-10: everything generated is past, which VictoriaMetrics insists on. */
export const GENERATED_FROM = Date.UTC(2026, 6, 10)

/** Points over about ten weeks, the same every time: two measurements, four series each, one point per identity. */
export const generatedPoints = (count: number): Point[] => {
  let state = 42
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
  return Array.from({ length: count }, (_, index) => {
    const fields: Record<string, number | string> = { soc_pct: next(400) / 4 }
    if (next(3) > 0) fields.power_w = next(8_000) / 4 - 1_000
    if (next(5) === 0) fields.state = ['charging', 'idle', 'discharging'][next(3)] ?? ''
    const tags = next(2) === 0 ? PACK : OTHER_PACK
    const measurement = next(2) === 0 ? 'battery' : 'dc_input'
    return {
      measurement,
      tags: next(4) === 0 ? { ...tags, side: 'dc' } : tags,
      fields,
      at: GENERATED_FROM + index * 3_000_000 + next(1_000_000),
    }
  })
}
