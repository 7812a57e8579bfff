import { expect, it } from 'vitest'
import { describeKit, type LiveField, latestValues, listKits, listModules } from '../../src/track/live.ts'
import { CONSOLE, createEmpty, createVan, DC_OUTPUT, KIT, PACK, PANEL, push, START } from '../http/van.ts'

const at = START + 12_000
const TWO_HOURS_MS = 7_200_000

const fieldsOf = (state = createVan().state, when = at): Map<string, LiveField> =>
  new Map(
    latestValues(state, KIT, when)!.flatMap(({ series }) =>
      series.flatMap(({ tags, fields }) =>
        fields.map((field) => [[tags.module_sn, tags.circuit, field.name].filter(Boolean).join(' '), field]),
      ),
    ),
  )

it('gives each kit the fields of its row, heard of or not', () => {
  const [van, other, ...more] = listKits(createVan().state, at)
  expect(more).toEqual([])
  expect(van).toMatchObject({
    kit_sn: KIT,
    label: `Van · ${KIT}`,
    verdict: 'live',
    is_live: true,
    is_online: true,
    age_s: 2,
    soc_pct: 87,
    packs_live_count: 1,
  })
  expect(other).toMatchObject({ kit_sn: 'M109ZEB4ZE7B0002', verdict: 'unheard', is_live: false })
  expect(other).not.toHaveProperty('age_s')
  expect(other).not.toHaveProperty('soc_pct')
})

it('knows nothing of an unknown kit', () => {
  const { state } = createEmpty()
  expect(listKits(state, at)).toEqual([])
  expect([describeKit(state, KIT, at), listModules(state, KIT, at), latestValues(state, KIT, at)]).toEqual(
    Array(3).fill(undefined),
  )
})

it('tells active errors with their place, until they are gone', () => {
  const track = createVan()
  push(track, KIT, PANEL, { errorCodeAdd: [30_000, 30_043, 30_080, 30_120, 30_160, 30_200, 30_800] }, at)
  expect(describeKit(track.state, KIT, at)!.errors).toEqual([
    {
      module_sn: PANEL,
      measurement: 'circuit',
      tags: { kit_sn: KIT, module_sn: PANEL, side: 'ac', circuit: '02' },
      code: 30_043,
      meaning: expect.stringContaining('AC panel'),
      since_ms: at,
    },
  ])
  push(track, KIT, PANEL, { errorCodeAdd: [30_000, 30_040, 30_080, 30_120, 30_160, 30_200, 30_800] }, at + 1000)
  expect(describeKit(track.state, KIT, at)!.errors).toEqual([])
})

it('lists modules that report, and those that are only listed', () => {
  const modules = listModules(createVan().state, KIT, at)!
  expect(new Set(modules.map(({ module_sn }) => module_sn))).toEqual(new Set([DC_OUTPUT, PACK, PANEL, CONSOLE]))
  expect(modules.find(({ module_sn }) => module_sn === DC_OUTPUT)).toMatchObject({
    kind: 'bbcout',
    label: 'DC output',
    verdict: 'live',
    is_fresh: true,
    age_s: 2,
    cadence_s: 10,
    reports_count: 2,
    firmware: '2.1.0.9',
    loader: '1.0.0.3',
  })
  expect(modules.find(({ module_sn }) => module_sn === CONSOLE)).toMatchObject({
    kind: 'listed',
    label: 'Console',
    verdict: 'unheard',
    verdict_text: 'in the list of modules, and no report of it ever came',
    is_fresh: false,
    reports_count: 0,
  })
})

it('gives every known value once, in base units, with the tags of its series', () => {
  const fields = fieldsOf()
  expect(fields.get(`${DC_OUTPUT} voltage_v`)).toMatchObject({ value: 13.6, unit: 'v' })
  expect(fields.get(`${PACK} current_a`)).toMatchObject({ value: 9.08, unit: 'a' })
  expect(fields.get(`${PACK} charge_state`)).toMatchObject({ value: 'charging', raw: 2, unit: 'text' })
  expect(fields.get(`${PANEL} 01 power_w`)).toMatchObject({ value: 11 })
  expect(fields.get(`${PANEL} 06 power_w`)).toMatchObject({ value: 0 })
})

it('calls a circuit what its owner calls it', () => {
  const track = createVan()
  track.state.kits.get(KIT)!.circuits = { ac: { '1': 'Kettle' } }
  const fields = fieldsOf(track.state)
  expect(fields.get(`${PANEL} 01 name`)).toMatchObject({ value: 'Kettle', unit: 'text', age_s: 12, is_fresh: true })
  expect(fields.has(`${PANEL} 02 name`)).toBe(false)
})

it("tells the module's age and the field's own apart, and a polled field has no push", () => {
  const fields = fieldsOf()
  expect(fields.get(`${DC_OUTPUT} voltage_v`)).toMatchObject({ age_s: 2, pushed_age_s: 2 })
  expect(fields.get(`${DC_OUTPUT} battery_voltage_v`)).toMatchObject({ age_s: 2, pushed_age_s: 12 })
  expect(fields.get(`${PACK} soc_pct`)).toMatchObject({ value: 87, age_s: 12 })
  expect(fields.get(`${PACK} soc_pct`)).not.toHaveProperty('pushed_age_s')
})

it('gives a computed field the age of its oldest input', () => {
  const track = createVan()
  push(track, KIT, PACK, { minCellVol: 3300 }, START + 2000)
  push(track, KIT, PACK, { maxCellVol: 3350 }, START + 7000)
  const spread = fieldsOf(track.state).get(`${PACK} cell_spread_v`)!
  expect(spread.value).toBeCloseTo(0.05)
  expect(spread).toMatchObject({ age_s: 5, pushed_age_s: 10 })
})

it('gives the bank of the kit under the tags of the kit alone', () => {
  const track = createVan()
  push(track, KIT, PACK, { totalSoc: 86 }, at)
  const bank = latestValues(track.state, KIT, at)!.find(({ kind }) => kind === 'bmstotal')!
  expect(bank.series).toMatchObject([{ measurement: 'battery_bank', tags: { kit_sn: KIT } }])
  expect(Object.keys(bank.series[0]!.tags)).toEqual(['kit_sn'])
})

it('marks values of a silent module, and hides none of them', () => {
  const { state } = createVan()
  const late = START + TWO_HOURS_MS
  const before = fieldsOf(state)
  const after = fieldsOf(state, late)
  expect([...after.keys()]).toEqual([...before.keys()])
  expect(new Set([...before.values()].map(({ is_fresh }) => is_fresh))).toEqual(new Set([true]))
  expect(new Set([...after.values()].map(({ is_fresh }) => is_fresh))).toEqual(new Set([false]))
  expect(after.get(`${PACK} soc_pct`)).toMatchObject({ value: 87, age_s: 7200 })
  expect(latestValues(state, KIT, late)![0]).toMatchObject({ verdict: 'silent', is_fresh: false })
  expect(listKits(state, late)[0]).toMatchObject({ verdict: 'silent', is_live: false, age_s: 7190 })
  expect(listKits(state, late)[0]).not.toHaveProperty('soc_pct')
})

it('forgets what was held before a gap once the module is back', () => {
  const track = createVan()
  const late = START + TWO_HOURS_MS
  push(track, KIT, PACK, { temp: 19 }, late)
  const pack = latestValues(track.state, KIT, late)!.find(({ module_sn }) => module_sn === PACK)!
  expect(pack.is_fresh).toBe(true)
  expect(pack.series.flatMap(({ fields }) => fields.map(({ name }) => name))).toEqual(['temperature_c'])
})
