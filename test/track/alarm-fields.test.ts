import { describe, expect, it } from 'vitest'
import type { Point } from '../../src/store/line-protocol.ts'
import { restoreSnapshot, takeSnapshot } from '../../src/track/snapshot.ts'
import { catalogue, createLine, KIT, PACK, START, type VirtualLine } from './virtual-line.ts'

const SECOND_PACK = 'M101Z3B4ZE5K0032'
const MAINS = 'M1095-PSDH-4K071'
const PANEL = 'M10E1-LDAC-4E7D2'
const CHARGER = 'M1096-MPPT-4D2B3'

const tell = (line: VirtualLine, site: object): void => {
  const bytes = Buffer.from(JSON.stringify({ [KIT]: { name: 'Van', site } }))
  line.run({ at: START, source: 'tick', topic: 'fleet', bytes })
}

/** The kit's row at this minute, after each module told its fields every ten seconds since the minute before. */
const rowAt = (line: VirtualLine, minute: number, told: Readonly<Record<string, object>>): Point['fields'] => {
  for (let second = minute * 60 - 50; second < minute * 60; second += 10)
    for (const [sn, fields] of Object.entries(told)) line.push(second, sn, fields)
  return line.minute(minute * 60).find(({ measurement }) => measurement === 'kit')!.fields
}

/** The last of so many minutes of the same. */
const last = (line: VirtualLine, from: number, minutes: number, told: Readonly<Record<string, object>>) => {
  let fields: Point['fields'] = {}
  for (let minute = from; minute < from + minutes; minute++) fields = rowAt(line, minute, told)
  return fields
}

const warm = { soc: 50, minCellVol: 3_260, maxCellVol: 3_310, maxCellTemp: 21, minCellTemp: 19, amp: 5_000 }

describe('packs', () => {
  it('tell the widest spread, the hottest cell, and whether one is charged cold', () => {
    const line = createLine()
    const told = { [PACK]: warm, [SECOND_PACK]: { ...warm, maxCellVol: 3_290, maxCellTemp: 33, minCellTemp: -2 } }
    expect(rowAt(line, 1, told)).toMatchObject({
      cell_spread_max_v: 0.05,
      temperature_max_c: 33,
      is_charging_cold: 1,
      packs_missing_count: 0,
    })
  })

  it('that fall silent while the kit reports are missing, in their own row as well', () => {
    const line = createLine()
    rowAt(line, 1, { [PACK]: warm, [SECOND_PACK]: warm })
    expect(last(line, 2, 9, { [PACK]: warm })).toMatchObject({ packs_missing_count: 1 })
    const module = line.minute(660).find(({ tags }) => tags.module_sn === SECOND_PACK)!
    expect(module.fields.missing_s).toBe(610)
  })

  it('are not said to be missing while the kit is silent', () => {
    const line = createLine()
    rowAt(line, 1, { [PACK]: warm })
    expect(last(line, 2, 20, {})).not.toHaveProperty('packs_missing_count')
    expect(last(line, 22, 1, {})).not.toHaveProperty('temperature_max_c')
  })
})

describe('loads', () => {
  it('are of the inverter’s 3600 VA, or what its owner says', () => {
    const line = createLine()
    expect(rowAt(line, 1, { [MAINS]: { outVa: 1_800 } })).toMatchObject({ inverter_load_ratio: 0.5 })
    tell(line, { inverterVa: 7_200 })
    expect(rowAt(line, 2, { [MAINS]: { outVa: 1_800 } })).toMatchObject({ inverter_load_ratio: 0.25 })
  })

  it('of circuits need a limit', () => {
    const line = createLine()
    const told = { [PANEL]: { acChCur: [1_000, 4_000, 0, 0, 0, 0] } }
    expect(rowAt(line, 1, told)).not.toHaveProperty('circuit_load_ratio')
    tell(line, { circuitLimitsA: { ac: 16 } })
    expect(rowAt(line, 2, told)).toMatchObject({ circuit_load_ratio: 0.25 })
    tell(line, { circuitLimitsA: { dc: 16 } })
    expect(rowAt(line, 3, told)).not.toHaveProperty('circuit_load_ratio')
  })
})

describe('the AC input', () => {
  const fed = { [MAINS]: { inWatts: 500, inVol: 231_000 } }
  const bare = { [MAINS]: { inWatts: 0, inVol: 0 } }

  it('is lost for ten minutes after shore went, also in a restored state', () => {
    const line = createLine()
    expect(last(line, 1, 3, fed)).toMatchObject({ is_ac_input_lost: 0, generator_run_s: 0 })
    expect(last(line, 4, 4, bare)).toMatchObject({ is_ac_input_lost: 1 })
    const restored = createLine(restoreSnapshot(Buffer.concat(takeSnapshot(line.state, catalogue)), catalogue)!)
    expect(last(restored, 8, 1, bare)).toMatchObject({ is_ac_input_lost: 1 })
    expect(last(line, 8, 12, bare)).toMatchObject({ is_ac_input_lost: 0 })
  })

  it('is not lost once it is back', () => {
    const line = createLine()
    last(line, 1, 3, fed)
    last(line, 4, 4, bare)
    expect(last(line, 8, 2, fed)).toMatchObject({ is_ac_input_lost: 0 })
  })

  it('of a generator tells how long it runs, and its end is no loss', () => {
    const line = createLine()
    tell(line, { acInput: 'generator' })
    expect(last(line, 1, 10, fed).generator_run_s).toBe(580)
    expect(last(line, 11, 4, bare)).toMatchObject({ is_ac_input_lost: 0, generator_run_s: 0 })
  })
})

describe('solar power is dead', () => {
  const dark = { pv1InVol: 0, pv1InCurr: 0, pv1InWatts: 0, pv2InVol: 0, pv2InCurr: 0, pv2InWatts: 0 }
  const hungry = { ...warm, chgSetSoc: 90 }
  // START is noon UTC at the end of May.
  const lisbon = { latitudeDeg: 38.7, longitudeDeg: -9.1, panelsW: { 1: 400 } }

  it.each([
    ['when the packs want it and none comes', lisbon, hungry, 1],
    ['but not when a pack is nearly full', lisbon, { ...hungry, soc: 88 }, 0],
    ['but not at night', { ...lisbon, longitudeDeg: 170 }, hungry, 0],
    ['and unknown where the place is not set', { panelsW: { 1: 400 } }, hungry, undefined],
    ['and unknown where nobody knows of panels', { ...lisbon, panelsW: undefined }, hungry, undefined],
    ['and unknown where the packs do not tell their limit', lisbon, warm, undefined],
  ])('%s', (_, site, pack, expected) => {
    const line = createLine()
    tell(line, site)
    expect(last(line, 1, 3, { [PACK]: pack, [CHARGER]: dark }).is_solar_dead).toBe(expected)
  })

  it('unknown where no charger speaks', () => {
    const line = createLine()
    tell(line, lisbon)
    expect(last(line, 1, 3, { [PACK]: hungry })).not.toHaveProperty('is_solar_dead')
  })

  it('also of panels that nobody named, once they brought power', () => {
    const line = createLine()
    tell(line, { ...lisbon, panelsW: undefined })
    const sunny = { ...dark, pv1InVol: 40_000, pv1InCurr: 5_000, pv1InWatts: 200 }
    expect(last(line, 1, 3, { [PACK]: hungry, [CHARGER]: sunny })).toMatchObject({ is_solar_dead: 0 })
    expect(last(line, 4, 3, { [PACK]: hungry, [CHARGER]: dark })).toMatchObject({ is_solar_dead: 1 })
  })
})

it('firmware that changed has an age, of the module and of the kit', () => {
  const line = createLine()
  const list = (version: string) => ({
    onLineModuleSnList: [{ moduleSn: PACK, moduleDetail: '1', moduleVersion: version, loaderVersion: '1.0.0.1' }],
  })
  const poll = (second: number, version: string) => line.poll(second, list(version))
  poll(1, '2.1.0.9')
  expect(rowAt(line, 1, { [PACK]: warm })).not.toHaveProperty('firmware_age_s')
  poll(61, '2.2.0.0')
  expect(rowAt(line, 2, { [PACK]: warm })).toMatchObject({ firmware_age_s: 59 })
  const module = line.minute(180).find(({ measurement, tags }) => measurement === 'module' && tags.module_sn === PACK)!
  expect(module.fields.firmware_age_s).toBe(119)
})

it('a kit that is laid up says so', () => {
  const line = createLine()
  tell(line, { isLaidUp: true })
  expect(rowAt(line, 1, { [PACK]: warm })).toMatchObject({ is_laid_up: 1 })
})
