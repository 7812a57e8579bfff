import { expect, it } from 'vitest'
import {
  afterEvent,
  fieldValue,
  type LiveState,
  NOTHING_YET,
  numberOf,
  recalled,
  seriesOf,
  withoutKit,
} from '../../src/console/live-state.ts'

const SN = 'M109ZEB4ZE7B0001'

const module = (sn: string, kind: string, soc: number) => ({
  module_sn: sn,
  kind,
  label: kind,
  verdict: 'live',
  is_fresh: true,
  age_s: 0,
  series: [
    {
      measurement: 'battery',
      tags: { module_sn: sn },
      fields: [
        { name: 'soc_pct', value: soc, unit: 'pct', age_s: 0, is_fresh: true },
        { name: 'charge_state', value: 'idle', unit: 'text', age_s: 0, is_fresh: true },
      ],
    },
  ],
})

const told = (name: string, content: object) => ({ name, data: JSON.stringify(content) })

const states = [
  told('kits', { at: 10, is_demonstration: true, kits: [{ kit_sn: SN }] }),
  told('kit', { at: 11, kit: { kit_sn: SN }, errors: [], gaps: [], flow: {}, flow_inputs: {} }),
  told('latest', { at: 12, kit_sn: SN, modules: [module('A', 'bp5000', 80), module('B', 'bp5000', 70)] }),
  told('latest', { at: 20, kit_sn: SN, modules: [module('A', 'bp5000', 81), module('A', 'bp2000', 5)] }),
  told('something-new', { at: 99 }),
].reduce(afterEvent, NOTHING_YET)

it('keeps what was told of each module until it is told of again, with the time of it', () => {
  const modules = [...states.modules.values()]
  expect(modules.map(({ module_sn, kind, at }) => [module_sn, kind, at])).toEqual([
    ['A', 'bp5000', 20],
    ['B', 'bp5000', 12],
    ['A', 'bp2000', 20],
  ])
  expect(seriesOf(modules, 'battery').map(({ series }) => numberOf(series, 'soc_pct'))).toEqual([81, 70, 5])
  expect(seriesOf(modules, 'circuit')).toEqual([])
})

it('takes the time of what it knows, and nothing of what it does not', () => {
  expect([states.at, states.isDemonstration, states.kits?.length, states.kit?.at]).toEqual([20, true, 1, 11])
})

it('has no number where there is a word or nothing', () => {
  const { series } = seriesOf(states.modules.values(), 'battery')[0]!
  expect(fieldValue(series, 'charge_state')).toBe('idle')
  expect(numberOf(series, 'charge_state')).toBeUndefined()
  expect(numberOf(series, 'constructor')).toBeUndefined()
})

it('shows nothing of one kit at another one, and has it again where nobody tells it anew', () => {
  const other: LiveState = withoutKit(states)
  expect([other.kit, other.modules.size, other.kits?.length, states.modules.size]).toEqual([undefined, 0, 1, 3])
  expect(recalled(other, 'M109ZEB4ZE7B0002')).toEqual(other)
  expect(recalled(other, undefined)).toEqual(other)
  const { kit, modules } = recalled(other, SN)
  expect([kit, modules]).toEqual([states.kit, states.modules])
  expect(recalled(states, 'M109ZEB4ZE7B0002')).toBe(states)
})

it('keeps the last few kits alone', () => {
  const at = (state: LiveState, sn: string) =>
    withoutKit(afterEvent(state, told('kit', { at: 1, kit: { kit_sn: sn }, errors: [], gaps: [] })))
  const many = ['1', '2', '3', '4', '1', '5', '6'].reduce<LiveState>(at, NOTHING_YET)
  expect([...many.before.keys()]).toEqual(['3', '4', '1', '5', '6'])
})

it('says what broke where an event is none', () => {
  expect(() => afterEvent(NOTHING_YET, { name: 'kits', data: '{"at":' })).toThrow(SyntaxError)
})
