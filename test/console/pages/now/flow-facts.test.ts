import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Flow } from '../../../../src/console/api-shapes.ts'
import type { HeardModule } from '../../../../src/console/live-state.ts'
import { FLOW_NAMES, flowFacts } from '../../../../src/console/pages/now/flow-facts.ts'
import { heard } from './heard.ts'

const AT = 1_700_000_000_000

const charger = (ageS: number, ...inputs: Record<string, number | string>[]): HeardModule =>
  heard(
    'kitscc',
    inputs.map((fields, i) => ({ measurement: 'solar_input', tags: { input: `0${i + 1}` }, fields })),
    { at: AT, age_s: ageS },
  )

const dcInput = heard('bbcin', [{ measurement: 'dc_input', fields: { power_w: 0 } }], { at: AT, age_s: 5 })

const factOf = (name: string, ...rest: Parameters<typeof flowFacts>) =>
  flowFacts(...rest).find((one) => one.name === name)

test('a power that is known now is told as it is, 0 included, with the age of the oldest report in it', () => {
  const modules = [charger(2, { power_w: 90 }, { power_w: 10 }), dcInput]
  const told = { flow: { solar_w: 101, solar_1_w: 91, solar_2_w: 10, dc_in_w: 0 } }
  expect(factOf('solar', told, modules, true)).toEqual({
    name: 'solar',
    watts: 101,
    parts: [91, 10],
    heardAt: AT - 2000,
  })
  expect(factOf('dc_in', told, modules, true)).toEqual({ name: 'dc_in', watts: 0, heardAt: AT - 5000 })
})

test('a power that is not known now is told as it was last known', () => {
  const modules = [charger(720, { power_w: 300 }, { power_w: 50 })]
  expect(factOf('solar', { flow: {} }, modules, true)).toEqual({ name: 'solar', lastWatts: 350, heardAt: AT - 720_000 })
})

test('of a kit that is silent, or when no line leads to the collector, nothing is of now', () => {
  const modules = [charger(2, { power_w: 90 })]
  expect(factOf('solar', { flow: { solar_w: 90 } }, modules, false)).toEqual({
    name: 'solar',
    lastWatts: 90,
    heardAt: AT - 2000,
  })
  expect(factOf('solar', {}, modules, true)).toMatchObject({ lastWatts: 90 })
})

test('where one of several inputs never told its power, their sum is not made up', () => {
  const modules = [charger(9, { power_w: 300 }, { voltage_v: 12 })]
  expect(factOf('solar', { flow: {} }, modules, true)).toEqual({ name: 'solar', heardAt: AT - 9000 })
})

test('an adapter at a solar input counts as DC input', () => {
  const modules = [charger(9, { power_w: 300, work_mode: 'solar' }, { power_w: 50, work_mode: 'adapter' }), dcInput]
  expect(factOf('solar', { flow: {} }, modules, true)?.lastWatts).toBe(300)
  expect(factOf('dc_in', { flow: {} }, modules, true)?.lastWatts).toBe(50)
})

test('what a kit has no module for is no part of its picture, unless something flows there', () => {
  const names = flowFacts({ flow: { solar_w: 0, dc_in_w: 40, ac_in_w: 0 } }, [charger(1, { power_w: 0 })], true).map(
    ({ name }) => name,
  )
  expect(names).toEqual(['solar', 'dc_in', 'battery'])
})

const someFlow: fc.Arbitrary<Flow> = fc.record(
  Object.fromEntries(FLOW_NAMES.map((name) => [`${name}_w`, fc.integer({ min: -9000, max: 9000 })])),
  { requiredKeys: [] },
)

test('no value of now appears that was not told', () => {
  fc.assert(
    fc.property(someFlow, fc.boolean(), (flow, isCurrent) => {
      for (const { name, watts, lastWatts } of flowFacts({ flow }, [dcInput], isCurrent)) {
        expect(watts).toBe(isCurrent ? flow[`${name}_w`] : undefined)
        expect(watts === undefined || lastWatts === undefined).toBe(true)
      }
    }),
  )
})
