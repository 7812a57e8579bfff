import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSettings } from '../src/config.ts'
import { minuteInput } from '../src/intake.ts'
import { openLine } from '../src/line.ts'
import { createLog } from '../src/log.ts'
import { renormalise } from '../src/renormalise.ts'
import { replayAsTyped } from '../src/shell/replay-command.ts'
import { simulateMessages } from '../src/simulator/reporter.ts'
import { openEmbedded } from '../src/store/embedded/embedded.ts'
import { dumpStore } from './faults/kills.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Past midnight UTC, where a day, a month and the first snapshot of the day begin. */
const FROM = Date.UTC(2026, 5, 30, 22, 40)
const MIDNIGHT = Date.UTC(2026, 6, 1)
const UNTIL = MIDNIGHT + 1.5 * HOUR
const log = createLog('silent', 'json')

/** The recording of a collector that ran in the past, snapshots and all; a small spool makes many segments. */
const record = async (dataDir: string): Promise<void> => {
  let at = FROM
  const time = { wall: () => at, monotonic: () => at }
  const line = await openLine(settingsOf(dataDir), log, time)
  const next = { minute: Math.ceil(FROM / MINUTE) * MINUTE, start: MIDNIGHT + 0.7 * HOUR }
  const tick = (topic: string): void => {
    line.intake.accept({ at, source: 'tick', topic, bytes: new Uint8Array(0) })
  }
  for (const message of simulateMessages({ kits: 1, seed: 5, from: FROM, until: UNTIL, account: 'open-a' })) {
    for (; next.minute <= message.at; next.minute += MINUTE) {
      at = next.minute
      line.intake.accept(minuteInput(at, 0, 1))
      if (next.minute % (5 * MINUTE) === 0) await line.saveSnapshot()
    }
    // A stretch without the collector.
    if (message.at > next.start && message.at < next.start + 10 * MINUTE) continue
    at = message.at
    if (at > next.start + 10 * MINUTE && next.start > 0) {
      tick('start')
      next.start = Number.NEGATIVE_INFINITY
    }
    line.intake.accept({ ...message, source: 'mqtt' })
  }
  await line.close(60_000)
}

const settingsOf = (dataDir: string) =>
  readSettings({ DATA_DIR: dataDir, RECORD_DAYS: '3650', SPOOL_MAX_BYTES: '16777216' })

/** As it is typed, with what a person would see of it. */
const replayPast = async (dataDir: string, { fromAt, toAt }: { fromAt: number; toAt: number }) => {
  const printed: string[] = []
  const seen: number[] = []
  let ended = 0
  await replayAsTyped(
    [],
    { from: fromAt, to: toAt },
    {
      ...{ settings: settingsOf(dataDir), fleet: { accounts: [], brokers: [] }, log, now: UNTIL },
      print: (line) => printed.push(line),
      progress: { at: (done, of) => seen.push(done / of), end: () => ended++ },
      signal: new AbortController().signal,
    },
  )
  return { printed, seen, ended }
}

it('makes the recorded past anew: nothing differs when nothing was fixed, and what was wrong is right again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-renormalise-'))
  await record(dataDir)
  const before = await dumpStore(dataDir)
  const snapshots = readdirSync(join(dataDir, 'spool', 'snapshots'))
  expect(snapshots.some((name) => name.includes('-20260701'))).toBe(true)

  const range = { fromAt: MIDNIGHT + 0.5 * HOUR, toAt: UNTIL }
  const same = await renormalise(range, settingsOf(dataDir), log, new AbortController().signal)
  expect(same.rejected).toEqual([])

  expect(same.fromAt).toBeGreaterThan(MIDNIGHT)
  expect(same.fromAt).toBeLessThanOrEqual(range.fromAt)
  expect(same.records).toBeGreaterThan(3_000)
  expect(await dumpStore(dataDir)).toEqual(before)

  const store = await openEmbedded({
    dir: join(dataDir, 'store'),
    memoryLimit: '128MB',
    threads: 1,
    timeoutMs: 30_000,
    now: Date.now,
  })
  const wrong = {
    dir: mkdtempSync(join(tmpdir(), 'powerkits-empty-')),
    fromAt: range.fromAt,
    toAt: range.toAt,
    untouched: [],
  }
  for (const bucket of ['raw', 'history'] as const) await store.replace(bucket, wrong)
  await store.close()
  expect((await dumpStore(dataDir)).size).toBeLessThan(before.size / 1.3)
  const { printed, seen, ended } = await replayPast(dataDir, range)
  expect(await dumpStore(dataDir)).toEqual(before)
  expect(printed).toEqual([expect.stringMatching(/^Read \d+ records; \d+ rows from 2026-07-01T.* were made anew\.$/)])
  expect(seen.length).toBeGreaterThan(2)
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
  expect(seen.at(-1)).toBeLessThanOrEqual(1)
  expect(ended).toBe(1)
  rmSync(dataDir, { recursive: true })
}, 60_000)

it('changes nothing when stopped, when records are missing, or when the recording does not reach back', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-renormalise-'))
  await record(dataDir)
  const before = await dumpStore(dataDir)
  const stopped = AbortSignal.abort()
  const range = { fromAt: MIDNIGHT + 0.5 * HOUR, toAt: UNTIL }
  await expect(renormalise(range, settingsOf(dataDir), log, stopped)).rejects.toThrow('abort')
  expect(readdirSync(dataDir)).not.toContain('renormalised')
  const recordings = join(dataDir, 'spool', 'recordings')
  const [first] = readdirSync(recordings).sort()
  rmSync(join(recordings, first!))
  const all = { fromAt: FROM - HOUR, toAt: UNTIL }
  await expect(renormalise(all, settingsOf(dataDir), log, new AbortController().signal)).rejects.toMatchObject({
    code: 'recording_incomplete',
  })
  expect(await dumpStore(dataDir)).toEqual(before)
  rmSync(dataDir, { recursive: true })
}, 60_000)
