import { expect, it } from 'vitest'
import type { Command, ReadBack } from '../../src/catalogue/command.ts'
import { COMMANDS, commandNamed } from '../../src/catalogue/commands.ts'
import { presentFields } from '../../src/control/present.ts'
import { runLine } from '../../src/pipeline.ts'
import { latestValues } from '../../src/track/live.ts'
import { createEmpty, KIT, START } from '../http/van.ts'

const of = (name: string) => presentFields(commandNamed(name)!)

it('finds the field of a quantity, of a switch and of a choice', () => {
  expect(of('battery.charge-limit')).toEqual({
    percent: { measurement: 'battery_bank', field: 'charge_limit_pct', isByCircuit: false },
  })
  expect(of('battery.low-power-shutdown').minutes).toMatchObject({ field: 'low_power_shutdown_s', factor: 60 })
  expect(of('ac-input.charging').on).toEqual({
    measurement: 'inverter_ac',
    field: 'is_charging_off',
    isByCircuit: false,
    values: [
      { value: true, reported: 0 },
      { value: false, reported: 1 },
    ],
  })
  expect(of('dc-input.work-mode').mode!.values).toEqual([
    { value: 1, reported: 1, text: 'charging' },
    { value: 2, reported: 2, text: 'supply' },
  ])
})

it('finds the field of each circuit, and none where nothing is reported', () => {
  expect(of('dc-panel.circuit-switch')).toMatchObject({ on: { measurement: 'circuit', isByCircuit: true } })
  expect(Object.keys(of('dc-panel.circuit-switch'))).toEqual(['on'])
  expect([of('battery.heating'), of('hub.name'), of('battery.power-off')]).toEqual([{}, {}, {}])
})

const nested = (path: string, value: number): object =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object

const merged = (readBack: readonly ReadBack[]): object =>
  Object.assign({}, ...readBack.map(({ field, expected }) => nested(field, expected)))

const bytes = (message: object): Uint8Array => new TextEncoder().encode(JSON.stringify(message))

/** What the API says of the command's fields when the kit reports just what the command wants to read back. */
const reportedAfter = (command: Command, params: Record<string, unknown>) => {
  const readBack = command.readBack(params) as readonly ReadBack[]
  const { kind } = readBack[0]!
  const key = { bmstotal: 'bmsTotal', wireless: 'wireless' }[kind]
  const record = merged(readBack)
  const data = key ? { [key]: record } : { [kind]: { 'M1093-DCOU-0A1B2': record } }
  const track = createEmpty()
  runLine(track, { at: START, source: 'tick', topic: 'fleet', bytes: bytes({ [KIT]: 'Van' }) })
  const topic = `/iot-open/sign/device/quota/all?sn=${KIT}`
  runLine(track, { at: START, source: 'file', topic, bytes: bytes({ code: '0', data }) })
  return latestValues(track.state, KIT, START)!.flatMap((module) => module.series)
}

const readable = COMMANDS.filter((command) => Object.keys(presentFields(command)).length > 0)

it('is tried on most commands', () => expect(readable.length).toBeGreaterThan(10))

it.each(readable.map((command) => [command.name, command] as const))(
  '%s stands as the line reports it',
  (_, command) => {
    const series = reportedAfter(command, command.example)
    for (const [name, { measurement, field, factor = 1, values, isByCircuit }] of Object.entries(
      presentFields(command),
    )) {
      const circuit = isByCircuit ? String(command.example.circuit).padStart(2, '0') : undefined
      const told = series
        .filter((one) => one.measurement === measurement && one.tags.circuit === circuit)
        .flatMap(({ fields }) => fields)
        .find((one) => one.name === field)
      const value = command.example[name] as number
      const expected = values?.find((one) => one.value === value)?.reported ?? value * factor
      expect(told?.raw ?? told?.value, name).toBe(expected)
    }
  },
)
