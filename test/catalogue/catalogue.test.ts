/** Every entry of the catalogue keeps the rules of audit.ts, and each rule can go red. */
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/catalogue/compile.ts'
import type { Field, ModuleKind, NumberField } from '../../src/catalogue/field.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { faultsOf, nameFaults } from './audit.ts'

const volts: NumberField = {
  kind: 'number',
  wire: 'vol',
  name: 'voltage_v',
  unit: 'v',
  divide: 1000,
  range: [0, 70],
  is: 'Voltage',
  source: 'L991',
  confidence: 'verified',
}
const sound: ModuleKind = {
  kind: 'heater',
  label: 'Heater',
  measurement: 'hub',
  moduleTypes: [],
  source: 'made up for this test',
  fields: [volts],
}
const withField = (change: object): ModuleKind[] => [{ ...sound, fields: [{ ...volts, ...change } as Field] }]
const withKind = (change: Partial<ModuleKind>): ModuleKind[] => [{ ...sound, ...change }]
const twoOf = (change: object): ModuleKind[] => withKind({ fields: [volts, { ...volts, ...change } as Field] })
const check = (watts: string) => ({ checks: [{ volts: 'voltage_v', amperes: 'voltage_v', watts }] })
const doubled = { name: 'double_v', unit: 'v', is: 'Twice the voltage', compute: (v: number) => 2 * v } as const
const flag = { kind: 'flag', name: 'is_on' }
const errors = { kind: 'codes', name: 'error_code', base: 30_000, step: 40, panelBase: 30_800 }

describe('the catalogue', () => {
  test('keeps every rule', () => {
    expect(MODULES).toHaveLength(14)
    expect(faultsOf(MODULES)).toEqual([])
  })

  test('compiles to slots for everything that is written', () => {
    const slots = MODULES.map((kind) => compile(kind).slots.length)
    expect(slots.filter((count) => count > 0)).toHaveLength(12)
  })

  test('tells kinds apart by serial number in the patterns of real kits', () => {
    const kindOf = (sn: string) => MODULES.filter((kind) => kind.serials?.test(sn)).map((kind) => kind.kind)
    expect(kindOf('M101Z3B4ZE5A0101')).toEqual(['bp5000'])
    expect(kindOf('M102Z3B4ZE6H0009')).toEqual(['bp2000'])
    expect(kindOf('M1093-DCIN-CA7C3')).toEqual(['bbcin'])
    expect(kindOf('M1093-DCOU-5A5A5')).toEqual(['bbcout'])
    expect(kindOf('M1095-PSDL-5A5A5')).toEqual(['iclow'])
    expect(kindOf('M1095-PSDH-5A5A5')).toEqual(['ichigh'])
    expect(kindOf('M1096-MPPT-5A5A5')).toEqual(['kitscc'])
    expect(kindOf('M10EZEB4ZE7D0128')).toEqual(['ldac'])
    expect(kindOf('M10E1-LDAC-5A5A5')).toEqual(['ldac'])
    expect(kindOf('M10E1-LDDC-29A63')).toEqual(['lddc'])
    expect(kindOf('M109ZEB4ZA5A0001')).toEqual(['wireless'])
    expect(kindOf('M106WAB4Z000001F')).toEqual(['wireless'])
    expect(kindOf('M106Z1B4ZE5A0001')).toEqual(['console'])
  })
})

describe('the rules of the catalogue', () => {
  test('let a sound entry pass', () => {
    expect(faultsOf([sound])).toEqual([])
  })

  test.each<[string, ModuleKind[], RegExp]>([
    ['range out of order', withField({ range: [70, 0] }), /range 70 … 0 is not in order/],
    ['endless range', withField({ range: [0, Number.POSITIVE_INFINITY] }), /not in order/],
    ['fraction as divisor', withField({ divide: 0.001 }), /divides or multiplies/],
    ['no source', withField({ source: 'somewhere' }), /no source/],
    ['no sentence', withField({ is: '' }), /no plain sentence/],
    ['a sentence that breaks the table', withField({ is: 'Volts | amperes' }), /no plain sentence/],
    ['no wire name', withField({ wire: 'a b' }), /no wire name/],
    ['broken sentinel', withField({ sentinels: [0.5] }), /sentinels are not whole numbers/],
    ['no sentinel at all', withField({ sentinels: [] }), /sentinels are not whole numbers/],
    ['sentinel that means no', withField({ ...flag, sentinels: [0] }), /also a value/],
    [
      'sentinel that is a state',
      withField({ kind: 'state', name: 'mode', states: { 0: 'a' }, sentinels: [0] }),
      /also a/,
    ],
    ['no states', withField({ kind: 'state', name: 'mode', states: {} }), /no state is listed/],
    ['too many circuits', withField({ ...errors, circuits: 30 }), /reach into the panel/],
    [
      'span not in order',
      withField({ kind: 'code', name: 'error_code', base: { from: 5, to: 9, every: 2, at: 0 } }),
      /span/,
    ],
    [
      'list without order',
      withField({ kind: 'list', stem: 'word', unit: 'code', length: 2, range: [1, 1] }),
      /not in order/,
    ],
    ['unit missing from the name', withField({ name: 'voltage' }), /does not end in its unit v/],
    ['wire name twice', twoOf({ name: 'other_v' }), /vol is listed twice/],
    ['alias is another wire name', twoOf({ wire: 'v2', name: 'other_v', aliases: ['vol'] }), /vol is listed twice/],
    ['name twice', twoOf({ wire: 'v2' }), /two fields are called voltage_v/],
    ['name of a tag', withField({ kind: 'text', name: 'kit_sn' }), /kit_sn is also a tag/],
    ['check of a field that is not there', withKind(check('power_w')), /has no field power_w/],
    [
      'check of a derived field',
      withKind({ ...check('double_v'), derived: [{ ...doubled, from: ['voltage_v'] }] }),
      /not reported/,
    ],
    ['derived from nothing', withKind({ derived: [{ ...doubled, from: ['current_a'] }] }), /has no field current_a/],
    ['unknown measurement', withKind({ measurement: 'heater' }), /measurement heater does not exist/],
    ['capital letters', withKind({ kind: 'Heater' }), /not in lower case/],
    ['side without the tag', withKind({ side: 'ac' }), /side and tags differ/],
    ['module without a serial number', withKind({ ofKit: true }), /ofKit and tags differ/],
    ['carries nothing', withKind({ carries: 'ghost' }), /ghost, which does not exist/],
    [
      'carries its own words',
      [
        { ...sound, carries: 'bank' },
        { ...sound, kind: 'bank' },
      ],
      /heater and bank share vol/,
    ],
    ['kind twice', [sound, sound], /two kinds are called heater/],
    [
      'two meanings',
      [sound, { ...sound, kind: 'b', fields: [{ ...volts, is: 'Other voltage' }] }],
      /hub.voltage_v means/,
    ],
  ])('go red: %s', (_, kinds, sentence) => {
    expect(faultsOf(kinds).join('\n')).toMatch(sentence)
  })

  test.each([
    ['Voltage_v', 'v', /not snake_case/],
    ['voltage_v', 'volts', /unknown unit/],
    ['voltage_mv', 'v', /does not end in its unit/],
    ['on', 'flag', /does not start with is_ or has_/],
    ['error', 'code', /does not end in _code/],
    ['mode_w', 'text', /ends in the unit w/],
    ['is_over_w', 'flag', /ends in the unit w/],
  ])('go red: %s in %s', (name, unit, sentence) => {
    expect(nameFaults(name, unit).join('\n')).toMatch(sentence)
  })
})
