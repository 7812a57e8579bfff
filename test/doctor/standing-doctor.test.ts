/** The doctor of a running collector, asked over its API: a real collector before a simulated cloud on real sockets. */
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Collector, startCollector } from '../../src/collector.ts'
import { MACHINE } from '../../src/world.ts'
import { collectorParts } from '../collector-parts.ts'
import { type Clinic, openClinic } from './clinic.ts'

const HTTP_TOKEN = 'a-made-up-token-of-some-length'
const GUEST = 'a-made-up-token-of-a-guest'

interface Told {
  readonly at: number
  readonly is_well: boolean
  readonly summary: string
  readonly findings: readonly { readonly state: string; readonly what: string; readonly text: string }[]
}

let clinic: Clinic
let collector: Collector
const asked: string[] = []
let links = 0
let now = 0

beforeAll(async () => {
  clinic = await openClinic()
  const env = {
    DATA_DIR: clinic.dataDir,
    HTTP_TOKEN,
    CONTROL_TOKENS: `name=guest scope=control kits=${clinic.simulator.kitSns[0]} token=${GUEST}`,
    ...clinic.keys,
  }
  const world: typeof MACHINE = {
    ...MACHINE,
    time: { wall: () => Date.now() + now, monotonic: () => performance.now() + now },
    fetch: (url, init) => {
      asked.push(String(url))
      return fetch(url, init)
    },
    openLink: (...link) => {
      links++
      return MACHINE.openLink(...link)
    },
  }
  collector = await startCollector({ ...collectorParts(env), world, exposed: () => ['powerkits.yaml'] })
  while ((collector.status().accounts[0]?.session.granted.size ?? 0) < 6) await sleep(20)
})
afterAll(async () => {
  await collector.stop()
  await clinic.close()
})

const get = (path: string, token = HTTP_TOKEN): Promise<Response> =>
  fetch(`${collector.url}${path}`, { headers: { authorization: `Bearer ${token}` } })

const examined = async (): Promise<Told> => (await get('/api/v1/doctor')).json() as Promise<Told>

it('finds what the command finds, with the collector in its place and no second session', async () => {
  const { is_well, summary, findings } = await examined()
  const found = findings.map(({ state, what }) => `${state} ${what.replace(/ “.*”/, '')}`)
  const [one, other] = clinic.simulator.kitSns
  expect(found.filter((each) => !each.endsWith(' disk'))).toEqual([
    'warn secrets',
    'pass data directory',
    'pass collector',
    'pass main, DNS',
    'pass main, keys',
    'pass main, region',
    `pass main, kit ${one}`,
    `pass main, kit ${other}`,
    'pass main, client id',
    'pass main, broker',
    'pass main, subscriptions',
    'pass clock',
    'pass store',
  ])
  expect([is_well, links]).toEqual([true, 1])
  expect(summary).toMatch(/^1\d passed, [12] to look at, 0 failed, 0 not looked at\.$/)
})

it('looks once for all who ask at once or shortly after, and again later', async () => {
  const requests = (): number => asked.filter((url) => url.includes('certification')).length
  now += 40_000
  const before = requests()
  const [first, second] = await Promise.all([examined(), examined()])
  const third = await examined()
  expect([second, third]).toEqual([first, first])
  expect(requests()).toBe(before + 1)
  now += 31_000
  expect((await examined()).at).toBeGreaterThan(first.at + 30_000)
  expect(requests()).toBe(before + 2)
})

it('gives the archive for the maintainers, in which no secret is', async () => {
  const answer = await get('/api/v1/diagnostics')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/gzip'])
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="powerkits-diagnostics-\d{4}-\d\d-\d\d\.tar\.gz"$/,
  )
  const text = gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()
  for (const part of ['findings.txt', 'versions.json', 'settings.json', 'fleet.json', 'collector.json'])
    expect(text).toContain(part)
  expect(text).toContain('pass  main, broker: the running collector is connected')
  expect(text).toContain('"uptime_s"')
  const { accessKey, secretKey, password } = clinic.simulator
  for (const secret of [accessKey, secretKey, password, HTTP_TOKEN, GUEST]) expect(text).not.toContain(secret)
})

it('tells neither to a token for some kits', async () => {
  for (const path of ['/api/v1/doctor', '/api/v1/diagnostics']) {
    const refused = await get(path, GUEST)
    expect([path, refused.status, await refused.json()]).toMatchObject([
      path,
      403,
      { type: 'urn:powerkits:problem:kit_forbidden' },
    ])
    expect((await fetch(`${collector.url}${path}`)).status).toBe(401)
  }
})
