import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ALERTS } from '../../src/catalogue/alerts.ts'
import { SHIPPED, shippedBoards } from '../../src/grafana-install/shipped.ts'
import { foreignOf, openStandIn, type StandIn, TOKENS } from './grafana-stand-in.ts'
import { install, laterVersion } from './installed.ts'

const GROUP = 'powerkits/rule-groups/powerkits'
/** A folder, two data sources, the rules, and each board. */
const PARTS = 4 + shippedBoards(SHIPPED).length

let grafana: StandIn
beforeEach(async () => {
  grafana = await openStandIn()
})
afterEach(() => grafana.close())

const rules = (): {
  uid: string
  title: string
  annotations: { value: string }
  data: { model: { conditions?: { evaluator: object }[] } }[]
}[] => (grafana.groups.get(GROUP) as { rules: ReturnType<typeof rules> }).rules

it('brings all that is shipped into an empty Grafana', async () => {
  const foreign = foreignOf(grafana)
  expect(await install(grafana)).toMatchObject({ failed: '', made: PARTS, changed: 0, unchanged: 0 })
  expect(grafana.folders.get('powerkits')).toMatchObject({ title: 'Power Kits' })
  expect(grafana.sources.get('powerkits-history')).toMatchObject({
    url: 'http://influxdb:8086',
    jsonData: { dbName: 'powerkits_history', httpHeaderName1: 'Authorization' },
    secureJsonData: { httpHeaderValue1: 'Token influx-secret' },
  })
  expect(grafana.boards.get('powerkits-fleet')?.folderUid).toBe('powerkits')
  expect(rules().map(({ uid }) => uid)).toEqual(ALERTS.map(({ id }) => `powerkits-${id}`))
  expect(rules()[0]).toMatchObject({ folderUID: 'powerkits', ruleGroup: 'powerkits', keep_firing_for: '2m', for: '5m' })
  expect(rules()[0]).not.toHaveProperty('keepFiringFor')
  expect(foreignOf(grafana)).toBe(foreign)
})

it('writes nothing when all is there already', async () => {
  await install(grafana)
  grafana.writes.length = 0
  expect(await install(grafana)).toMatchObject({ failed: '', made: 0, changed: 0, unchanged: PARTS })
  expect(grafana.writes).toEqual([])
})

it('after an upgrade writes only what is new, and what its owner changed by hand', async () => {
  await install(grafana)
  const own = grafana.boards.get('powerkits-kit')!
  grafana.boards.set('powerkits-kit', { ...own, messages: [...own.messages, 'my own colours'] })
  grafana.writes.length = 0
  const { changed, unchanged } = await install(grafana, { from: laterVersion() })
  expect([changed, unchanged]).toEqual([3, PARTS - 3])
  expect(grafana.writes).toEqual([
    'POST /api/dashboards/db',
    'POST /api/dashboards/db',
    `PUT /api/v1/provisioning/folder/${GROUP}`,
  ])
  expect(rules()[0]?.title).toBe('Kit has gone silent')
})

it('takes thresholds and rules that are off from the settings, and takes rules away', async () => {
  await install(grafana)
  const env = { INFLUX_URL: 'http://influxdb:8086', INFLUX_TOKEN: 'influx-secret' }
  await install(grafana, { env: { ...env, ALERT_SOC_VERY_LOW_PCT: '25', ALERT_OFF: 'completeness' } })
  expect(rules()).toHaveLength(ALERTS.length - 1)
  const low = rules().find(({ uid }) => uid === 'powerkits-soc-low-20')
  expect(low?.data.flatMap(({ model }) => model.conditions ?? [])).toMatchObject([
    { evaluator: { type: 'lt', params: [25] } },
  ])
  expect(low?.annotations.value).toMatch(/below 25\b/)
})

it('writes the secret again when a data source does not work with the one it has', async () => {
  grafana.isHealthy = (secret) => secret === 'Token new-secret'
  const first = await install(grafana)
  expect([first.failed, first.made]).toEqual(['grafana_source_silent', PARTS])
  expect(first.lines.join('\n')).toContain('it does not answer Grafana: 401 Unauthorized')
  const env = { INFLUX_URL: 'http://influxdb:8086', INFLUX_TOKEN: 'new-secret' }
  expect(await install(grafana, { env })).toMatchObject({ changed: 2, unchanged: PARTS - 2 })
  expect(await install(grafana, { env })).toMatchObject({ changed: 0, unchanged: PARTS })
})

it('a wrong token changes nothing and stands in no message', async () => {
  const run = await install(grafana, { token: 'glsa_wrong' })
  expect([run.failed, run.lines, grafana.writes]).toEqual(['grafana_token_refused', [], []])
  expect(run.message).not.toContain('glsa_wrong')
})

it('without the right to make a folder it stops there and says so; the next run goes on', async () => {
  const run = await install(grafana, { token: TOKENS.folderless })
  expect([run.failed, run.lines, grafana.writes]).toEqual(['grafana_rights_missing', [], []])
  expect(run.message).toMatch(/making the folder.*permissions to perform this action\.$/)
  expect((await install(grafana, { token: TOKENS.admin })).made).toBe(PARTS)
})

it('says where there is no Grafana, no InfluxDB, and no address', async () => {
  expect((await install(grafana, { url: 'http://127.0.0.1:1' })).failed).toBe('grafana_not_reached')
  expect((await install(grafana, { env: {} })).failed).toBe('grafana_without_influx')
  expect((await install(grafana, { url: 'grafana' })).failed).toBe('grafana_address_invalid')
})

it('takes nothing for Grafana that answers as it does not', async () => {
  const server = createServer((_, response) => response.end('<title>Log in</title>'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const run = await install(grafana, { url: `http://127.0.0.1:${port}` })
  server.close()
  expect([run.failed, run.lines]).toEqual(['grafana_refused', []])
  expect(run.message).toContain("does not answer as Grafana's API does")
})

it.each(['glsa_…', 'two\nlines', ''])('a token that cannot be sent is not told: %j', async (token) => {
  const run = await install(grafana, { token })
  expect([run.failed, run.lines]).toEqual(['grafana_token_refused', []])
  if (token !== '') expect(run.message).not.toContain(token)
})

it('the image carries what is installed', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8')
  const sent = readFileSync('.dockerignore', 'utf8').split('\n')
  for (const folder of ['grafana/dashboards', 'grafana/provisioning']) {
    expect(dockerfile).toContain(`COPY ${folder} ./${folder}`)
    expect(sent).toContain(`!${folder}`)
  }
})
