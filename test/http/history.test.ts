/** The read API's history: ranges, refusals, gaps that go on, long lists, and a store that is down. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openInflux } from '../../src/store/influx.ts'
import type { Store } from '../../src/store/store.ts'
import {
  DAY_MS,
  END,
  HOUR_MS,
  KIT,
  openTemporary,
  PACKS,
  PANEL,
  pastRows,
  point,
  writePast,
  ZONE,
} from '../analysis/past.ts'
import { freePort } from '../servers/unprivileged-server.ts'
import { type Served, serve } from './serve.ts'
import { createVan, PANEL as SILENT_PANEL } from './van.ts'

let served: Served
let store: Store
let close: () => Promise<void>

const openVan = () => {
  const { state } = createVan()
  state.kits.get(KIT)!.timeZone = ZONE
  return state
}

beforeAll(async () => {
  const opened = await openTemporary()
  store = opened.store
  await writePast(store, pastRows())
  const state = openVan()
  served = await serve({ state: () => state, answers: store, now: () => END, rawKeptMs: 30 * DAY_MS })
  close = async () => {
    await served.close()
    await opened.close()
  }
})
afterAll(() => close())

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const ask = async (question: string, from: Served = served): Promise<Answer> => {
  const answer = await from.get(`/api/v1/kits/${KIT}/${question}`)
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

it.each([
  ['from=1781820000000&to=1781906400000', END - DAY_MS, END],
  ['from=2026-06-19T00:00:00%2B02:00&to=2026-06-19T22:00Z', END - DAY_MS, END],
  ['from=2026-06-19T00:00:00+02:00', END - DAY_MS, END],
  ['from=2026-06-19', END - DAY_MS, END],
  ['from=2026-05&to=2026-06', Date.UTC(2026, 3, 30, 22), Date.UTC(2026, 4, 31, 22)],
  ['from=2026', Date.UTC(2025, 11, 31, 23), END],
  ['from=2026-03-29&to=2026-03-30', Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 22)],
  ['', END - 30 * DAY_MS, END],
  ['to=2026-06-19', END - 31 * DAY_MS, END - DAY_MS],
  ['from=yesterday&to=today', END - DAY_MS, END],
  ['from=-7d', END - 7 * DAY_MS, END],
  ['from=-1w', END - 7 * DAY_MS, END],
  ['from=-6h', END - 6 * HOUR_MS, END],
])('reads the range %s by the clock of the kit', async (range, from, to) => {
  const { status, body } = await ask(`gaps?${range}`)
  expect([status, body]).toMatchObject([200, { at: END, kit_sn: KIT, time_zone: ZONE, from_ms: from, to_ms: to }])
})

it.each([
  ['gaps?from=tomorrow', /from and to are epoch ms, 2026-06-01T12:00:00Z/],
  ['gaps?from=2026-02-30', /from and to are/],
  ['gaps?from=2026-06-31T10:00:00Z', /from and to are/],
  ['gaps?from=2026-06-01T10:00:00', /from and to are/],
  ['gaps?from=2026-06-19&to=2026-06-19', /from must be before to/],
  ['gaps?form=2026', /form/],
  ['energy?by=week', /by/],
  ['energy?by=quarter&from=2026-01-01', /at most 100 days at once: ask for by=day/],
  ['gaps?from=', /from and to are epoch ms.* today, yesterday, -7d or -6h/],
  ['gaps?from=2026&from=2025', /from is to be given once: epoch ms/],
  [`gaps?to=${'9'.repeat(50)}`, /to is no time: expected epoch ms/],
  ['gaps?from=-999999y', /from and to are/],
  ['series', /measurement is to be named, once: one of battery, /],
  [`series?measurement=${'x'.repeat(65)}`, /measurement is longer than any name/],
  [`series?measurement=battery&module_sn=M101Z3B4ZE7D0999`, /no module M101Z3B4ZE7D0999, .* Known: .*M10/],
  ['series?measurement=batery', /no measurement batery with numbers of a kit\. Is battery meant\?/],
  ['series?measurement=battery&fields=soc_pct,sock_pct', /battery has no number sock_pct\. Is soc_pct meant\?/],
  ['series?measurement=battery&circuit=01', /battery is not told apart by circuit/],
  ['series?measurement=battery&step=1', /86400 points a series, more than 2000: ask for step=60/],
  ['series?measurement=battery&step=0', /step/],
  ['series?measurement=battery&aggregate=median', /aggregate/],
  ['completeness?by=year', /by/],
])('refuses %s and says how it is to be asked', async (question, detail) => {
  const { status, body } = await ask(question)
  expect([status, body]).toMatchObject([400, { type: 'urn:powerkits:problem:parameter_invalid' }])
  expect(body.detail).toMatch(detail)
})

it('knows no history of a kit that nobody knows', async () => {
  for (const route of [
    'series?measurement=battery',
    'energy',
    'gaps',
    'runs',
    'events',
    'health',
    'circuits',
    'solar',
  ]) {
    const answer = await served.get(`/api/v1/kits/M109ZEB4ZE7B0009/${route}`)
    expect([route, answer.status, await answer.json()]).toMatchObject([
      route,
      404,
      { known_kits: [KIT, 'M109ZEB4ZE7B0002'] },
    ])
  }
})

it('takes one digit for two, and tells of modules that are gone', async () => {
  const of = async (more: string): Promise<unknown[]> =>
    (await ask(`series?measurement=circuit&fields=power_w&from=2026-06-19${more}`)).body.series as unknown[]
  const circuit = await of('&circuit=01')
  expect(circuit).toHaveLength(1)
  expect(await of('&circuit=1')).toEqual(circuit)
  expect(await of(`&circuit=1&module_sn=${PANEL}`)).toEqual(circuit)
  expect(await of('&circuit=9')).toEqual([])
})

it('tells series as columns, with units, the bucket and the gaps of the range', async () => {
  const { body } = await ask(
    `series?measurement=battery&fields=soc_pct,error_code&from=2026-06-19&module_sn=${PACKS[1]}`,
  )
  const [{ tags, at_ms, values }] = body.series as [
    { tags: object; at_ms: number[]; values: Record<string, (number | null)[]> },
  ]
  expect(body).toMatchObject({
    bucket: 'raw',
    step_s: 60,
    aggregate: 'mean',
    units: { soc_pct: 'pct', error_code: 'code' },
    gaps: [{ module_sn: PACKS[1], cause: 'device_offline', is_open: false, start_ms: END - 3 * DAY_MS }],
  })
  expect([tags, at_ms.length, at_ms[0]]).toEqual([{ module_sn: PACKS[1] }, 1440, END - DAY_MS])
  expect([values.soc_pct!.length, new Set(values.error_code)]).toEqual([1440, new Set([3])])
  const { body: years } = await ask('series?measurement=battery&fields=soc_pct,cell_min_v&from=2026-03')
  expect(years).toMatchObject({ bucket: 'history', step_s: 7200 })
  const [pack] = years.series as [{ at_ms: number[]; values: Record<string, (number | null)[]> }]
  expect(new Set(pack.values.cell_min_v)).toEqual(new Set([null]))
  expect(pack.at_ms.length).toBe(pack.values.soc_pct!.length)
})

it('merges the gaps that go on with those that are stored', async () => {
  const state = openVan()
  const kit = state.kits.get(KIT)!
  const text = 'The module stopped reporting while its kit went on.'
  const open = (startAt: number) => ({ startAt, cause: 'device_offline', text, endedAt: 0, writtenAt: 0 }) as const
  const live = await serve({ state: () => state, answers: store, now: () => END, rawKeptMs: DAY_MS })
  const told = async (range: string) => {
    const { body } = await ask(`gaps?${range}`, live)
    return (body.gaps as { start_ms: number; module_sn: string; is_open: boolean; end_ms: number }[]).map((gap) => [
      (gap.start_ms - END) / HOUR_MS,
      gap.module_sn,
      gap.is_open,
      (gap.end_ms - END) / HOUR_MS,
    ])
  }
  try {
    const stored = [-72, PACKS[1], false, -24]
    expect(await told('from=2026-06-17')).toEqual([stored])
    kit.ledger.gap = open(END - 2 * HOUR_MS)
    for (const module of kit.modules.values()) if (module.sn === SILENT_PANEL) module.gap = open(END - 10 * HOUR_MS)
    const now = [
      [-10, SILENT_PANEL, true, 0],
      [-2, 'all', true, 0],
    ]
    expect(await told('from=2026-06-17')).toEqual([stored, ...now])
    expect(await told(`from=2026-06-17&to=${END - 5 * HOUR_MS}`)).toEqual([stored, now[0]])
    expect(await told(`from=${END - 60_000}`)).toEqual([stored, ...now])
  } finally {
    await live.close()
  }
})

it('tells long lists in pieces, each with where to go on', async () => {
  const many = await openTemporary()
  const events = Array.from({ length: 4500 }, (_, index) =>
    point('event', END - (4500 - index) * 1000, { kind: 'k', text: `${index}` }, { module_sn: 'all' }),
  )
  await writePast(many.store, { raw: [], history: events })
  const state = openVan()
  const long = await serve({ state: () => state, answers: many.store, now: () => END })
  try {
    const texts: string[] = []
    let next: unknown = END - DAY_MS
    let pieces = 0
    for (; next !== undefined; pieces++) {
      const { body } = await ask(`events?from=${next}`, long)
      texts.push(...(body.events as { text: string }[]).map(({ text }) => text))
      next = body.next_from_ms
    }
    expect([pieces, texts]).toEqual([3, events.map(({ fields }) => fields.text)])
  } finally {
    await long.close()
    await many.close()
  }
})

it('says that the store does not answer, and goes on telling of now', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const buckets = { raw: 'powerkits', history: 'powerkits_history' }
  const down = openInflux({
    url,
    token: 'a-secret-token',
    api: 'v2',
    buckets,
    timeoutMs: 2_000,
    log: { debug: () => {} },
  })
  const troubled = await serve({ answers: down })
  try {
    for (const route of ['series?measurement=battery', 'energy', 'gaps', 'health', 'circuits', 'completeness']) {
      const { status, body } = await ask(route, troubled)
      expect([route, status, body]).toMatchObject([route, 503, { type: 'urn:powerkits:problem:store_unavailable' }])
      expect(body.detail).toMatch(/cannot be reached\. Check that the store runs .* Routes that tell of now go on\./)
      expect(JSON.stringify(body)).not.toContain('a-secret-token')
    }
    expect(JSON.stringify(troubled.logged)).toContain('The store did not answer a question')
    expect((await troubled.get(`/api/v1/kits/${KIT}/latest`)).status).toBe(200)
    expect((await troubled.get(`/api/v1/kits/${KIT}`)).status).toBe(200)
  } finally {
    await troubled.close()
    await down.close()
  }
})

it('tells nobody without the token, and of its own kits alone', async () => {
  const token = 'a-made-up-token-of-some-length'
  const guarded = await serve({ token, answers: store })
  try {
    for (const route of ['series?measurement=battery', 'energy', 'gaps', 'runs', 'events', 'health', 'circuits'])
      expect([route, (await ask(route, guarded)).status]).toEqual([route, 401])
    const allowed = await guarded.get(`/api/v1/kits/${KIT}/energy`, { authorization: `Bearer ${token}` })
    expect(allowed.status).toBe(200)
  } finally {
    await guarded.close()
  }
})
