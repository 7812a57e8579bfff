import { afterAll, beforeAll, expect, it } from 'vitest'
import { COUNTERS } from '../../src/counters.ts'
import { account, broker, NOW, type Served, serve, status } from './serve.ts'
import { CONSOLE, createVan, DC_OUTPUT, KIT, PACK, START } from './van.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.close())

const json = async (path: string): Promise<unknown> => {
  const answer = await served.get(path)
  expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
    path,
    200,
    'application/json; charset=utf-8',
  ])
  return answer.json()
}

it('says that it is alive', async () => {
  expect(await json('/healthz')).toEqual({ status: 'alive', version: '0.1.0', uptime_s: 72 })
})

it('lists the kits', async () => {
  expect(await json('/api/v1/kits')).toMatchObject({
    at: NOW,
    kits: [
      {
        kit_sn: KIT,
        label: `Van · ${KIT}`,
        verdict: 'live',
        is_live: true,
        is_online: true,
        soc_pct: 87,
        age_s: 2,
        time_zone: 'UTC',
      },
      { kit_sn: 'M109ZEB4ZE7B0002', verdict: 'unheard', is_live: false },
    ],
  })
})

it('describes one kit', async () => {
  expect(await json(`/api/v1/kits/${KIT}`)).toMatchObject({
    at: NOW,
    kit: { kit_sn: KIT, trouble_code: 0 },
    errors: [],
    gaps: [],
    flow: { at_ms: START + 10_000, battery_w: 484.872, dc_out_w: 11.941 },
    flow_inputs: {},
  })
})

it('tells no flow of a kit that nothing is heard of', async () => {
  const unheard = await json('/api/v1/kits/M109ZEB4ZE7B0002')
  expect(unheard).toMatchObject({ kit: { verdict: 'unheard' } })
  expect(unheard).toEqual(expect.objectContaining({ flow: {}, flow_inputs: {} }))
})

it('lists its modules, with what their rows hold beyond the schema', async () => {
  const { modules } = (await json(`/api/v1/kits/${KIT}/modules`)) as { modules: { module_sn: string }[] }
  expect(modules.map(({ module_sn }) => module_sn)).toContain(PACK)
  expect(modules.find(({ module_sn }) => module_sn === CONSOLE)).toMatchObject({ label: 'Console', detail: '13' })
  expect(modules.find(({ module_sn }) => module_sn === DC_OUTPUT)).toMatchObject({
    firmware: '2.1.0.9',
    is_fresh: true,
  })
})

it('gives the latest values', async () => {
  const { modules } = (await json(`/api/v1/kits/${KIT}/latest`)) as { modules: { module_sn: string }[] }
  expect(modules.find(({ module_sn }) => module_sn === DC_OUTPUT)).toMatchObject({
    is_fresh: true,
    series: [
      {
        measurement: 'dc_output',
        tags: { kit_sn: KIT, module_sn: DC_OUTPUT },
        fields: expect.arrayContaining([
          { name: 'voltage_v', value: 13.6, unit: 'v', age_s: 2, pushed_age_s: 2, is_fresh: true },
        ]),
      },
    ],
  })
})

it('marks what is no longer current', async () => {
  const { state } = createVan()
  const late = await serve({ now: () => START + 7_200_000, state: () => state })
  try {
    const answer = (await (await late.get(`/api/v1/kits/${KIT}/latest`)).json()) as { modules: object[] }
    expect(answer.modules).toHaveLength(3)
    for (const module of answer.modules) expect(module).toMatchObject({ verdict: 'silent', is_fresh: false })
    expect(JSON.stringify(answer)).toContain('"is_fresh":false}')
    expect(JSON.stringify(answer)).not.toContain('"is_fresh":true')
    const { kit } = (await (await late.get(`/api/v1/kits/${KIT}`)).json()) as { kit: object }
    expect(kit).toMatchObject({ last_soc_pct: 87 })
    expect(kit).not.toHaveProperty('soc_pct')
  } finally {
    await late.close()
  }
})

it('tells of the collector: every counter, the spool, the drain', async () => {
  const answer = (await json('/api/v1/collector')) as { counters: { name: string }[] }
  expect(answer).toMatchObject({
    version: '0.1.0',
    uptime_s: 72,
    store: 'embedded',
    spool: {
      bytes: 4096,
      recording_bytes: 65_536,
      records_waiting: 7,
      is_refusing: false,
      oldest_age_s: 5,
      hours_left: 1200.5,
    },
    accounts: [],
    drain: { cursor: 41, batches_in_flight: 1, last_answer: 'accepted', latency_ms: 3.5 },
  })
  expect(answer.counters.map(({ name }) => name)).toEqual(Object.keys(COUNTERS))
  expect(answer.counters).toContainEqual({
    name: 'reports',
    is: COUNTERS.reports,
    total: 5,
    by_label: { quota: 5 },
  })
  expect(answer.counters).toContainEqual({ name: 'rejected', is: COUNTERS.rejected, total: 0, by_label: {} })
})

it('tells of a store that takes nothing', async () => {
  const problem = { code: 'store_unreachable', message: 'Nobody answers.', help: 'Look whether it runs.' }
  const drain = { cursor: 41, inFlight: 1, lastAnswer: 'kept', keptSince: NOW - 90_000, problem } as const
  const troubled = await serve({ status: () => ({ ...status, drain }) })
  try {
    expect(await (await troubled.get('/api/v1/collector')).json()).toMatchObject({
      drain: { cursor: 41, batches_in_flight: 1, last_answer: 'kept', kept_for_s: 90, problem },
    })
  } finally {
    await troubled.close()
  }
})

it('tells of accounts and brokers, and of a topic that was refused', async () => {
  const fleet = await serve({ status: () => ({ ...status, accounts: [account, broker] }) })
  try {
    const { accounts } = (await (await fleet.get('/api/v1/collector')).json()) as { accounts: object[] }
    expect(accounts).toEqual([
      {
        name: 'van',
        kind: 'cloud',
        host: 'api-e.ecoflow.com',
        kits: [KIT],
        session: {
          is_connected: true,
          state: 'connected',
          since_ms: NOW - 30_000,
          topics: [
            { topic: '/open/open-1/A/quota', is_granted: true, qos: 1 },
            { topic: '/open/open-1/B/quota', is_granted: false },
          ],
          unacknowledged: 3,
          connects: { today: 4, limit: 100 },
          client_ids: { today: 1, limit: 10 },
        },
        http: { is_down: false, last_ok_age_s: 41, requests_last_minute: 2 },
        clock_offset_ms: -1500,
      },
      {
        name: 'boat "north"',
        kind: 'broker',
        host: 'broker.lan',
        kits: [],
        session: {
          is_connected: false,
          state: 'waiting',
          since_ms: START,
          topics: [],
          unacknowledged: 0,
          problem: 'connection refused',
        },
      },
    ])
  } finally {
    await fleet.close()
  }
})

it('answers HEAD like GET, without a body', async () => {
  const answer = await fetch(`${served.url}/api/v1/kits`, { method: 'HEAD' })
  expect([answer.status, await answer.text()]).toEqual([200, ''])
})

it('says of kit and module what is missing now, since when and why', async () => {
  const { state } = createVan()
  const kit = state.kits.get(KIT)!
  const gap = {
    startAt: START,
    cause: 'mqtt_silent',
    text: 'Nothing was pushed.',
    endedAt: 0,
    writtenAt: START,
  } as const
  const told = { gap_cause: 'mqtt_silent', gap_since_ms: START, gap_text: 'Nothing was pushed.' }
  kit.ledger.gap = { ...gap }
  const module = [...kit.modules.values()].find(({ sn }) => sn === DC_OUTPUT)!
  module.gap = { ...gap, cause: 'device_offline' }
  const missing = await serve({ state: () => state })
  try {
    const read = async (path: string) => (await missing.get(`/api/v1/kits${path}`)).json()
    expect(await read('')).toMatchObject({ kits: [told, { verdict: 'unheard' }] })
    const gaps = [
      { module_sn: 'all', cause: 'mqtt_silent', since_ms: START, text: 'Nothing was pushed.' },
      { module_sn: DC_OUTPUT, cause: 'device_offline', since_ms: START, text: 'Nothing was pushed.' },
    ]
    expect(await read(`/${KIT}`)).toMatchObject({ kit: told, gaps })
  } finally {
    await missing.close()
  }
})
