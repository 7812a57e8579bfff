import { expect, it } from 'vitest'
import { REASONS, readiness } from '../../src/http/readiness.ts'
import type { CollectorStatus } from '../../src/http/status.ts'
import { createState } from '../../src/track/state.ts'
import { account, NOW, ready, serve, status } from './serve.ts'
import { createVan, KIT, START } from './van.ts'

const HOUR = 3_600_000
const problem = { code: 'store_unreachable', message: 'Nobody answers.', help: 'Look whether it runs.' }

const codesAt = (at: number, changes: Partial<CollectorStatus> = {}, state = createVan().state): string[] =>
  readiness(state, { ...status, ...changes }, ready, at).reasons.map(({ code }) => code)

it('is ready while one kit has current values', () => {
  expect(readiness(createVan().state, status, ready, NOW)).toEqual({ kitsKnown: 2, kitsCurrent: 1, reasons: [] })
})

it('is blind once no kit has had current values for so long, and not a moment before', () => {
  const lastAt = START + 10_000
  expect(codesAt(lastAt + ready.blindMs)).toEqual([])
  expect(codesAt(lastAt + ready.blindMs + 1)).toEqual(['blind'])
  const { reasons } = readiness(createVan().state, status, ready, lastAt + HOUR)
  expect(reasons).toMatchObject([{ code: 'blind', sinceAt: lastAt, text: expect.stringContaining('60 min') }])
})

it('gives a collector that was away as long from its start', () => {
  const startedAt = START + 5 * HOUR
  expect(codesAt(startedAt + ready.blindMs, { startedAt })).toEqual([])
  expect(codesAt(startedAt + ready.blindMs + 1, { startedAt })).toEqual(['blind'])
})

it('is not ready without any kit', () => {
  const textWith = (changes: Partial<CollectorStatus>): string => {
    const { reasons } = readiness(createState(), { ...status, ...changes }, ready, NOW)
    expect(reasons.map(({ code }) => code)).toEqual(['no_kit'])
    return reasons[0]!.text
  }
  expect(textWith({})).toContain('set ECOFLOW_ACCESS_KEY')
  expect(textWith({ accounts: [account] })).toContain('no account or broker has told of one yet')
})

it('is not ready once the store has taken nothing for so long while rows wait', () => {
  const refusing = (sinceMs: number, records = 7): Partial<CollectorStatus> => ({
    drain: { cursor: 41, inFlight: 1, keptSince: NOW - sinceMs, problem },
    spool: { ...status.spool, records },
  })
  expect(codesAt(NOW, refusing(ready.storeMs))).toEqual([])
  expect(codesAt(NOW, refusing(ready.storeMs + 1))).toEqual(['store_refusing'])
  expect(codesAt(NOW, refusing(HOUR, 0))).toEqual([])
})

it('is not ready when the spool refuses, or cannot be read', () => {
  expect(codesAt(NOW, { spool: { ...status.spool, isRefusing: true } })).toEqual(['spool_refusing'])
  expect(codesAt(NOW, { drain: { cursor: 41, inFlight: 0, problem } })).toEqual(['spool_unreadable'])
})

it('tells all reasons at once, each in a sentence', () => {
  const drain = { cursor: 41, inFlight: 1, keptSince: START, problem }
  const spool = { ...status.spool, isRefusing: true }
  const { reasons } = readiness(createVan().state, { ...status, drain, spool }, ready, START + 2 * HOUR)
  expect(reasons.map(({ code }) => code)).toEqual(['blind', 'store_refusing', 'spool_refusing'])
  for (const { code, text } of reasons) {
    expect(Object.keys(REASONS)).toContain(code)
    expect(text).toMatch(/^[A-Z].{30,}\.$/)
  }
})

it('answers 200 or 503, with the reasons, and names no kit', async () => {
  const well = await serve()
  const blind = await serve({ now: () => START + HOUR })
  try {
    const good = await well.get('/readyz')
    expect([good.status, await good.json()]).toEqual([
      200,
      { at: NOW, is_ready: true, kits_known: 2, kits_current: 1, reasons: [] },
    ])
    const bad = await blind.get('/readyz')
    const text = await bad.text()
    expect([bad.status, bad.headers.get('content-type')]).toEqual([503, 'application/json; charset=utf-8'])
    expect(JSON.parse(text)).toMatchObject({
      is_ready: false,
      kits_known: 2,
      kits_current: 0,
      reasons: [{ code: 'blind', since_ms: START + 10_000 }],
    })
    expect(text).not.toContain(KIT)
  } finally {
    await Promise.all([well.close(), blind.close()])
  }
})
