/** A shorter day than `npm run show cloud-day`: one fault of each kind, and the collector's own. */
import { expect, it } from 'vitest'
import { runCloudDay } from './cloud-day.ts'
import { CLOUD_FAULTS } from './cloud-faults.ts'
import { findNews } from './frozen.ts'
import { holdLedger } from './ledger.ts'

const MINUTE_MS = 60_000
/** Sockets are real and time is not: on a busy machine a push from before the fault arrives virtual seconds behind it. */
const LIMITS = { startMs: 15_000, endMs: 60_000 }
const NAMES = [
  'silent session, healed by a new one',
  'code 8521 for everything',
  'snapshot frozen, online 1',
  'cloud unreachable',
]

const faults = CLOUD_FAULTS.filter(({ name }) => NAMES.includes(name)).map((fault) => ({
  ...fault,
  lastsMs: 12 * MINUTE_MS,
}))

it('the ledger says of a bad morning what happened, and nothing of an old snapshot is written as new', async () => {
  expect(faults).toHaveLength(NAMES.length)
  await runCloudDay({ faults, seed: 8, withOwn: true, isWhole: false }, async (day) => {
    const ledger = holdLedger(day.expected, day.done, day.gaps, LIMITS, 10 * MINUTE_MS)
    expect(ledger.held.filter(({ isGood }) => !isGood)).toEqual([])
    expect(ledger.held).toHaveLength(7)
    expect(ledger.unexpected).toEqual([])
    expect(ledger.unexplained).toEqual([])
    expect(ledger.withoutCause).toEqual([])
    const frozen = day.done.find(({ fault }) => fault.startsWith('snapshot frozen'))!
    const ask = (from: number, to: number) => day.rowsOf('battery', day.kitSns[0]!, from, to)
    const { rows, news } = findNews(
      await ask(0, frozen.fromAt + 15_000),
      await ask(frozen.fromAt + 15_000, frozen.toAt),
    )
    expect(news).toEqual([])
    expect(rows).toBeGreaterThan(0)
  })
}, 120_000)

it('a ledger that misses a hole, has one too many, or the wrong cause, is found out', () => {
  const done = [{ fault: 'x', fromAt: 100_000, toAt: 400_000 }]
  const expected = [{ fault: 'x', kitSn: 'A', cause: 'cloud_down', fromAt: 100_000, toAt: 400_000 }]
  const row = (kit_sn: string, at: number, end_ms: number, cause: string) => ({
    tags: { kit_sn, module_sn: 'all' },
    at,
    values: { cause, text: 'a sentence', end_ms, is_open: 0 },
  })
  const hold = (...rows: ReturnType<typeof row>[]) => {
    const { held, unexpected } = holdLedger(expected, done, rows, { startMs: 5_000, endMs: 5_000 }, 0)
    return [held.every(({ isGood }) => isGood), unexpected.length]
  }
  expect(hold(row('A', 101_000, 402_000, 'cloud_down'))).toEqual([true, 0])
  expect(hold()).toEqual([false, 0])
  expect(hold(row('A', 101_000, 402_000, 'mqtt_silent'))).toEqual([false, 1])
  expect(hold(row('A', 101_000, 422_000, 'cloud_down'))).toEqual([false, 0])
  expect(hold(row('A', 101_000, 402_000, 'cloud_down'), row('B', 101_000, 402_000, 'cloud_down'))).toEqual([true, 1])
  const news = findNews([{ ...row('A', 1, 2, 'x') }], [{ ...row('A', 3, 2, 'y') }]).news
  expect(news).toHaveLength(1)
})
