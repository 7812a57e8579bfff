import { expect, it } from 'vitest'
import { COMMANDS } from '../../../../src/catalogue/commands.ts'
import type { KnownCommand } from '../../../../src/console/command-shapes.ts'
import {
  familyOf,
  formOf,
  inOrder,
  isAllowed,
  isRare,
  paramsOf,
  suits,
  titleOf,
} from '../../../../src/console/pages/control/known-command.ts'
import { askCommands } from './ask-commands.ts'

const known = await askCommands()

const named = (name: string): KnownCommand => {
  const found = known.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}

it('is tried on all that the collector offers', () => expect(known.length).toBe(COMMANDS.length))

it('calls commands what people call them', () => {
  expect(
    ['battery.charge-limit', 'ac-output.switch', 'ac-input.current-limit', 'generator.switch'].map(titleOf),
  ).toEqual(['Charge limit', 'AC output', 'AC input: current limit', 'Generator'])
  const titles = known.map(({ name }) => titleOf(name))
  expect(new Set(titles).size).toBe(titles.length)
})

it('sorts every command into a family, a new one too', () => {
  expect(known.filter(({ name }) => familyOf(name) === 'other')).toEqual([])
  expect(familyOf('heater.switch')).toBe('other')
  expect(titleOf('heater.switch')).toBe('Heater')
})

it('makes a switch of on or off, switches of circuits, a button of nothing to give, a form of the rest', () => {
  expect(formOf(named('ac-output.switch'))).toBe('switch')
  expect(formOf(named('dc-panel.circuit-switch'))).toBe('circuits')
  expect(formOf(named('hub.full-report'))).toBe('button')
  expect(formOf(named('battery.charge-limit'))).toBe('form')
  expect(formOf(named('dc-panel.circuit-name'))).toBe('form')
  const forms = inOrder(known).map(formOf)
  expect(forms.lastIndexOf('switch')).toBeLessThan(forms.indexOf('form'))
  expect(forms.lastIndexOf('form')).toBeLessThan(forms.indexOf('button'))
  expect(inOrder(known).filter(isRare).map(formOf)).toEqual(expect.arrayContaining(['form', 'button']))
  expect([named('ac-output.switch'), named('battery.charge-limit')].filter(isRare)).toEqual([])
})

it('knows each parameter by its kind', () => {
  const kinds = (name: string) => paramsOf(named(name)).map(({ name, kind, isNeeded }) => [name, kind, isNeeded])
  expect(kinds('dc-output.voltage')).toEqual([['volts', 'choice', true]])
  expect(kinds('hub.name')).toEqual([['name', 'text', true]])
  expect(kinds('dc-output.clock')[0]).toEqual(['time', 'moment', true])
  expect(kinds('dc-input.charging')).toEqual([
    ['paused', 'switch', true],
    ['amperes', 'number', true],
    ['voltage_limit', 'switch', false],
    ['volts', 'number', false],
    ['vibration_check', 'switch', false],
    ['cable_metres', 'number', false],
  ])
})

it('sends no number that is out of its limits or between its steps', () => {
  const [limit] = paramsOf(named('battery.charge-limit'))
  const values = [50, 100, 49, 101, 80.5, Number.NaN, '80', '', undefined]
  expect(values.map((value) => isAllowed(limit!, value))).toEqual([true, true, ...Array(7).fill(false)])
  const volts = paramsOf(named('dc-input.charging')).find(({ name }) => name === 'volts')
  expect([10.1, 59.9, 12.34].map((value) => isAllowed(volts!, value))).toEqual([true, true, false])
})

it('allows what the collector allows: each example', () => {
  for (const { name, example } of COMMANDS)
    for (const param of paramsOf(named(name)))
      if (param.name in example)
        expect(isAllowed(param, example[param.name] as number), `${name} ${param.name}`).toBe(true)
})

it('tells which commands a kit can take by its modules', () => {
  const kinds = new Set(['ichigh', 'iclow', 'bbcin'])
  const can = known.filter((command) => suits(command, kinds)).map(({ name }) => name)
  expect(can).toEqual(
    expect.arrayContaining(['battery.charge-limit', 'hub.name', 'ac-output.switch', 'dc-output.switch']),
  )
  expect(can.filter((name) => name.startsWith('dc-panel') || name === 'generator.switch')).toEqual([])
})
