/** names.lock.json is what the catalogue writes, and a catalogue that breaks a promise is told so. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Field, ModuleKind } from '../../src/catalogue/field.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { brokenPromises, extendLock, lockText, type NamesLock, namesOf } from '../../src/catalogue/names.ts'

const LOCK = new URL('../../src/catalogue/names.lock.json', import.meta.url)
const text = await readFile(LOCK, 'utf8')
const lock = JSON.parse(text) as NamesLock
const names = namesOf(MODULES)

/** The catalogue with one field of one kind changed. */
const changed = (kind: string, wire: string, change: object): NamesLock => {
  const fieldsOf = (one: ModuleKind): readonly Field[] =>
    one.fields.map((field) => (field.wire === wire ? ({ ...field, ...change } as Field) : field))
  return namesOf(MODULES.map((one) => (one.kind === kind ? { ...one, fields: fieldsOf(one) } : one)))
}

describe('names.lock.json', () => {
  test('has every name of the catalogue: if not, run node bin/fields.mjs', () => {
    expect(Object.keys(lock.battery!.fields).length).toBeGreaterThan(60)
    expect(text).toBe(lockText(extendLock(lock, names)))
  })

  test('is kept by the catalogue', () => {
    expect(brokenPromises(lock, names)).toEqual([])
  })
})

describe('a catalogue breaks its promise', () => {
  test.each([
    [
      'unit',
      changed('bmstotal', 'totalFullCap', { unit: 'wh' }),
      'battery_bank.capacity_full_ah was in ah and is in wh',
    ],
    [
      'meaning',
      changed('kitscc', 'batVol', { is: 'Panels' }),
      'battery_voltage_v meant "Voltage at the battery side" and',
    ],
    ['name', changed('iclow', 'realSoc', { name: 'charge_pct' }), 'inverter_dc.soc_pct is gone'],
    [
      'bit order',
      changed('iclow', 'protectState', { flags: ['is_too_cold', 'is_too_hot'] }),
      'inverter_dc.is_too_hot meant',
    ],
    [
      'word of a state',
      changed('bbcout', 'cfgVolTag', { states: { 0: '24 V', 1: '12 V' } }),
      'nominal_output called 0 12 V and',
    ],
  ])('by its %s', (_, now, sentence) => {
    expect(brokenPromises(lock, now).join('\n')).toContain(sentence)
  })

  test('by its tags or measurements', () => {
    const { hub, ...others } = names
    expect(brokenPromises(lock, others)).toEqual(['measurement hub is gone'])
    const retagged = { ...others, hub: { ...hub!, tags: ['kit_sn', 'site'] } }
    expect(brokenPromises(lock, retagged)).toEqual(['hub had the tags kit_sn, module_sn and has kit_sn, site'])
    const { hourly, ...unkept } = hub!
    expect(hourly).toBe(true)
    expect(brokenPromises(lock, { ...others, hub: unkept })).toEqual(['hub has no hourly rows any more'])
  })

  test('not by adding, nor by leaving out what is deprecated', () => {
    const added = changed('bbcout', 'cfgVolTag', { states: { 0: '12 V', 1: '24 V', 2: '48 V' } })
    expect(brokenPromises(lock, added)).toEqual([])
    const old = { unit: 'v', is: 'Old voltage', deprecated: 'use voltage_v' }
    const withOld = { ...lock, hub: { ...lock.hub!, fields: { ...lock.hub!.fields, old_v: old } } }
    expect(brokenPromises(withOld, names)).toEqual([])
    expect(extendLock(withOld, names).hub!.fields.old_v).toEqual(old)
  })
})

describe('the lock grows', () => {
  test('by new names and new words, and keeps the old ones as they stand', () => {
    const kept = { hub: { tags: ['kit_sn'], fields: { scene_code: { unit: 'code', is: 'Old words' } } } }
    const grown = extendLock(kept, names)
    expect(grown.hub!.fields.scene_code).toEqual({ unit: 'code', is: 'Old words' })
    expect(grown.hub!.tags).toEqual(['kit_sn'])
    expect(Object.keys(grown)).toEqual(Object.keys(names))
    const states = { 0: '12 V', 1: '24 V', 2: '48 V' }
    const worded = extendLock(lock, changed('bbcout', 'cfgVolTag', { states }))
    expect(worded.dc_output!.fields.nominal_output!.states).toEqual(states)
  })

  test('from nothing to the whole catalogue, as JSON', () => {
    expect(JSON.parse(lockText(extendLock({}, names)))).toEqual(JSON.parse(JSON.stringify(names)))
  })
})
