import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createClock } from '../src/clock.ts'

const setUp = (wall: number, notBefore = 0) => {
  const time = { wall, monotonic: 0 }
  const steps: number[] = []
  const clock = createClock(
    () => time.wall,
    () => time.monotonic,
    notBefore,
    (ms) => steps.push(ms),
  )
  const pass = (ms: number): void => {
    time.wall += ms
    time.monotonic += ms
  }
  return { time, clock, pass, steps }
}

it('follows the wall clock', () => {
  const { clock, pass, steps } = setUp(1_000_000)
  pass(1234)
  expect(clock.now()).toBe(1_001_234)
  expect(steps).toEqual([])
})

it('follows a wall clock that is set forward, and tells the step once', () => {
  const { time, clock, pass, steps } = setUp(1_000_000)
  time.wall += 3_600_000
  pass(10)
  expect(clock.now()).toBe(4_600_010)
  expect(clock.now()).toBe(4_600_010)
  expect(steps).toEqual([3_600_000])
})

it('neither freezes nor jumps back when the wall clock is set back, and comes back to it in time', () => {
  const { time, clock, pass, steps } = setUp(10_000_000)
  const before = clock.now()
  time.wall -= 60_000
  pass(1_000)
  const soon = clock.now()
  expect(soon).toBeGreaterThan(before + 900)
  expect(steps).toEqual([-60_000])
  for (let second = 0; second < 2_000; second++) {
    pass(1_000)
    clock.now()
  }
  expect(clock.now()).toBe(time.wall)
})

it('begins behind nothing that was recorded', () => {
  const { clock } = setUp(1_000_000, 5_000_000)
  expect(clock.now()).toBe(5_000_000)
})

it('tells of a step forward only what the stamps jumped by', () => {
  const { time, clock, pass, steps } = setUp(1_000_000, 5_000_000)
  time.wall += 3_000_000
  pass(10)
  expect(clock.now()).toBeLessThan(5_000_100)
  expect(steps).toEqual([])
  time.wall += 3_000_000
  expect(clock.now()).toBe(7_000_010)
  expect(steps).toEqual([7_000_010 - 5_000_009])
})

it('never runs backwards, whatever the wall clock does', () => {
  const moves = fc.array(fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: -1e7, max: 1e7 })))
  fc.assert(
    fc.property(moves, (steps) => {
      const { time, clock, pass } = setUp(1e12)
      let last = 0
      for (const [elapsed, step] of steps) {
        pass(elapsed)
        time.wall += step
        expect(clock.now()).toBeGreaterThanOrEqual(last)
        last = clock.now()
      }
    }),
  )
})
