import { expect, it } from 'vitest'
import type { ModuleRow } from '../../../../src/console/api-shapes.ts'
import { formerPacks, packsOf, type Share, shareNow, socSpread } from '../../../../src/console/pages/batteries/packs.ts'
import type { BatteryHealth } from '../../../../src/console/past-shapes.ts'
import { AT, heard, KIT } from '../heard.ts'

const FIRST = 'M101Z3B4ZE7D0101'
const SECOND = 'M101Z3B4ZE7D0102'
const LISTED = 'M102Z3B4ZE7D0103'
const GONE = 'M101Z3B4ZE7D0104'

const pack = (sn: string, values: Readonly<Record<string, number | string>>, isFresh = true) =>
  heard({ sn, kind: 'bp5000', series: { battery: values }, isFresh })

const row = (sn: string, kind: string, more: Partial<ModuleRow> = {}): ModuleRow => ({
  ...{ module_sn: sn, kind, label: 'Battery BP5000', verdict: 'live', verdict_text: '' },
  ...{ is_fresh: true, reports_count: 1, error_count: 0, ...more },
})

const health: BatteryHealth = {
  at: AT,
  time_zone: 'UTC',
  batteries: [
    { module_sn: FIRST, cycles_count: 12 },
    { module_sn: GONE, cycles_count: 612 },
  ],
  days: [
    { module_sn: FIRST, start_ms: AT, cycles_count: 12 },
    { module_sn: GONE, start_ms: AT, cycles_count: 612 },
  ],
}

it('knows packs by what they say, by the list of modules, and by their history, in the order of their slots', () => {
  const packs = packsOf({
    modules: [pack(SECOND, { slot: 2 }), pack(FIRST, { slot: 1, model: 'BP5000' })],
    rows: [
      row(FIRST, 'bp5000', { firmware: '1.1.2.94' }),
      row(LISTED, 'listed', { detail: '1' }),
      row('M106Z1B4ZE9P0101', 'listed', { detail: '13' }),
      row('M1093-DCOU-0A1B2', 'bbcout'),
      row(KIT, 'bmstotal'),
    ],
    health,
  })
  expect(packs.map(({ sn }) => sn)).toEqual([FIRST, SECOND, LISTED])
  expect(packs[0]).toMatchObject({ slot: 1, model: 'BP5000', firmware: '1.1.2.94', health: { cycles_count: 12 } })
  expect(packs[0]?.days).toHaveLength(1)
  expect(packs[2]).not.toHaveProperty('told')
  expect(formerPacks(packs, health)).toEqual([{ module_sn: GONE, cycles_count: 612 }])
  expect(formerPacks(packs, undefined)).toEqual([])
})

const share = (currents: readonly (number | undefined)[], isFresh = true): Share[] => {
  const packs = packsOf({
    modules: currents.map((amperes, i) =>
      pack(`M101Z3B4ZE7D010${i}`, amperes === undefined ? { slot: i } : { slot: i, current_a: amperes }, isFresh),
    ),
    rows: [],
  })
  return packs.map((one) => shareNow(one, packs))
}

it('tells shares of the current only where there is enough of it, and every pack is known', () => {
  expect(share([6, 4])).toEqual([0.6, 0.4])
  expect(share([-6, -4])).toEqual([0.6, 0.4])
  expect(share([0.9, 1])).toEqual(['little', 'little'])
  expect(share([10])).toEqual(['single'])
  expect(share([10, undefined])).toEqual(['unknown', 'unknown'])
  expect(share([6, 4], false)).toEqual(['unknown', 'unknown'])
})

it('compares the charge of fresh packs alone', () => {
  const packs = packsOf({
    modules: [pack(FIRST, { soc_pct: 71 }), pack(SECOND, { soc_pct: 63 }), pack(GONE, { soc_pct: 5 }, false)],
    rows: [],
  })
  expect(socSpread(packs)).toBe(8)
  expect(socSpread(packs.slice(0, 1))).toBeUndefined()
})
