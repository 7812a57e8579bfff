import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createNormalise } from '../../src/normalise/normalise.ts'
import { type Normalised, QUARANTINE_REASONS, type Sample } from '../../src/normalise/sample.ts'

const catalogue = createCatalogue(MODULES)
const normalise = createNormalise(catalogue)
const KIT = 'M109ZEB4ZE5K0021'
const SN = 'M101Z3B4ZE5K0031'
const AT = Date.UTC(2026, 4, 28, 12)
const read = (kind: string, fields: object) =>
  normalise({ kind, sn: SN, fields: fields as Record<string, unknown> }, KIT, AT)

/** What a sample holds, by name; a NaN says "no value". */
const named = ({ table, slots, values, count }: Sample): Record<string, number> =>
  Object.fromEntries(slots.slice(0, count).map((slot, i) => [table.slots[slot]!.name, values[i]!]))

const fieldKeys = [...new Set(MODULES.flatMap(({ fields }) => fields.map(({ wire }) => wire)))]
const wires = fc.oneof(
  fc.integer({ min: -70_000, max: 500_000 }),
  fc.double(),
  fc.constantFrom<unknown>(null, true, '12', '-0.5', 'x', [], {}, 255, 65_535, 143_999, 2 ** 53, -0),
  fc.array(fc.oneof(fc.integer(), fc.constantFrom<unknown>('x', null)), { maxLength: 16 }),
  fc.constantFrom('[1,2]', '{"a":[1,{"b":2}]}'),
)
const records = fc.record({
  kind: fc.constantFrom(...MODULES.map(({ kind }) => kind), 'toString', 'unknown'),
  fields: fc.dictionary(fc.oneof(fc.constantFrom(...fieldKeys, 'constructor'), fc.string()), wires, { maxKeys: 12 }),
})

describe('normalise', () => {
  it('brings every wire value to exactly one end, and only finite numbers into slots', () => {
    fc.assert(
      fc.property(records, ({ kind, fields }) => {
        const result = read(kind, fields)
        const { samples, quarantined, unknown, energies, sentinels, placeholders } = result
        const held = samples.reduce((sum, { origin }) => sum + origin, 0)
        expect(held + sentinels + placeholders + quarantined.length + unknown.length + energies.length).toBe(
          result.values,
        )
        for (const { reason } of quarantined) expect(QUARANTINE_REASONS).toHaveProperty(reason)
        for (const { count, values, slots, table } of samples)
          for (let i = 0; i < count; i++) {
            expect(table.slots[slots[i]!]).toBeDefined()
            expect(Math.abs(values[i]!)).not.toBe(Number.POSITIVE_INFINITY)
          }
      }),
      { numRuns: 3000 },
    )
  })

  it('says of a record the same whatever came before it', () => {
    fc.assert(
      fc.property(fc.array(records, { maxLength: 8 }), (told) => {
        const reused = createNormalise(catalogue)
        for (const { kind, fields } of told) {
          const record = { kind, sn: SN, fields: fields as Record<string, unknown> }
          const plain = createNormalise(createCatalogue([...MODULES]))(record, KIT, AT)
          const again = reused(record, KIT, AT)
          const said = ({ samples, ...rest }: Normalised) => [
            rest,
            samples.map(({ table, count, slots, values, origins, ...more }) => {
              const [first, numbers, from] = [slots, values, origins].map((list) => list.slice(0, count))
              return { ...more, kind: table.module.kind, count, first, numbers, from }
            }),
          ]
          expect(said(again)).toEqual(said(plain))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('says nothing of what is absent', () => {
    for (const { kind } of MODULES) expect(read(kind, {})).toMatchObject({ samples: [], values: 0 })
    expect(named(read('bp5000', { soc: 50 }).samples[0]!)).toEqual({ soc_pct: 50 })
  })

  it('divides, so that no digit is invented', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (vol) => {
        expect(named(read('bp5000', { vol }).samples[0]!).voltage_v).toBe(Number((vol / 1000).toFixed(3)))
      }),
    )
  })

  it('reads signs, words and milliwatts as the kits send them', () => {
    const one = (kind: string, fields: object) => named(read(kind, fields).samples[0]!)
    expect(one('bp2000', { amp: -17_406, outWatts: -904 })).toEqual({ current_a: -17.406, discharge_w: 904 })
    expect(one('bp2000', { outWatts: 0 }).discharge_w).toBe(0)
    for (const [wire, amperes] of [
      [65_522, -1.4],
      [91, 9.1],
      [0, 0],
    ])
      expect(one('bmstotal', { totalAmp: wire })).toEqual({ current_a: amperes })
    expect(one('kitscc', { batWatts: 90_527 })).toEqual({ battery_power_w: 90.527 })
    expect(one('iclow', { busVol: 389_313, chgBatVol: 53_969 })).toEqual({
      bus_voltage_v: 389.313,
      charge_voltage_v: 53.969,
    })
  })

  it('takes every list, however long, without losing count', () => {
    const result = read('ldac', { acChWatt: Array(50_000).fill(1) })
    expect(result.quarantined.length).toBe(49_994)
    expect(result.quarantined[0]).toEqual({ sn: SN, field: 'acChWatt[6]', reason: 'too_many', value: 1 })
  })

  it('puts the codes of circuits in their places, the panel last', () => {
    const places = (list: number[]) => {
      const { table, slots, values, count } = read('ldac', { errorCodeAdd: list }).samples[0]!
      const circuit = (slot: number) => table.series[table.slots[slot]!.series]!.tags.circuit ?? 'panel'
      return slots.slice(0, count).map((slot, i) => [circuit(slot), values[i]])
    }
    expect(places([30_003, 30_040, 30_802]).filter((_, i) => i % 2 === 0)).toEqual([
      ['01', 3],
      ['02', 0],
      ['panel', 2],
    ])
    expect(places([31_000, 30_040])[0]).toEqual(['01', 1000])
    expect(read('ldac', { errorCodeAdd: [30_000, 1, 2, 3, 4, 5, 6, 7] }).quarantined.map(({ field }) => field)).toEqual(
      ['errorCodeAdd[6]', 'errorCodeAdd[7]'],
    )
  })

  it('keeps hours to themselves: none of the future, none of another age', () => {
    const item = (rtc: number, wattType: unknown = 64) => ({ wattItem: { rtc, wattType, watt: [5, 6, 0, 9] } })
    const midnight = AT / 1000 - 12 * 3600
    expect(read('ichigh', item(midnight)).energies.map(({ at, wh }) => [at, wh])).toEqual(
      [5, 6, 0, 9].map((wh, hour) => [(midnight + hour * 3600) * 1000, wh]),
    )
    const late = read('ichigh', item(AT / 1000 - 3600))
    expect([late.energies.length, late.placeholders, late.quarantined.map(({ field }) => field)]).toEqual([
      ...[2, 1, ['wattItem[3]']],
    ])
    for (const bad of [item(0), item(midnight + 0.5), item(midnight, 'x'), item(midnight, 999)])
      expect(read('ichigh', bad).quarantined.map(({ reason }) => reason)).toEqual(Array(4).fill('bad_time'))
  })
})
