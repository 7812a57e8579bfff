import { expect, it } from 'vitest'
import { type PollerOptions, type PollResult, startPoller } from '../../src/backfill/poller.ts'
import { pause } from '../../src/timers.ts'
import { createVirtualTime } from '../virtual-time.ts'

const POLL_MS = 60_000
const HOUR_MS = 3_600_000

interface Scene {
  kits: string[]
  pushing: Set<string>
  unproven: Set<string>
  offline: Set<string>
  /** By kit; the list of devices is ''. */
  results: Record<string, PollResult>
  answerMs: number
}

const start = (given: Partial<Scene> = {}) => {
  const time = createVirtualTime(Date.UTC(2026, 5, 14))
  const startedAt = time.now()
  const scene: Scene = {
    kits: ['A'],
    pushing: new Set(),
    unproven: new Set(),
    offline: new Set(),
    results: {},
    answerMs: 100,
    ...given,
  }
  const asked: { name: string; at: number }[] = []
  let [underWay, most] = [0, 0]
  const ask = async (name: string): Promise<PollResult> => {
    asked.push({ name, at: time.now() - startedAt })
    most = Math.max(most, ++underWay)
    await pause(time, scene.answerMs)
    underWay--
    return scene.results[name] ?? 'good'
  }
  const options: PollerOptions = {
    kits: () => scene.kits,
    poll: ask,
    list: () => ask(''),
    isPushing: (sn) => scene.pushing.has(sn),
    isUnproven: (sn) => scene.unproven.has(sn),
    isOffline: (sn) => scene.offline.has(sn),
    onBroken: (error) => {
      throw error
    },
    pollMs: POLL_MS,
    timers: time,
    random: () => 0.5,
  }
  const poller = startPoller(options)
  const of = (name: string): number[] => asked.filter((one) => one.name === name).map(({ at }) => at)
  const between = (name: string, from: number, to: number): number =>
    of(name).filter((at) => at >= from && at < to).length
  return { time, scene, asked, of, between, poller, most: () => most }
}

it('asks for each kit and for the list about once a minute, and not at once for a kit that may push first', async () => {
  const { time, of, between } = start()
  await time.advance(HOUR_MS)
  expect(of('')[0]).toBe(0)
  expect(of('A')[0]).toBeGreaterThanOrEqual(3_000)
  expect(of('A')[0]).toBeLessThan(5_000)
  for (const name of ['', 'A']) expect(between(name, 0, HOUR_MS)).toBeGreaterThanOrEqual(58)
  for (const name of ['', 'A']) expect(between(name, 0, HOUR_MS)).toBeLessThanOrEqual(61)
})

it('asks at once when a kit begins to push, and when it falls silent, but never twice within ten seconds', async () => {
  const { time, scene, of } = start()
  await time.advance(1_500)
  scene.pushing.add('A')
  await time.advance(1_000)
  expect(of('A')).toHaveLength(1)
  scene.pushing.delete('A')
  await time.advance(8_000)
  expect(of('A')).toHaveLength(1)
  await time.advance(5_000)
  expect(of('A')).toHaveLength(2)
  await time.advance(20_000)
  scene.pushing.add('A')
  await time.advance(2_000)
  expect(of('A')).toHaveLength(3)
})

it('asks again in ten seconds while answers prove nothing', async () => {
  const { time, of } = start({ unproven: new Set(['A']) })
  await time.advance(60_000)
  expect(of('A').length).toBeGreaterThanOrEqual(5)
})

it('asks seldom for a kit that is not connected, and at once when it is again', async () => {
  const { time, scene, of, between } = start({ offline: new Set(['A']) })
  await time.advance(HOUR_MS)
  expect(between('A', 0, HOUR_MS)).toBeLessThanOrEqual(13)
  scene.offline.delete('A')
  const before = of('A').length
  await time.advance(11_000)
  expect(of('A').length).toBe(before + 1)
})

it('lets a kit that is refused wait for an hour, and no other with it', async () => {
  const { time, between } = start({ kits: ['A', 'B'], results: { A: 'refused' } })
  await time.advance(4 * HOUR_MS)
  expect(between('A', 0, 4 * HOUR_MS)).toBeLessThanOrEqual(5)
  expect(between('B', 0, HOUR_MS)).toBeGreaterThanOrEqual(58)
})

it('asks an account that is refused less and less, and all of it soon after it is taken again', async () => {
  const refused = { '': 'account_refused', A: 'account_refused', B: 'account_refused' } as const
  const { time, scene, asked, between } = start({ kits: ['A', 'B'], results: { ...refused } })
  await time.advance(4 * HOUR_MS)
  const lastHour = asked.filter(({ at }) => at > 3 * HOUR_MS).length
  expect(lastHour).toBeGreaterThan(0)
  expect(lastHour).toBeLessThanOrEqual(15)
  scene.results = {}
  await time.advance(20 * 60_000)
  for (const name of ['', 'A', 'B']) expect(between(name, 4 * HOUR_MS, 5 * HOUR_MS)).toBeGreaterThan(1)
})

it('goes on at its pace when nobody answers, so that it notices when somebody does', async () => {
  const { time, between } = start({ results: { '': 'unreachable', A: 'unreachable' } })
  await time.advance(HOUR_MS)
  expect(between('A', 0, HOUR_MS)).toBeGreaterThanOrEqual(58)
  expect(between('', 0, HOUR_MS)).toBeGreaterThanOrEqual(220)
})

it('keeps half a second between requests and two under way at most, and starves no kit', async () => {
  const kits = Array.from({ length: 60 }, (_, i) => `K${i}`)
  const { time, asked, between, most } = start({ kits, answerMs: 700 })
  await time.advance(HOUR_MS)
  const gaps = asked.slice(1).map(({ at }, i) => at - asked[i]!.at)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500)
  expect(most()).toBe(2)
  const counts = kits.map((name) => between(name, 0, HOUR_MS))
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(40)
})

it('forgets a kit that is gone, takes in one that is new, and asks no more once stopped', async () => {
  const { time, scene, asked, of, poller } = start()
  await time.advance(10_000)
  scene.kits = ['B']
  await time.advance(10 * 60_000)
  expect(of('A')).toHaveLength(1)
  expect(of('B').length).toBeGreaterThan(8)
  poller.stop()
  const count = asked.length
  await time.advance(HOUR_MS)
  expect(asked.length).toBe(count)
  expect(time.pending()).toBe(0)
})

it('goes on after a poll that threw', async () => {
  const time = createVirtualTime(0)
  const broken: unknown[] = []
  let polls = 0
  startPoller({
    kits: () => ['A'],
    poll: async () => {
      polls++
      throw new Error('a bug')
    },
    list: async () => 'good',
    isPushing: () => false,
    isUnproven: () => false,
    isOffline: () => false,
    onBroken: (error) => broken.push(error),
    pollMs: POLL_MS,
    timers: time,
    random: () => 0.5,
  })
  await time.advance(HOUR_MS)
  expect(polls).toBeGreaterThan(3)
  expect(broken).toHaveLength(polls)
})

it('asks soon for a kit whose values are wanted, however slow its turn, but not for one that is refused', async () => {
  const { time, scene, of, poller } = start({ kits: ['A', 'B'], results: { B: 'refused' } })
  await time.advance(20_000)
  const [before, refused] = [of('A').length, of('B').length]
  for (const sn of ['A', 'A', 'B', 'nobody']) poller.pollSoon(sn)
  await time.advance(2_000)
  expect([of('A').length, of('B').length]).toEqual([before + 1, refused])
  poller.pollSoon('A')
  await time.advance(1_000)
  expect(of('A')).toHaveLength(before + 1)
  await time.advance(2_000)
  expect(of('A')).toHaveLength(before + 2)
  scene.results.A = 'failing'
  await time.advance(POLL_MS + 10_000)
  const failed = of('A').length
  poller.pollSoon('A')
  await time.advance(3_000)
  expect(of('A')).toHaveLength(failed + 1)
})
