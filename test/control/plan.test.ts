/** From what a person asks to what goes over the wire, or to words that say why not; the vendor's examples apart. */
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/catalogue/commands.ts'
import { type Addressing, readAddressing } from '../../src/control/addressing.ts'
import type { Refusal } from '../../src/control/control.ts'
import { describePlan, type Planned, planCommand } from '../../src/control/plan.ts'
import { createKit, createState, type KitState } from '../../src/track/state.ts'
import { VENDOR_ID } from '../catalogue/vendor-commands.ts'
import { addModule, listModule, VENDOR_KIT_SN, vendorKit } from './vendor-kit.ts'

const NOWHERE: ReadonlyMap<string, Addressing> = new Map()
const planning = (name: string, params: unknown, kit: KitState = vendorKit(), addressing = NOWHERE) =>
  planCommand(name, params, kit, { wireId: VENDOR_ID, addressing })

const planned = (
  name: string,
  params: unknown,
  kit?: KitState,
  addressing?: ReadonlyMap<string, Addressing>,
): Planned => {
  const outcome = planning(name, params, kit, addressing)
  if ('refusal' in outcome) throw new Error(outcome.refusal.text)
  return outcome.planned
}

const refused = (name: string, params: unknown, kit?: KitState): Refusal => {
  const outcome = planning(name, params, kit)
  if ('planned' in outcome) throw new Error(`${name} was planned`)
  return outcome.refusal
}

const DCIN = 'M1093-DCIN-CA7C3'
const LDDC = 'M10E1-LDDC-29A63'
const OTHER_DCIN = 'M1093-DCIN-0B0B2'

describe('a planned command', () => {
  test.each(COMMANDS)('$name is planned for the vendor’s kit', ({ name, example }) => {
    const { message, readBack, checks } = planned(name, example)
    expect(message.moduleSn).toMatch(/^[A-Z0-9-]{16}$/)
    expect(checks.length).toBeGreaterThan(1)
    expect(readBack.length).toBeGreaterThan(0)
  })

  test('goes to the topic of its account, or to the HTTP API with the kit in its body', () => {
    const plan = planned('ac-output.switch', { on: true })
    expect(describePlan(plan, `/open/open-abc/${VENDOR_KIT_SN}/set`)).toEqual({
      transport: 'mqtt',
      to: `/open/open-abc/${VENDOR_KIT_SN}/set`,
      message: plan.message,
      checks: ['Addressed to iclow M109ZEB4ZE7B0963, module type 15365.', 'Seen to work on hardware.'],
      readBack: 'ichigh M1095-PSDH-0B0B1 must report invSwSta 1.',
    })
    expect(plan.message).not.toHaveProperty('sn')
    expect(describePlan(plan, undefined)).toMatchObject({
      to: 'PUT /iot-open/sign/device/quota',
      message: { sn: VENDOR_KIT_SN },
    })
  })

  test('says what may happen where it is dangerous, and is silent where it is not', () => {
    expect(planned('dc-output.switch', { on: true }).danger).toBe('')
    const { danger, checks } = planned('dc-output.switch', { on: false })
    expect(danger).toMatch(/nothing can switch it on again/)
    expect(checks.join(' ')).toMatch(/Dangerous when switched off\./)
    expect(planned('battery.discharge-limit', { percent: 40 }).danger).toBe('')
    expect(planned('battery.discharge-limit', { percent: 40 }, vendorKit({ soc_pct: 40 })).danger).not.toBe('')
    expect(planned('battery.discharge-limit', { percent: 40 }, vendorKit({ soc_pct: Number.NaN })).danger).not.toBe('')
  })

  test('reads back the bits of a circuit, and says why where there is nothing to read', () => {
    const plan = planned('dc-panel.circuit-switch', { circuit: 3, on: true })
    expect(plan.readBack).toEqual([{ kind: 'lddc', field: 'dcChRelay', mask: 4, expected: 4, sn: LDDC }])
    expect(describePlan(plan, undefined).readBack).toBe(`lddc ${LDDC} must report dcChRelay & 4 = 4.`)
    expect(describePlan(planned('hub.ask-name', {}), undefined).readBack).toMatch(/set reply is the answer/)
  })

  test('reads the bank and the hub back under whichever serial number', () => {
    expect(planned('battery.charge-limit', { percent: 80 }).readBack).toMatchObject([
      { kind: 'bmstotal', sn: undefined },
    ])
    expect(planned('hub.scene', { scene: 3 }).readBack).toMatchObject([{ kind: 'wireless', sn: undefined }])
  })
})

describe('limits', () => {
  test.each<[string, number, Record<string, number>, RegExp]>([
    [
      'battery.charge-limit',
      50,
      { discharge_limit_pct: 50 },
      /50 % must be above the discharge limit, which is 50 % now/,
    ],
    ['battery.discharge-limit', 50, { charge_limit_pct: 50 }, /50 % must be below the charge limit, which is 50 %/],
    ['generator.start-limit', 60, { generator_stop_pct: 60 }, /60 % must be below the stop limit of the generator/],
    ['generator.stop-limit', 20, { generator_start_pct: 30 }, /20 % must be above the start limit of the generator/],
  ])('%s of %i %% is held against what the kit reports', (name, percent, bank, text) => {
    expect(refused(name, { percent }, vendorKit(bank))).toMatchObject({ code: 'contradicts_kit', status: 422 })
    expect(refused(name, { percent }, vendorKit(bank)).text).toMatch(text)
    const unknown = Object.fromEntries(Object.keys(bank).map((key) => [key, Number.NaN]))
    expect(planned(name, { percent }, vendorKit(unknown)).checks.join(' ')).toMatch(/has not told .* not compared/)
  })
})

describe('the module that is addressed', () => {
  test('must be known: reported, or listed by the hub', () => {
    const kit = createKit(VENDOR_KIT_SN, createState())
    expect(refused('ac-output.switch', { on: true }, kit)).toMatchObject({ code: 'module_unknown', status: 409 })
    listModule(kit, 'M1095-PSDL-0B0B1', 5)
    expect(planned('ac-output.switch', { on: true }, kit).message.moduleSn).toBe('M1095-PSDL-0B0B1')
    expect(planned('ac-output.switch', { on: true }, kit).readBack).toMatchObject([{ kind: 'ichigh', sn: undefined }])
  })

  test('is not needed where the hub or every pack is addressed, but what it acts on is', () => {
    const kit = createKit(VENDOR_KIT_SN, createState())
    expect(planned('hub.ask-name', {}, kit).message.moduleSn).toBe(VENDOR_KIT_SN)
    expect(planned('battery.heating', { on: true }, kit).message.moduleSn).toBe('0000000000000000')
    expect(refused('ac-panel.circuit-name', { circuit: 1, name: 'Oven' }, kit).text).toMatch(/has no module ldac/)
    expect(refused('dc-input.work-mode', { mode: 1 }, kit).text).toMatch(/has no module bbcin/)
  })

  test('is named where there are several', () => {
    const kit = vendorKit()
    addModule(kit, 'bbcin', OTHER_DCIN)
    const { code, text } = refused('dc-output.switch', { on: true }, kit)
    expect(code).toBe('module_ambiguous')
    expect(text).toContain(`${DCIN}, ${OTHER_DCIN}`)
    expect(planned('dc-output.switch', { on: true, module: OTHER_DCIN }, kit).message.moduleSn).toBe(OTHER_DCIN)
    expect(refused('dc-output.switch', { on: true, module: LDDC }, kit)).toMatchObject({
      code: 'module_unknown',
      status: 422,
    })
  })

  test('is the one that the hub lists where one was replaced', () => {
    const kit = vendorKit()
    addModule(kit, 'bbcin', OTHER_DCIN)
    listModule(kit, OTHER_DCIN, 2)
    expect(planned('dc-output.switch', { on: true }, kit).message.moduleSn).toBe(OTHER_DCIN)
  })

  test('reads nothing back where several could show it', () => {
    const kit = vendorKit()
    addModule(kit, 'bbcout', 'M1093-DCOU-0B0B2')
    expect(planned('dc-output.switch', { on: true }, kit).readBack).toMatch(/several modules bbcout/)
  })

  test('can be another than the catalogue says', () => {
    const addressing = readAddressing(['dc-panel.circuit-switch=hub', 'ac-input.grid-priority=ichigh/15366'])
    expect(
      planned('dc-panel.circuit-switch', { circuit: 1, on: false }, vendorKit(), addressing).message,
    ).toMatchObject({
      moduleSn: VENDOR_KIT_SN,
      moduleType: 15362,
    })
    expect(planned('ac-input.grid-priority', { on: true }, vendorKit(), addressing).message).toMatchObject({
      moduleSn: 'M1095-PSDH-0B0B1',
      moduleType: 15366,
    })
  })

  test('is set in words that can be read', () => {
    expect(readAddressing([])).toEqual(new Map())
    for (const bad of ['hub', 'no.command=hub', 'hub.name=nobody', 'hub.name=hub/x', 'hub.name=hub/', '=hub'])
      expect(readAddressing([bad]), bad).toBeUndefined()
    expect(readAddressing(['hub.name=hub', 'hub.name=wireless'])).toBeUndefined()
  })
})

describe('a refusal', () => {
  test.each<[string, string, unknown, string, RegExp]>([
    [
      'an unknown command',
      'dc-output.swich',
      {},
      'unknown_command',
      /There is no command "dc-output.swich". Did you mean dc-output.switch\?/,
    ],
    ['a name like nothing', 'x', {}, 'unknown_command', /There are: dc-input.charging/],
    ['a name of a prototype', '__proto__', {}, 'unknown_command', /There is no command/],
    [
      'a value out of range',
      'battery.charge-limit',
      { percent: 120 },
      'wrong_params',
      /percent is 120: expected a whole number of % from 50 to 100/,
    ],
    [
      'a number in quotes',
      'ac-input.current-limit',
      { amperes: '16' },
      'wrong_params',
      /amperes is "16": expected a whole number of A from 1 to 23/,
    ],
    [
      'a wrong unit',
      'battery.charge-limit',
      { percent: 0.8 },
      'wrong_params',
      /percent is 0.8: expected a whole number of %/,
    ],
    ['not a number', 'hub.scene', { scene: Number.NaN }, 'wrong_params', /scene is NaN/],
    ['a missing parameter', 'ac-output.switch', {}, 'wrong_params', /on is missing: true \(on\) or false \(off\)/],
    [
      'a misspelt parameter',
      'battery.charge-limit',
      { percnt: 80 },
      'wrong_params',
      /"percnt" is no parameter .* takes percent; did you mean percent\?/,
    ],
    [
      'a parameter too many',
      'hub.ask-name',
      { name: 'x' },
      'wrong_params',
      /"name" is no parameter of hub.ask-name, which takes none/,
    ],
    ['a long text', 'hub.name', { name: 'x'.repeat(5000) }, 'wrong_params', /^.{0,200}$/],
    ['a list', 'ac-output.switch', [true], 'wrong_params', /parameters must be an object, not \[true\]/],
    ['nothing', 'ac-output.switch', null, 'wrong_params', /parameters must be an object, not null/],
    [
      'no parameters at all',
      'ac-output.switch',
      undefined,
      'wrong_params',
      /parameters must be an object, not undefined/,
    ],
  ])('of %s says what was expected', (_, name, params, code, text) => {
    const refusal = refused(name, params)
    expect(refusal.code).toBe(code)
    expect(refusal.status).toBeGreaterThanOrEqual(400)
    expect(refusal.text).toMatch(text)
  })

  test('names every problem, each once', () => {
    expect(refused('dc-input.charging', { amperes: 0, volts: 5 }).text).toBe(
      'dc-input.charging: paused is missing: true (on) or false (off); amperes is 0: expected a whole number of A from ' +
        '1 to 70; volts is 5: expected V from 10 to 60 in steps of 0.1.',
    )
  })
})
