/** Every set command of the catalogue keeps the rules of command-audit.ts and can say what the vendor's examples say. */
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Command, command, paramsSchema, type Reported } from '../../src/catalogue/command.ts'
import { COMMANDS, commandNamed } from '../../src/catalogue/commands.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { commandFaults } from './command-audit.ts'
import { VENDOR_COMMANDS } from './vendor-commands.ts'

const nothing: Reported = () => undefined
const named = (name: string): Command => commandNamed(name)!
const isDangerous = (name: string, params: object, reported: Reported = nothing): boolean | undefined =>
  named(name).danger?.applies({ ...params }, reported)

describe('the set commands', () => {
  test('keep every rule', () => {
    expect(commandFaults(COMMANDS, MODULES)).toEqual([])
  })

  test('are the 27 of the document in 25 operateTypes, and one that only a public integration sends', () => {
    const documented = VENDOR_COMMANDS.map(({ name }) => name)
    expect(new Set(documented).size).toBe(27)
    expect(new Set(VENDOR_COMMANDS.map(({ operateType }) => operateType)).size).toBe(25)
    const others = COMMANDS.map(({ name }) => name).filter((name) => !documented.includes(name))
    expect(others).toEqual(['ac-input.charging'])
    expect(COMMANDS).toHaveLength(28)
  })

  test('are found by name, and nothing else is', () => {
    for (const one of COMMANDS) expect(commandNamed(one.name)).toBe(one)
    for (const name of ['', 'constructor', '__proto__', 'DC-OUTPUT.SWITCH']) expect(commandNamed(name)).toBeUndefined()
  })

  test.each(VENDOR_COMMANDS)('$name writes every key of the vendor’s example in its order', (example) => {
    const { wire, params } = named(example.name)
    for (const [given, wanted] of [
      [example.given, example.params],
      [example.mqttGiven ?? example.given, example.mqttParams ?? example.params],
    ] as const) {
      const written = wire(params.parse(given))
      expect(Object.keys(written)).toEqual(Object.keys(wanted))
      if (!example.deviations?.some((key) => key.startsWith('params.'))) expect(written).toEqual(wanted)
    }
  })

  test('goes over both transports but for the one that the MQTT part leaves out', () => {
    const without = VENDOR_COMMANDS.filter(({ mqttLines }) => mqttLines === undefined).map(({ name }) => name)
    expect(without).toEqual(['dc-input.work-mode'])
    for (const { name, transports } of COMMANDS)
      expect(transports).toEqual(without.includes(name) ? ['http'] : ['mqtt', 'http'])
  })
})

describe('parameters', () => {
  const isTaken = (name: string, params: object): boolean => named(name).params.safeParse(params).success

  test.each<[string, object, object[]]>([
    ['battery.charge-limit', { percent: 50 }, [{ percent: 49 }, { percent: 101 }, { percent: 0.8 }, { percent: '80' }]],
    ['battery.discharge-limit', { percent: 50 }, [{ percent: 51 }, { percent: -1 }, { percent: Number.NaN }, {}]],
    [
      'ac-input.current-limit',
      { amperes: 23 },
      [{ amperes: 0 }, { amperes: 24 }, { amperes: 255 }, { amperes: 2 ** 53 }],
    ],
    ['ac-output.switch', { on: true }, [{ on: 1 }, { on: 'true' }, { on: null }, { on: true, off: true }]],
    ['dc-output.voltage', { volts: 24 }, [{ volts: 0 }, { volts: 1 }, { volts: 12.5 }]],
    [
      'dc-panel.circuit-switch',
      { circuit: 6, on: true },
      [
        { circuit: 0, on: true },
        { circuit: 7, on: true },
      ],
    ],
    [
      'dc-panel.circuit-name',
      { circuit: 12, name: 'Fridge' },
      [
        { circuit: 13, name: 'x' },
        { circuit: 1, name: '' },
      ],
    ],
    [
      'ac-panel.circuit-name',
      { circuit: 6, name: 'Oven' },
      [
        { circuit: 7, name: 'x' },
        { circuit: 1, name: 'a\nb' },
      ],
    ],
    ['hub.name', { name: 'é'.repeat(16) }, [{ name: 'é'.repeat(17) }, { name: '\u0000' }, { name: '\ud800' }, {}]],
    [
      'dc-input.charging',
      { paused: true, amperes: 70, volts: 12.3 },
      [{ paused: true }, { paused: true, amperes: 70, volts: 12.34 }],
    ],
    [
      'dc-output.clock',
      { time: '2026-05-01T14:00:00+02:00', time_zone: 2, time_zone_quarter: 0 },
      [
        { time: '2026-05-01', time_zone: 2, time_zone_quarter: 0 },
        { time: '2107-01-01T00:00:00Z', time_zone: 2, time_zone_quarter: 0 },
        { time: 1_777_636_800, time_zone: 2, time_zone_quarter: 0 },
      ],
    ],
  ])('of %s have their ranges and units', (name, good, bad) => {
    expect(isTaken(name, good)).toBe(true)
    for (const params of bad) expect(isTaken(name, params), JSON.stringify(params)).toBe(false)
  })

  test('take nothing from a prototype', () => {
    expect(isTaken('ac-output.switch', JSON.parse('{"on": true, "__proto__": {"on": false}}'))).toBe(false)
    expect(isTaken('ac-output.switch', JSON.parse('{"constructor": 1, "on": true}'))).toBe(false)
  })

  test('are told as a JSON Schema with units', () => {
    expect(paramsSchema(named('battery.charge-limit'))).toMatchObject({
      type: 'object',
      properties: { percent: { type: 'integer', minimum: 50, maximum: 100, unit: '%', description: 'upper limit' } },
      required: ['percent'],
      additionalProperties: false,
    })
  })
})

describe('the wire form', () => {
  const wire = (name: string, params: object) => named(name).wire({ ...params })

  test('says "leave unchanged" for what was left out, and no more than that', () => {
    expect(wire('dc-input.charging', { paused: true, amperes: 20 })).toEqual({
      chgPause: 1,
      maxChgCurr: 20,
      altVoltLmtEn: 255,
      shakeCtrlDisable: 255,
      altCableUnit: 255,
      altCableLen: -1,
      altVoltLmt: 65535,
    })
    const all = {
      paused: false,
      amperes: 30,
      voltage_limit: true,
      volts: 12.3,
      vibration_check: false,
      cable_metres: 6.1,
    }
    expect(wire('dc-input.charging', all)).toEqual({
      chgPause: 0,
      maxChgCurr: 30,
      altVoltLmtEn: 1,
      shakeCtrlDisable: 1,
      altCableUnit: 0,
      altCableLen: 610,
      altVoltLmt: 123,
    })
    expect(named('dc-input.charging').readBack(all)).toHaveLength(7)
    expect(named('dc-input.charging').readBack({ paused: true, amperes: 20 })).toHaveLength(2)
  })

  test('counts circuits from 0, and 128 for on', () => {
    expect(wire('dc-panel.circuit-switch', { circuit: 1, on: false })).toEqual({ bitsSwSta: 0 })
    expect(wire('dc-panel.circuit-switch', { circuit: 6, on: false })).toEqual({ bitsSwSta: 5 })
    expect(wire('dc-panel.circuit-switch', { circuit: 1, on: true })).toEqual({ bitsSwSta: 128 })
    expect(wire('dc-panel.circuit-switch', { circuit: 6, on: true })).toEqual({ bitsSwSta: 133 })
    const readBack = (on: boolean) => named('dc-panel.circuit-switch').readBack({ circuit: 3, on })
    expect(readBack(true)).toEqual([{ kind: 'lddc', field: 'dcChRelay', mask: 4, expected: 4 }])
    expect(readBack(false)).toEqual([{ kind: 'lddc', field: 'dcChRelay', mask: 4, expected: 0 }])
  })

  test('counts a name in bytes', () => {
    expect(wire('hub.name', { name: 'Büs 🚐' })).toEqual({ nameLen: 9, name: 'Büs 🚐' })
  })

  test('clears errors with "on", as the document says, not with the 0 of its example', () => {
    expect(wire('battery.clear-errors', {})).toEqual({ enable: 1 })
  })

  test('charging from the AC input is the message that is known to work', () => {
    expect(wire('ac-input.charging', { on: false })).toEqual({
      acCurrMaxSet: 255,
      powerOn: 255,
      acChgDisa: 1,
      acFrequencySet: 255,
      wakeup: 1,
      standbyTime: 255,
      acRlyCtrlDisable: 255,
      acVolSet: 255,
      passByMaxCurr: 255,
    })
  })
})

describe('danger', () => {
  test('is what may cut the own power, drain the packs or start an engine', () => {
    expect(COMMANDS.filter(({ danger }) => danger).map(({ name }) => name)).toEqual([
      'dc-input.work-mode',
      'dc-output.switch',
      'dc-output.voltage',
      'ac-output.switch',
      'ac-input.current-limit',
      'battery.discharge-limit',
      'battery.power-off',
      'battery.low-power-shutdown',
      'generator.start-limit',
      'generator.stop-limit',
      'generator.switch',
    ])
    expect(isDangerous('battery.power-off', {})).toBe(true)
    expect(isDangerous('generator.switch', { on: false })).toBe(true)
  })

  test('is off, not on', () => {
    for (const name of ['dc-output.switch', 'ac-output.switch']) {
      expect(isDangerous(name, { on: false })).toBe(true)
      expect(isDangerous(name, { on: true })).toBe(false)
    }
    expect(isDangerous('ac-input.current-limit', { amperes: 16 })).toBe(false)
    expect(isDangerous('ac-input.current-limit', { amperes: 17 })).toBe(true)
    expect(isDangerous('dc-input.work-mode', { mode: 1 })).toBe(false)
    expect(isDangerous('dc-input.work-mode', { mode: 2 })).toBe(true)
  })

  test('of a discharge limit depends on the state of charge, and one that is not known is no comfort', () => {
    const at =
      (soc: number): Reported =>
      (kind, name) =>
        kind === 'bmstotal' && name === 'soc_pct' ? soc : undefined
    expect(isDangerous('battery.discharge-limit', { percent: 20 }, at(87))).toBe(false)
    expect(isDangerous('battery.discharge-limit', { percent: 20 }, at(20))).toBe(true)
    expect(isDangerous('battery.discharge-limit', { percent: 9 }, at(87))).toBe(true)
    expect(isDangerous('battery.discharge-limit', { percent: 20 })).toBe(true)
  })
})

describe('the rules of set commands', () => {
  const sound = named('battery.charge-limit')
  const audited = (change: Partial<Command>): string[] => commandFaults([{ ...sound, ...change }], MODULES)
  const loose = command({ ...sound, params: z.looseObject({ percent: z.number() }) })
  const bare = command({ ...sound, params: z.strictObject({ Percent: z.number().optional(), percent: z.number() }) })

  test('let a sound one pass', () => {
    expect(audited({})).toEqual([])
  })

  test.each<[string, string[], RegExp]>([
    ['camelCase', audited({ name: 'battery.chargeLimit' }), /is not named module.verb/],
    ['no module', audited({ name: 'limit' }), /is not named module.verb/],
    ['no example', audited({ example: { percent: 0 } }), /does not take its example/],
    ['no sentence', audited({ is: '' }), /no plain sentence/],
    ['no source', audited({ src: 'somewhere' }), /no source/],
    ['no transport', audited({ transports: [] }), /goes nowhere/],
    ['the same transport twice', audited({ transports: ['mqtt', 'mqtt'] }), /a transport twice/],
    [
      'danger without a reason',
      audited({ danger: { when: 'always', why: '', applies: () => true } }),
      /what can happen/,
    ],
    ['nothing read back', audited({ readBack: () => [] }), /no read-back and no reason/],
    ['no reason why not', audited({ readBack: () => '' }), /does not say why nothing/],
    [
      'a field nobody reports',
      audited({ readBack: () => [{ kind: 'bbcin', field: 'x', expected: 1 }] }),
      /bbcin.x, unknown/,
    ],
    [
      'bits outside the mask',
      audited({ readBack: () => [{ kind: 'lddc', field: 'dcChRelay', mask: 1, expected: 2 }] }),
      /outside/,
    ],
    ['strangers taken', commandFaults([loose], MODULES), /that it does not know/],
    ['no range', commandFaults([bare], MODULES), /percent has no range/],
    ['no description', commandFaults([bare], MODULES), /percent is not described/],
    ['parameter in capitals', commandFaults([bare], MODULES), /Percent is not snake_case/],
    ['twice', commandFaults([sound, sound], MODULES), /is there twice/],
  ])('complain of %s', (_, faults, complaint) => {
    expect(faults.join('\n')).toMatch(complaint)
  })
})
