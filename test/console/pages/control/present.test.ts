import { expect, it } from 'vitest'
import type { FieldValue } from '../../../../src/console/api-shapes.ts'
import type { KnownCommand } from '../../../../src/console/command-shapes.ts'
import type { HeardModule } from '../../../../src/console/live-state.ts'
import { circuitName, presentOf } from '../../../../src/console/pages/control/present.ts'
import { askCommands } from './ask-commands.ts'

const known = await askCommands()
const named = (name: string): KnownCommand => known.find((one) => one.name === name)!

const AT = 1_780_308_000_000

type Told = readonly [name: string, value: number | string, raw?: number]

const field = ([name, value, raw]: Told, isFresh: boolean): FieldValue => ({
  name,
  value,
  ...(raw !== undefined && { raw }),
  unit: 'flag',
  age_s: 4,
  is_fresh: isFresh,
})

const heard = (
  sn: string,
  measurement: string,
  told: readonly Told[],
  tags: Record<string, string> = {},
  isFresh = true,
): [string, HeardModule] => [
  `${sn} ${measurement} ${tags.circuit ?? ''}`,
  {
    module_sn: sn,
    kind: measurement,
    label: '',
    verdict: 'live',
    is_fresh: isFresh,
    age_s: 4,
    at: AT,
    series: [{ measurement, tags, fields: told.map((one) => field(one, isFresh)) }],
  },
]

it('takes a quantity in the unit of the parameter', () => {
  const modules = new Map([
    heard('A', 'battery_bank', [
      ['charge_limit_pct', 85],
      ['low_power_shutdown_s', 86_400],
    ]),
  ])
  expect(presentOf(named('battery.charge-limit'), 'percent', modules)).toEqual({
    value: 85,
    ageS: 4,
    at: AT,
    isFresh: true,
  })
  expect(presentOf(named('battery.low-power-shutdown'), 'minutes', modules)?.value).toBe(1440)
})

it('turns what is reported the other way round, and reads states by their number', () => {
  const modules = new Map([
    heard('A', 'inverter_ac', [
      ['is_charging_off', 1],
      ['grid_priority', 'off', 2],
    ]),
  ])
  expect(presentOf(named('ac-input.charging'), 'on', modules)?.value).toBe(false)
  expect(presentOf(named('ac-input.grid-priority'), 'on', modules)?.value).toBe(false)
})

it('claims nothing that is not known: not reported, not readable, a number of no meaning', () => {
  const modules = new Map([heard('A', 'dc_output', [['nominal_output', 'unknown', 7]])])
  expect(presentOf(named('dc-output.voltage'), 'volts', modules)).toBeUndefined()
  expect(presentOf(named('dc-output.switch'), 'on', modules)).toBeUndefined()
  expect(presentOf(named('battery.heating'), 'on', modules)).toBeUndefined()
})

it('marks a value that is not of now', () => {
  const modules = new Map([heard('A', 'dc_output', [['is_on', 1]], {}, false)])
  expect(presentOf(named('dc-output.switch'), 'on', modules)).toMatchObject({ value: true, isFresh: false })
})

it('takes the module that is meant, and none where nobody says which', () => {
  const modules = new Map([heard('A', 'dc_output', [['is_on', 1]]), heard('B', 'dc_output', [['is_on', 0]])])
  const of = (moduleSn?: string) => presentOf(named('dc-output.switch'), 'on', modules, { moduleSn })?.value
  expect([of('A'), of('B'), of(), of('C')]).toEqual([true, false, undefined, undefined])
})

it('takes the circuit that is meant, and its name; circuits of the other panel are none of it', () => {
  const command = named('dc-panel.circuit-switch')
  const modules = new Map([
    heard(
      'A',
      'circuit',
      [
        ['is_on', 1],
        ['name', 'Kettle'],
      ],
      { side: 'ac', circuit: '02' },
    ),
    heard(
      'D',
      'circuit',
      [
        ['is_relay_on', 1],
        ['name', 'Fridge'],
      ],
      { side: 'dc', circuit: '02' },
    ),
    heard('D', 'circuit', [['is_relay_on', 0]], { side: 'dc', circuit: '03' }),
  ])
  const of = (circuit: number) => presentOf(command, 'on', modules, { circuit })?.value
  expect([of(1), of(2), of(3)]).toEqual([undefined, true, false])
  expect([circuitName(command, modules, 2), circuitName(command, modules, 3)]).toEqual(['Fridge', undefined])
})
