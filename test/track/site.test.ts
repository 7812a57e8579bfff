import { expect, it } from 'vitest'
import { MODULES } from '../../src/catalogue/modules.ts'
import { ROWS } from '../../src/catalogue/rows.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { restoreSnapshot, takeSnapshot } from '../../src/track/snapshot.ts'
import { createLine, fieldsOf, KIT, PACK, rowOf, START } from './virtual-line.ts'

type Line = ReturnType<typeof createLine>

const tell = (line: Line, said: object, seconds = 0) =>
  line.run({
    at: START + seconds * 1000,
    source: 'tick',
    topic: 'fleet',
    bytes: Buffer.from(JSON.stringify({ [KIT]: { name: 'Van', ...said }, '*': { timeZone: 'Europe/Berlin' } })),
  })

const SITE = {
  ...{ latitudeDeg: 52.52, longitudeDeg: 13.4, group: 'Hire', isLaidUp: true, acInput: 'generator' },
  panelsW: { 1: 400, 2: 200 },
  tariff: { currency: 'EUR', prices: [{ fromMs: 0, price: 0.3 }] },
}

it('is a row when it is first told, and when it changes, with an event', () => {
  const line = createLine()
  tell(line, { account: 'north', site: SITE })
  const first = line.minute(60)
  expect(rowOf(first, 'site')).toEqual({
    measurement: 'site',
    tags: { kit_sn: KIT },
    at: START + 60_000,
    fields: {
      ...{ label: 'Van', time_zone: 'Europe/Berlin', group: 'Hire', account: 'north', currency: 'EUR' },
      ...{ ac_input: 'generator', is_laid_up: 1, latitude_deg: 52.52, longitude_deg: 13.4 },
      ...{ pv_1_peak_w: 400, pv_2_peak_w: 200 },
    },
  })
  expect(Object.keys(ROWS.site!)).toEqual(expect.arrayContaining(Object.keys(rowOf(first, 'site')!.fields)))
  expect(rowOf(first, 'event')).toBeUndefined()
  expect(rowOf(line.minute(120), 'site')).toBeUndefined()
  tell(line, { site: { ...SITE, group: 'Sold' }, timeZone: 'Europe/Lisbon' }, 130)
  const changed = line.minute(180)
  expect(fieldsOf(changed, 'site')).toMatchObject({ group: 'Sold', time_zone: 'Europe/Lisbon', account: 'north' })
  expect(fieldsOf(changed, 'event')).toMatchObject({
    kind: 'site_changed',
    details: 'time_zone from Europe/Berlin to Europe/Lisbon, group from Hire to Sold',
  })
  tell(line, {}, 190)
  expect(fieldsOf(line.minute(240), 'site')).not.toHaveProperty('latitude_deg')
})

it('knows the energy of the packs when all have told their charge, and keeps it', () => {
  const line = createLine()
  line.push(0, PACK, { soc: 50, designCap: 100_000 })
  expect(fieldsOf(line.minute(60), 'site')).toMatchObject({ design_wh: 5120, label: KIT, ac_input: 'shore' })
  line.push(61, 'M102Z3B4ZE6K0009', { soc: 50 })
  expect(rowOf(line.minute(120), 'site')).toBeUndefined()
  line.push(121, 'M102Z3B4ZE6K0009', { designCap: 40_000 })
  const grown = line.minute(180)
  expect(fieldsOf(grown, 'site')).toMatchObject({ design_wh: 7168 })
  expect(grown.filter(({ fields }) => fields.kind === 'site_changed')).toEqual([])
})

it('goes on after a restart without telling it again', () => {
  const line = createLine()
  tell(line, { site: SITE })
  line.minute(60)
  const catalogue = createCatalogue(MODULES)
  const again = createLine(restoreSnapshot(Buffer.concat(takeSnapshot(line.state, catalogue)), catalogue))
  expect(again.state.kits.get(KIT)?.site).toEqual(SITE)
  expect(rowOf(again.minute(120), 'site')).toBeUndefined()
})
