import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readTokens } from '../../src/http/tokens.ts'
import { runLine } from '../../src/pipeline.ts'
import type { Track } from '../../src/track/track.ts'
import { createVirtualTime, type VirtualTime } from '../virtual-time.ts'
import { type Following, follow } from './follow.ts'
import { NOW, type Served, serve } from './serve.ts'
import { createVan, DC_OUTPUT, KIT, PACK, push } from './van.ts'

const OTHER = 'M109ZEB4ZE7B0002'
const TOKEN = 'a-made-up-token-of-some-length'
const controlTokens = readTokens(`name=guest scope=read kits=${KIT} token=${TOKEN}`).tokens

interface Latest {
  readonly modules: readonly { readonly module_sn: string; readonly verdict: string }[]
}

let track: Track
let time: VirtualTime
let served: Served
let following: Following
/** Between two calls: what was written to sockets reaches the reader. */
let settle: () => Promise<unknown>
beforeEach(async () => {
  track = createVan()
  settle = () => sleep(2)
  time = createVirtualTime(NOW, () => settle())
  served = await serve({ state: () => track.state, now: time.now, after: time.after, controlTokens })
})
afterEach(async () => {
  following?.leave()
  await served.close()
})

/** What sockets do takes its time. */
const until = async (isSo: () => boolean): Promise<void> => {
  for (let waited = 0; !isSo() && waited < 2_000; waited += 5) await sleep(5)
  expect(isSo()).toBe(true)
}

const begin = async (query = `?kit=${KIT}`, headers = {}): Promise<void> => {
  following = await follow(`${served.url}/api/v1/live${query}`, headers)
}

const names = (from = 0): string[] => following.events.slice(from).map(({ name }) => name)

it('begins with all that the routes tell', async () => {
  await begin()
  await following.come('latest', 1)
  expect(names()).toEqual(['kits', 'kit', 'latest'])
  for (const [name, path] of [
    ['kits', '/api/v1/kits'],
    ['kit', `/api/v1/kits/${KIT}`],
    ['latest', `/api/v1/kits/${KIT}/latest`],
  ] as const)
    expect([name, following.last(name)]).toEqual([name, await (await served.get(path)).json()])
})

it('tells a change within a second, and of the values only whose module it was', async () => {
  await begin()
  await following.come('latest', 1)
  push(track, KIT, DC_OUTPUT, { ldOutVol: 13_500 }, NOW + 500)
  await time.advance(1000)
  await following.come('latest', 2)
  expect(names(3)).toEqual(['kits', 'kit', 'latest'])
  expect(following.last<Latest>('latest').modules.map(({ module_sn }) => module_sn)).toEqual([DC_OUTPUT])
  push(track, KIT, DC_OUTPUT, { ldOutVol: 13_510 }, NOW + 1100)
  push(track, KIT, DC_OUTPUT, { ldOutVol: 13_520 }, NOW + 1400)
  push(track, KIT, PACK, { vol: 53_410 }, NOW + 1700)
  await time.advance(1000)
  await following.come('latest', 3)
  expect(names(6)).toEqual(['kits', 'kit', 'latest'])
  expect(following.last<Latest>('latest').modules.map(({ module_sn }) => module_sn)).toContain(PACK)
})

it('tells all values again when the owner names things anew', async () => {
  await begin()
  await following.come('latest', 1)
  const fleet = { [KIT]: { name: 'Van', circuits: { ac: { 1: 'Kettle' }, dc: {} } } }
  runLine(track, { at: NOW, source: 'tick', topic: 'fleet', bytes: Buffer.from(JSON.stringify(fleet)) })
  await time.advance(1000)
  await following.come('latest', 2)
  expect(following.last<Latest>('latest').modules).toHaveLength(3)
  expect(following.events.at(-1)!.data).toContain('Kettle')
})

it('repeats itself now and then while nothing changes, and shows that it is there', async () => {
  await begin()
  await following.come('latest', 1)
  await time.advance(20_000)
  await following.come('kits', 3)
  expect(names(3)).toEqual(['kit', 'kits', 'kit', 'kit', 'kits', 'kit'])
  expect(following.text()).toContain(': still here\n\n')
  expect(following.last<{ at: number }>('kits').at).toBe(NOW + 20_000)
})

it('tells of modules that fall silent, and that they are back', async () => {
  await begin()
  await following.come('latest', 1)
  settle = () => turn()
  await time.advance(600_000)
  settle = () => sleep(2)
  push(track, KIT, PACK, { vol: 53_410 }, time.now())
  await time.advance(2000)
  push(track, KIT, DC_OUTPUT, { ldOutVol: 13_500 }, time.now())
  await time.advance(2000)
  const told = following.events.filter(({ name }) => name === 'latest').map(({ data }) => JSON.parse(data) as Latest)
  const ofOutput = told.flatMap(({ modules }) => modules.filter((one) => one.module_sn === DC_OUTPUT))
  expect(ofOutput.map(({ verdict }) => verdict).slice(-2)).toEqual(['silent', 'live'])
  expect(ofOutput[0]!.verdict).toBe('live')
})

it('tells the list alone without a kit, and of that only kits that the token may reach', async () => {
  await begin('')
  await following.come('kits', 1)
  expect(following.last<{ kits: object[] }>('kits').kits).toHaveLength(2)
  expect(names()).toEqual(['kits'])
  following.leave()
  const bearer = { authorization: `Bearer ${TOKEN}` }
  await begin('', bearer)
  await following.come('kits', 1)
  expect(following.last('kits')).toMatchObject({ kits: [{ kit_sn: KIT }] })
  for (const [query, headers, status, code] of [
    [`?kit=${OTHER}`, bearer, 403, 'kit_forbidden'],
    ['?kit=M109', {}, 404, 'kit_unknown'],
    [`?kit=${KIT}&kit=${OTHER}`, {}, 400, 'parameter_invalid'],
    ['?all=true', {}, 400, 'parameter_invalid'],
  ] as const) {
    const refused = await served.get(`/api/v1/live${query}`, headers)
    expect([query, refused.status, await refused.json()]).toMatchObject([
      query,
      status,
      { type: `urn:powerkits:problem:${code}` },
    ])
  }
})

it('ends after an hour, and when the server does; nothing of it stays', async () => {
  const before = time.pending()
  await begin('')
  await following.come('kits', 1)
  expect(time.pending()).toBeGreaterThan(before)
  settle = () => turn()
  await time.advance(3_599_000)
  expect(following.hasEnded()).toBe(false)
  await time.advance(2_000)
  await until(() => following.hasEnded() && time.pending() === before)
  await begin('')
  await following.come('kits', 1)
  await served.close()
  await until(() => following.hasEnded() && time.pending() === before)
})

it('keeps nothing of a reader who goes', async () => {
  const before = time.pending()
  await begin()
  await following.come('latest', 1)
  following.leave()
  await until(() => time.pending() === before)
})

it('lets no more than so many follow at once', async () => {
  const before = time.pending()
  const all: Following[] = []
  for (let i = 0; i < 256; i++) all.push(await follow(`${served.url}/api/v1/live`))
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
  expect((await served.get('/api/v1/live')).status).toBe(429)
  for (const one of all) one.leave()
  await until(() => time.pending() === before)
  await begin('')
  expect(following.status).toBe(200)
})
