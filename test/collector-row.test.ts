import { expect, it } from 'vitest'
import { ALERTS } from '../src/catalogue/alerts.ts'
import { ROWS } from '../src/catalogue/rows.ts'
import { collectorFields } from '../src/collector-row.ts'
import { createVirtualCollector } from './virtual-collector.ts'

it('the collector tells of itself what the catalogue promises, and all that alerts ask for', async () => {
  const virtual = createVirtualCollector({ kits: 1, seed: 3, startAt: Date.UTC(2026, 5, 14) })
  await virtual.start()
  const startedAt = virtual.time.now()
  const { line } = virtual.collector()
  const fields = () =>
    collectorFields(line, virtual.collector().status().accounts, { startedAt, quarantinedRatio: 0 }, virtual.time.now())
  await virtual.advance(120_000)
  expect(Object.keys(ROWS.collector!)).toEqual(expect.arrayContaining(Object.keys(fields())))
  const asked = ALERTS.flatMap(({ row, field }) => (row === 'collector' ? [field] : []))
  expect(Object.keys(fields())).toEqual(expect.arrayContaining(asked))
  expect(fields().heard_age_s).toBeLessThan(30)
  expect(fields().spool_used_ratio).toBeGreaterThan(0)
  const heardAt = Math.max(...[...line.intake.track.state.kits.values()].map((kit) => kit.heardAt))
  virtual.cloud.faults.unreachable()
  await virtual.advance(300_000)
  expect(fields().heard_age_s).toBe(Math.round((virtual.time.now() - heardAt) / 1000))
  await virtual.end()
})
