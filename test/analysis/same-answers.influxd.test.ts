/** Every question about history, asked of the embedded store and of a real InfluxDB over the same rows: equal answers. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openInflux } from '../../src/store/influx.ts'
import { encodePoint } from '../../src/store/line-protocol.ts'
import type { Store } from '../../src/store/store.ts'
import { type Served, serve } from '../http/serve.ts'
import { createVan } from '../http/van.ts'
import { askInfluxd, startInfluxd } from '../servers/influxd.ts'
import {
  DAY_MS,
  daysBefore,
  END,
  KIT,
  openTemporary,
  PACKS,
  PANEL,
  pastRows,
  point,
  writePast,
  writeRows,
  ZONE,
} from './past.ts'
import { compareAnswers } from './questions.ts'

const served: Served[] = []
let url = ''
let stores: readonly Store[] = []
const subject = { kit: KIT, pack: PACKS[0], panel: PANEL, fromAt: END - 119 * DAY_MS, toAt: END }
let clean: () => Promise<void> = async () => undefined
beforeAll(async () => {
  const influxd = await startInfluxd()
  url = influxd.url
  const buckets = { raw: 'powerkits', history: 'powerkits_history' }
  const influx = openInflux({
    url: influxd.url,
    api: 'v1',
    buckets,
    timeoutMs: 20_000,
    log: { debug: () => undefined },
  })
  const embedded = await openTemporary()
  const rows = pastRows()
  stores = [influx, embedded.store]
  for (const store of stores) {
    await writePast(store, rows)
    // a revision of rows that stand already
    const revised = point('gap', END - 3 * DAY_MS, { is_open: 0, end_ms: END - DAY_MS }, { module_sn: PACKS[1] })
    await writeRows(store, 'history', [encodePoint(revised)])
    const { state } = createVan()
    state.kits.get(KIT)!.timeZone = ZONE
    served.push(await serve({ state: () => state, answers: store, now: () => END, rawKeptMs: 30 * DAY_MS }))
  }
  clean = async () => {
    for (const one of served) await one.close()
    await influx.close()
    await embedded.close()
    await influxd.close()
  }
})
afterAll(() => clean())

it('equal answers to all questions', async () => {
  const compared = await compareAnswers(served[0]!, served[1]!, subject)
  expect(compared.filter(({ isEqual }) => !isEqual)).toEqual([])
  expect(compared.length).toBeGreaterThan(40)
  expect(compared.filter(({ size }) => size > 0).length).toBeGreaterThan(25)
})

it('a comparison that notices one digit in one row', async () => {
  const changed = point('energy_day', daysBefore(1)[0]!.startAt, { solar_wh: 100.001 })
  await writeRows(stores[0]!, 'history', [encodePoint(changed)])
  await writeRows(stores[1]!, 'history', [encodePoint({ ...changed, fields: { solar_wh: 100.002 } })])
  const unequal = (await compareAnswers(served[0]!, served[1]!, subject, /^(?:energy|solar|gaps)/)).filter(
    ({ isEqual }) => !isEqual,
  )
  expect(unequal.map(({ question }) => question.split('&')[0])).toEqual([
    'energy?by=day',
    expect.stringMatching(/^solar/),
  ])
  expect(unequal[0]!.difference).toMatch(/100\.001.* against .*100\.002/)
})

it('statements of docs/history.md that give rows', async () => {
  const page = readFileSync(new URL('../../docs/history.md', import.meta.url), 'utf8')
  const statements = [...page.matchAll(/```sql\n(.*)\n```/g)].map(([, statement]) => statement!)
  expect(statements.length).toBeGreaterThan(7)
  for (const [index, statement] of statements.entries()) {
    const answer = (await askInfluxd(url, index === 0 ? 'powerkits' : 'powerkits_history', statement)) as {
      results: { series?: { values: unknown[] }[]; error?: string }[]
    }
    expect([statement, answer.results[0]?.error]).toEqual([statement, undefined])
    expect([statement, answer.results[0]?.series?.[0]?.values.length]).toEqual([statement, expect.any(Number)])
  }
})
