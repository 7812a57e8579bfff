import { expect, test } from 'vitest'
import { moduleName } from '../../../../src/console/pages/now/module-name.ts'
import { packsOf } from '../../../../src/console/pages/now/packs.ts'
import { heard } from './heard.ts'

const AT = 1_700_000_000_000

const pack = (sn: string, fields: Record<string, number>) =>
  heard('bp5000', [{ measurement: 'battery', fields }], { at: AT, age_s: 3, sn })

test('packs stand in the order of their slots, those without one behind them', () => {
  const modules = [
    pack('M101Z3B4ZE7F0003', {}),
    pack('M101Z3B4ZE7F0001', { slot: 2, soc_pct: 80, power_w: -40 }),
    { ...pack('M101Z3B4ZE7F0002', { slot: 1, soc_pct: 81 }), is_fresh: false },
  ]
  expect(packsOf(modules)).toEqual([
    { sn: 'M101Z3B4ZE7F0002', slot: 1, soc: 81, watts: undefined, isFresh: false },
    { sn: 'M101Z3B4ZE7F0001', slot: 2, soc: 80, watts: -40, isFresh: true },
    { sn: 'M101Z3B4ZE7F0003', slot: undefined, soc: undefined, watts: undefined, isFresh: true },
  ])
})

test('of two modules with one serial number the one that measures it gives the name', () => {
  const hub = heard('wireless', [{ measurement: 'hub', fields: {} }], { at: AT, age_s: 1, sn: 'M109ZEB4ZE7B0001' })
  const bank = heard('bmstotal', [{ measurement: 'battery_bank', fields: {} }], {
    at: AT,
    age_s: 1,
    sn: 'M109ZEB4ZE7B0001',
  })
  expect(moduleName([hub, bank], 'M109ZEB4ZE7B0001', 'battery_bank')).toBe('bmstotal')
  expect(moduleName([hub, bank], 'M109ZEB4ZE7B0001')).toBe('wireless')
  expect(moduleName([hub], 'M101Z3B4ZE7F0003')).toBe('M101Z3B4ZE7F0003')
})
