import { describe, expect, it } from 'vitest'
import { createLine, DCIN, DCOU, fieldsOf, KIT, PACK, rowOf, START } from './virtual-line.ts'

const fleet = (line: ReturnType<typeof createLine>, fleetOf: object) =>
  line.run({ at: START, source: 'tick', topic: 'fleet', bytes: Buffer.from(JSON.stringify(fleetOf)) })

describe('the rows of a minute', () => {
  it('are there for a kit of which nothing was ever heard', () => {
    const line = createLine()
    fleet(line, { [KIT]: 'Blue van', __proto__X: 'Cabin' })
    const rows = line.minute(60).filter(({ measurement }) => measurement === 'kit')
    expect(rows.map(({ tags, fields }) => [tags.kit_sn, fields.label, fields.verdict])).toEqual([
      [KIT, `Blue van · ${KIT}`, 'unheard'],
      ['__proto__X', 'Cabin · __proto__X', 'unheard'],
    ])
    for (const { fields } of rows) expect(fields).not.toHaveProperty('age_s')
  })

  it('go on while the kit is silent or offline, without state of charge', () => {
    const line = createLine()
    line.push(0, PACK, { soc: 71, totalSoc: 70, fullCap: 99_893, inWatts: 100, outWatts: 0 })
    expect(fieldsOf(line.minute(60), 'kit')).toMatchObject({ verdict: 'quiet', is_live: 1, soc_pct: 70, age_s: 60 })
    const silent = fieldsOf(line.minute(300), 'kit')
    expect(silent).toMatchObject({
      verdict: 'silent',
      is_live: 0,
      age_s: 300,
      packs_live_count: 0,
      packs_known_count: 1,
    })
    expect(silent).not.toHaveProperty('soc_pct')
    line.run({ ...statusInput(0), at: START + 310_000 })
    expect(fieldsOf(line.minute(360), 'kit')).toMatchObject({ verdict: 'offline' })
  })

  it('weigh the packs by capacity where the bank says nothing', () => {
    const line = createLine()
    line.push(0, PACK, { soc: 50, fullCap: 100_000, inWatts: 90, outWatts: 0 })
    line.push(1, 'M102Z3B4ZE6K0009', { soc: 100, fullCap: 25_000, inWatts: 0, outWatts: -30 })
    expect(fieldsOf(line.minute(60), 'kit')).toMatchObject({ soc_pct: 60, net_w: 60, packs_live_count: 2 })
  })

  it('tell how far the packs lie apart, and what place and panels say', () => {
    const line = createLine()
    const site = { latitudeDeg: 52.5, longitudeDeg: 13.4, panelsW: { 1: 400, 2: 200 } }
    fleet(line, { [KIT]: { name: 'Van', site } })
    line.push(0, PACK, { soc: 50 })
    const alone = fieldsOf(line.minute(60), 'kit')
    expect(alone).toMatchObject({ is_daylight: 1, rated_w: 600 })
    expect(alone).not.toHaveProperty('pack_soc_spread_pct')
    line.push(61, 'M102Z3B4ZE6K0009', { soc: 57 })
    expect(fieldsOf(line.minute(120), 'kit')).toMatchObject({ pack_soc_spread_pct: 7 })
    expect(fieldsOf(line.minute(12 * 3600), 'kit')).toMatchObject({ is_daylight: 0 })
  })

  it('tell of a module that is only listed, with its firmware', () => {
    const line = createLine()
    line.poll(0, { onLineModuleSnList: [{ moduleSn: DCIN, moduleVersion: '0.4.0.202', moduleDetail: '2' }] })
    expect(rowOf(line.minute(60), 'module')).toMatchObject({
      tags: { kit_sn: KIT, module_sn: DCIN },
      fields: { kind: 'listed', verdict: 'unheard', firmware: '0.4.0.202' },
    })
    line.push(61, DCIN, { dcInVol: 13_000 })
    expect(fieldsOf(line.minute(120), 'module')).toMatchObject({ kind: 'bbcin', firmware: '0.4.0.202' })
  })

  it('come in turns for large fleets: every kit once', () => {
    const line = createLine()
    fleet(line, Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`M109ZEB4ZE5K002${i}`, ''])))
    const heard = [0, 1, 2]
      .flatMap((part) => line.run({ at: START, source: 'tick', topic: `minute/${part}/3`, bytes: new Uint8Array() }))
      .filter(({ measurement }) => measurement === 'kit')
    expect(heard.map(({ tags }) => tags.kit_sn).sort()).toEqual(
      Array.from({ length: 7 }, (_, i) => `M109ZEB4ZE5K002${i}`),
    )
  })

  it('tell two modules of one serial number apart', () => {
    const line = createLine()
    line.poll(0, { iclow: { [DCOU]: { busVol: 389_313 } }, bp2000: { [DCOU]: { soc: 50 } } })
    const rows = line.minute(60).filter(({ measurement }) => measurement === 'module')
    expect(rows.map(({ at, fields }) => [at - START, fields.kind])).toEqual([
      [60_000, 'iclow'],
      [60_001, 'bp2000'],
    ])
  })
})

const statusInput = (status: number) => ({
  at: START,
  source: 'mqtt' as const,
  topic: `/open/account/${KIT}/status`,
  bytes: Buffer.from(JSON.stringify({ params: { status } })),
})
