/** Wire values that were seen go through `normalise` with this catalogue: none refused, none unknown, units right. */
import { describe, expect, test } from 'vitest'
import type { ModuleKind } from '../../src/catalogue/field.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createNormalise } from '../../src/normalise/normalise.ts'
import { REAL_PATTERNS } from './real-patterns.ts'
import { VENDOR_SAMPLES } from './vendor-samples.ts'

const AT = Date.UTC(2023, 10, 15, 6)

const reading = (kind: string, fields: Record<string, unknown>, kinds: readonly ModuleKind[] = MODULES) =>
  createNormalise(createCatalogue(kinds))({ kind, sn: 'M101Z3B4ZE5A0101', fields }, 'M109ZEB4ZA5A0001', AT)

/** What a record is written as, by name; of names in several series the last. */
const written = (kind: string, fields: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(
    reading(kind, fields).samples.flatMap((sample) =>
      sample.slots.slice(0, sample.count).map((slot, i) => [sample.table.slots[slot]!.name, sample.values[i]!]),
    ),
  )

const refused = (kinds: readonly ModuleKind[] = MODULES): string[] =>
  [VENDOR_SAMPLES, REAL_PATTERNS].flatMap((seen) =>
    Object.entries(seen).flatMap(([kind, fields]) =>
      Object.entries(fields).flatMap(([wire, values]) =>
        values.flatMap((value) => {
          const { quarantined, unknown } = reading(kind, { [wire]: value }, kinds)
          return [...quarantined.map((q) => `${kind}.${wire} ${q.reason}`), ...unknown.map((u) => `${kind}.${u.field}`)]
        }),
      ),
    ),
  )

describe('values that were seen', () => {
  test('are all taken', () => {
    expect(refused()).toEqual([])
  })

  test('would show a range that is too narrow', () => {
    const narrow = MODULES.map((kind) => ({
      ...kind,
      fields: kind.fields.map((f) => (f.wire === 'busVol' ? { ...f, range: [0, 60] as const } : f)),
    })) as ModuleKind[]
    expect(refused(narrow)).toEqual(['iclow.busVol out_of_range', 'iclow.busVol out_of_range'])
  })

  test('would show a field that is missing', () => {
    const poorer = MODULES.map((kind) => ({ ...kind, fields: kind.fields.filter((f) => f.wire !== 'scenes') }))
    expect(refused(poorer)).toEqual(['wireless.scenes', 'wireless.scenes'])
  })

  test.each<[string, string, unknown, Record<string, number>]>([
    ['kitscc', 'batWatts', 90_527, { battery_power_w: 90.527 }],
    ['bp5000', 'amp', 9080, { current_a: 9.08 }],
    ['bp5000', 'outWatts', -904, { discharge_w: 904 }],
    ['bp5000', 'errCode', 50_000, { error_code: 0, error_code_raw: 50_000 }],
    ['bp2000', 'errCode', 61_003, { error_code: 3, error_code_raw: 61_003 }],
    ['bp2000', 'errCode', 0, { error_code: Number.NaN, error_code_raw: 0 }],
    ['bp2000', 'eventCode', 61_500, { event_code: 0, event_code_raw: 61_500 }],
    ['bp2000', 'remainTime', 115, { remaining_s: 6900 }],
    ['bp2000', 'remainTime', 143_999, { remaining_s: Number.NaN }],
    ['bp2000', 'lcdStandbyMin', 300, { screen_off_s: 300 }],
    ['bp2000', 'totalFullCap', 37, { capacity_full_ah: 37 }],
    ['bmstotal', 'totalAmp', 65_522, { current_a: -1.4 }],
    ['bmstotal', 'totalAmp', 91, { current_a: 9.1 }],
    ['bbcin', 'errCode', 10_000, { error_code: 0, error_code_raw: 10_000 }],
    ['bbcin', 'chgMaxCurr', 70_000, { charge_limit_a: 70 }],
    ['bbcin', 'altVoltLmt', 464, { voltage_limit_v: 46.4 }],
    ['bbcin', 'altCableLen', 800, { cable_length_m: 8 }],
    ['bbcin', 'altCableLen', -1, { cable_length_m: Number.NaN }],
    ['bbcin', 'dayEnergy', 1234, {}],
    ['bbcin', 'bpOnlinePos', 2, { is_pack_1_present: 0, is_pack_2_present: 1, is_pack_3_present: 0 }],
    ['bbcout', 'errCode', 15_007, { error_code: 7, error_code_raw: 15_007 }],
    ['iclow', 'busVol', 389_313, { bus_voltage_v: 389.313 }],
    ['iclow', 'batCurr', 341, { battery_current_code: 341 }],
    ['iclow', 'event_code', 3, { event_code: 3 }],
    ['iclow', 'warnCode', 74, { warning_code: 74 }],
    ['ichigh', 'acRlyCtrlDis', 1, { is_earth_relay_off: 1 }],
    ['ichigh', 'appCfg', { standbyTime: 4 }, { standby_setting_code: 4 }],
    ['ichigh', 'standbyTime', 30, { standby_time_code: 30 }],
    ['wireless', 'scenes', 3, { scene_code: 3 }],
  ])('%s %s %o', (kind, wire, value, expected) => {
    expect(written(kind, { [wire]: value })).toEqual(expected)
  })

  test('of a panel reach their circuits, and the last code the panel', () => {
    const codes = [30_000, 30_041, 30_080, 30_120, 30_160, 30_200, 30_802]
    const { samples } = reading('ldac', { errorCodeAdd: codes, acChCur: [538, 0, 0, 0, 0, 7] })
    const [{ table, slots, values, count }] = samples as [(typeof samples)[0]]
    const found = slots.slice(0, count).map((slot, i) => {
      const { series, name } = table.slots[slot]!
      return `${table.series[series]!.measurement} ${table.series[series]!.tags.circuit ?? ''} ${name} ${values[i]}`
    })
    expect(found).toContain('circuit 02 error_code 1')
    expect(found).toContain('panel  error_code 2')
    expect(found).toContain('circuit 06 current_a 0.007')
  })
})
