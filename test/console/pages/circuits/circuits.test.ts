import { expect, it } from 'vitest'
import { hasNights, knownOfMonth, largestShare, panelsOf } from '../../../../src/console/pages/circuits/circuits.ts'
import type { CircuitEnergy } from '../../../../src/console/past-shapes.ts'
import { heard } from '../heard.ts'

const AC = 'M10E1-LDAC-0C3D4'
const DC = 'M10E1-LDDC-0C3D5'

const ac = heard({
  sn: AC,
  kind: 'ldac',
  series: {
    'panel ac': { power_w: 500 },
    'circuit ac 01': { power_w: 0, is_on: 1, name: 'Kettle' },
    'circuit ac 02': { power_w: 500, current_a: 2.2, is_on: 1 },
    'circuit ac 03': { power_w: 0, is_on: 1 },
    'circuit ac 04': { power_w: 0, is_on: 0 },
  },
})

const dc = heard({
  sn: DC,
  kind: 'lddc',
  series: {
    'circuit dc 01': { is_on: 1, is_relay_on: 0, is_allowed: 1 },
    'circuit dc 02': { is_on: 1, is_relay_on: 1, is_allowed: 0 },
    'circuit dc 07': { is_on: 1 },
    'circuit dc 08': {},
  },
})

const energyOf = (circuit: string, wh: number, more: Partial<CircuitEnergy> = {}): CircuitEnergy => ({
  ...{ module_sn: AC, side: 'ac', circuit, energy_wh: wh, covered_s: 7200, nights_count: 0, ...more },
})

it('joins what circuits draw now with the energy of today and of the month', () => {
  const month = [energyOf('03', 900, { share_pct: 90 }), energyOf('04', 0, { share_pct: 0 })]
  const [panel] = panelsOf({ modules: [ac], today: [energyOf('03', 40)], month })
  expect(panel).toMatchObject({ sn: AC, side: 'ac', series: { measurement: 'panel' } })
  expect(panel?.used.map(({ number }) => number)).toEqual([1, 2, 3])
  expect(panel?.unused.map(({ number }) => number)).toEqual([4])
  expect(panel?.used[0]).toMatchObject({ name: 'Kettle', watts: 0, isOn: true })
  expect(panel?.used[1]).toMatchObject({ watts: 500, amperes: 2.2 })
  expect(panel?.used[2]).toMatchObject({ today: { energy_wh: 40 }, month: { energy_wh: 900 } })
  expect(largestShare([panel!])).toBe(90)
  expect(knownOfMonth(panel!)).toBe(7200)
  expect(hasNights(panel!)).toBe(false)
  const [night] = panelsOf({ modules: [ac], month: [energyOf('04', 0, { nights_count: 1, night_w: 0 })] })
  expect(hasNights(night!)).toBe(true)
})

it('calls no circuit unused before the energy of the month is known', () => {
  const [panel] = panelsOf({ modules: [ac] })
  expect(panel?.used).toHaveLength(4)
  expect(panel?.unused).toEqual([])
  expect(knownOfMonth(panel!)).toBeUndefined()
  expect(largestShare([panel!])).toBe(0)
  const [coming] = panelsOf({ modules: [ac], isComing: true })
  expect(coming?.used.map(({ number }) => number)).toEqual([1, 2])
  expect(coming?.unused).toEqual([])
})

it('says on, off, or neither', () => {
  const [panel] = panelsOf({ modules: [dc] })
  expect(panel?.used.map(({ isOn, isBlocked }) => [isOn, isBlocked])).toEqual([
    [false, false],
    [true, true],
    [true, false],
    [undefined, false],
  ])
})

it('puts AC before DC, and keeps a panel of which there is but history', () => {
  const panels = panelsOf({ modules: [dc], month: [energyOf('01', 12, { name: 'Fridge' })] })
  expect(panels.map(({ sn }) => sn)).toEqual([AC, DC])
  expect(panels[0]?.used).toMatchObject([{ name: 'Fridge', number: 1 }])
  expect(panels[0]).not.toHaveProperty('module')
  expect(panels[0]?.used[0]).not.toHaveProperty('watts')
})
