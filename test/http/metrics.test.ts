import { afterAll, beforeAll, expect, it } from 'vitest'
import { COUNTERS, count, createCounters } from '../../src/counters.ts'
import { counterMetrics } from '../../src/http/metrics/counters.ts'
import { expose, gauge } from '../../src/http/metrics/exposition.ts'
import { kitMetrics } from '../../src/http/metrics/kits.ts'
import { watchProcess } from '../../src/http/metrics/process.ts'
import { account, broker, NOW, type Served, serve, status } from './serve.ts'
import { createEmpty, createVan, KIT, push } from './van.ts'

const { counters } = createVan()
count(counters, 'drained', 'raw,accepted', 12)
count(counters, 'rejected', 'not_json', 3)

let served: Served
let text: string
beforeAll(async () => {
  served = await serve({ status: () => ({ ...status, counters, accounts: [account, broker] }) })
  text = await (await served.get('/metrics')).text()
})
afterAll(() => served.close())

/** Values by series, as they stand in the text. */
const seriesOf = (exposed: string): Map<string, number> =>
  new Map(
    exposed
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  )

it('is text that Prometheus reads: each series once, under a type and a help of its own', async () => {
  const answer = await served.get('/metrics')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  const names = [...text.matchAll(/^# TYPE (\S+) (?:counter|gauge)$/gm)].map(([, name]) => name)
  expect(new Set(names).size).toBe(names.length)
  expect([...text.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name)).toEqual(names)
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines.length).toBeGreaterThan(60)
  for (const line of lines)
    expect(line).toMatch(
      /^[a-z_][a-z_0-9]*(?:\{[a-z_]+="(?:[^"\\\n]|\\.)*"(?:,[a-z_]+="(?:[^"\\\n]|\\.)*")*\})? -?[0-9.e+-]+$/,
    )
  expect(seriesOf(text).size).toBe(lines.length)
  for (const series of seriesOf(text).keys()) expect(names).toContain(series.replace(/\{.*/, ''))
})

it('has every counter, and its labels under names that tell what they are', () => {
  for (const name of Object.keys(COUNTERS)) expect(text).toContain(`# TYPE powerkits_${name}_total counter\n`)
  expect(Object.fromEntries(seriesOf(text))).toMatchObject({
    powerkits_messages_received_total: counters.get('messages_received'),
    'powerkits_reports_total{kind="quota"}': 5,
    'powerkits_rejected_total{reason="not_json"}': 3,
    'powerkits_drained_total{bucket="raw",outcome="accepted"}': 12,
    powerkits_reconciled_total: 0,
  })
})

it('sums up to what was counted, whatever the labels are', async () => {
  const all = createCounters()
  for (const name of Object.keys(COUNTERS) as (keyof typeof COUNTERS)[]) {
    const isPlain = ['messages_received', 'reconciled', 'unknown_overflow', 'spool_records', 'recordings_shortened']
    if (isPlain.includes(name)) count(all, name, '', 5)
    else for (const label of ['a,b', 'c,"d"\\\n']) count(all, name, label, 2)
  }
  const exposed = seriesOf(await expose(counterMetrics(all)))
  expect([...exposed.values()].reduce((sum, value) => sum + value, 0)).toBe(
    [...all.values()].reduce((sum, value) => sum + value, 0),
  )
})

it('tells of spool, store, accounts and kits in base units', () => {
  const session = 'account="van"'
  expect(Object.fromEntries(seriesOf(text))).toMatchObject({
    powerkits_uptime_seconds: 72,
    powerkits_spool_records: 7,
    powerkits_spool_bytes: 4096,
    powerkits_recording_bytes: 65_536,
    powerkits_spool_oldest_age_seconds: 5,
    powerkits_spool_hours_left: 1200.5,
    powerkits_spool_refusing: 0,
    powerkits_store_taking: 1,
    powerkits_store_refusing_seconds: 0,
    powerkits_store_latency_seconds: 0.0035,
    [`powerkits_build_info{version="0.1.0",node="${process.version}",store="embedded"}`]: 1,
    'powerkits_account_info{account="van",kind="cloud",host="api-e.ecoflow.com"}': 1,
    [`powerkits_session_state{${session},state="connected"}`]: 1,
    [`powerkits_session_state{${session},state="http_only"}`]: 0,
    [`powerkits_session_connected{${session}}`]: 1,
    [`powerkits_session_connects_today{${session}}`]: 4,
    [`powerkits_session_client_ids_limit{${session}}`]: 10,
    [`powerkits_session_topics_granted{${session}}`]: 1,
    [`powerkits_session_topics_refused{${session}}`]: 1,
    [`powerkits_cloud_down{${session}}`]: 0,
    [`powerkits_cloud_last_ok_age_seconds{${session}}`]: 41,
    [`powerkits_clock_offset_seconds{${session}}`]: -1.5,
    'powerkits_session_connected{account="boat \\"north\\""}': 0,
    'powerkits_kits{verdict="live"}': 1,
    'powerkits_kits{verdict="unheard"}': 1,
    [`powerkits_kit_verdict_code{kit_sn="${KIT}"}`]: 0,
    [`powerkits_kit_current{kit_sn="${KIT}"}`]: 1,
    [`powerkits_kit_age_seconds{kit_sn="${KIT}"}`]: 2,
    [`powerkits_kit_info{kit_sn="${KIT}",label="Van · ${KIT}"}`]: 1,
  })
})

it('leaves out what is not known, and never makes a 0 of it', () => {
  const names = [...seriesOf(text).keys()].filter((series) => series.includes('boat') || series.includes('7B0002'))
  expect(names.filter((name) => /connects|client_ids|cloud_|clock_offset|age_seconds|completeness/.test(name))).toEqual(
    [],
  )
  expect(text).not.toMatch(/nan|inf$/im)
})

it('tells for how long the store has taken nothing', async () => {
  const problem = { code: 'store_unreachable', message: 'Nobody answers.', help: 'Look whether it runs.' }
  const drain = { cursor: 41, inFlight: 1, keptSince: NOW - 90_000, problem }
  const troubled = await serve({ status: () => ({ ...status, drain }) })
  try {
    const series = seriesOf(await (await troubled.get('/metrics')).text())
    expect(series.get('powerkits_store_taking')).toBe(0)
    expect(series.get('powerkits_store_refusing_seconds')).toBe(90)
    expect(series.has('powerkits_store_latency_seconds')).toBe(false)
  } finally {
    await troubled.close()
  }
})

it('names no kit of a fleet of a thousand: their number by verdict is left', () => {
  const track = createEmpty()
  for (let i = 0; i < 999; i++) push(track, `M109ZEB4ZE8B${1000 + i}`, 'M1093-DCOU-0A1B2', { batVol: 52_000 }, NOW)
  const readings = () => kitMetrics(track.state, NOW).flatMap((metric) => metric.readings)
  expect(readings().filter(({ labels }) => labels?.kit_sn !== undefined).length).toBeGreaterThan(999)
  push(track, 'M109ZEB4ZE8B0999', 'M1093-DCOU-0A1B2', { batVol: 52_000 }, NOW)
  expect(readings().filter(({ labels }) => labels?.kit_sn !== undefined)).toEqual([])
  expect(readings().find(({ labels }) => labels?.verdict === 'live')?.value).toBe(1000)
})

it('escapes whatever somebody calls his kit', async () => {
  const label = 'a "b" \\ c\nd} 1'
  const exposed = await expose([{ ...gauge('x', 'y', undefined), readings: [{ labels: { label }, value: 1 }] }])
  expect(exposed).toBe('# HELP x y\n# TYPE x gauge\nx{label="a \\"b\\" \\\\ c\\nd} 1"} 1\n')
  expect(await expose([gauge('x', 'y', undefined)])).toBe('# HELP x y\n# TYPE x gauge\n')
})

it('tells what the process costs, and of no delay before one was measured', async () => {
  const watch = watchProcess()
  const reading = (name: string) => watch.read().find((metric) => metric.name === name)?.readings[0]?.value
  expect(reading('nodejs_eventloop_lag_max_seconds')).toBeUndefined()
  expect(reading('process_resident_memory_bytes')).toBeGreaterThan(10e6)
  expect(reading('process_cpu_seconds_total')).toBeGreaterThan(0)
  await expect.poll(() => reading('nodejs_eventloop_lag_max_seconds')).toBeGreaterThanOrEqual(0)
  watch.stop()
})
