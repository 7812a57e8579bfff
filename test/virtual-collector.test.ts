import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createVirtualCollector } from './virtual-collector.ts'

const spoolBytes = (dataDir: string): number =>
  readdirSync(join(dataDir, 'spool'), { recursive: true })
    .map((name) => statSync(join(dataDir, 'spool', String(name))))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0)

it('a killed collector says and hears nothing more; the next one goes on with what was durable', async () => {
  const virtual = createVirtualCollector({ kits: 2, seed: 3, startAt: Date.UTC(2026, 5, 14) })
  await virtual.start()
  await virtual.advance(120_000)
  const killed = virtual.collector()
  const { durableSeq } = killed.line.spool
  await virtual.kill()
  const [left, lastSeq] = [spoolBytes(virtual.dataDir()), killed.line.spool.lastSeq]
  // Nobody holds the account's one session, and nobody takes what the kits push.
  await virtual.advance(60_000)
  expect(killed.line.spool.lastSeq).toBe(lastSeq)
  expect(spoolBytes(virtual.dataDir())).toBe(left)
  await virtual.start()
  const { spool, intake } = virtual.collector().line
  expect(virtual.collector()).not.toBe(killed)
  expect(spool.lastSeq).toBeGreaterThanOrEqual(durableSeq)
  await virtual.advance(30_000)
  expect(virtual.collector().status().accounts[0]!.session.state).toBe('connected')
  expect(intake.track.state.kits.size).toBe(2)
  await virtual.end()
})
