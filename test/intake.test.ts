import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createCounters } from '../src/counters.ts'
import { createIntake } from '../src/intake.ts'
import type { SpoolRecord } from '../src/store/record.ts'
import { openSpool } from '../src/store/spool.ts'
import { createState } from '../src/track/state.ts'
import { createTrack } from '../src/track/track.ts'
import { catalogue, DCOU, pushInput, START } from './track/virtual-line.ts'

it('tells of lost records before the first report behind them, which would end their hole without a cause', async () => {
  const counters = createCounters()
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-intake-'))
  const now = () => START + 900_000
  const spool = await openSpool({
    dir,
    maxBytes: 50_000_000,
    whenFull: 'refuse',
    recordDays: 0,
    lingerMs: 1,
    now,
    counters,
  })
  const intake = createIntake(createTrack(createState(), catalogue, counters), spool, now)
  for (let at = 0; at < 60; at += 2) intake.accept(pushInput(START + at * 1000, DCOU, { ldOutVol: 26_000 + at }))
  intake.lose({ records: 3, fromAt: START + 60_000, toAt: START + 700_000 })
  intake.lose({ records: 2, fromAt: START + 700_000, toAt: START + 899_000 })
  intake.accept(pushInput(START + 900_000, DCOU, { ldOutVol: 26_500 }))
  await spool.flush()
  const records: SpoolRecord[] = []
  for await (const record of spool.records(30)) records.push(record)
  expect(records.map(({ input }) => input.source)).toEqual(['tick', 'mqtt'])
  const gaps = records.flatMap(({ lines }) => lines.history.split('\n').filter((line) => line.startsWith('gap,')))
  expect(gaps).toHaveLength(1)
  expect(gaps[0]).toContain('cause="spool_full"')
  expect(gaps[0]).toContain('5 of them are gone')
  await spool.close()
})
