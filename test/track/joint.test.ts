import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addRamp, sumUp } from '../../src/track/joint.ts'
import { areaAbove, spanAbove } from '../../src/track/ramp.ts'

const watts = fc.integer({ min: -1000, max: 1000 })
const FLOOR = 20

/** A module's reports: how long after the one before (ms), and the power. */
const module = fc
  .tuple(
    fc.integer({ min: 0, max: 5000 }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 9000 }), watts), { minLength: 2, maxLength: 12 }),
  )
  .map(([firstAt, reports]) => {
    let at = firstAt
    return reports.map(([wait, power]) => {
      at += wait
      return { at, power }
    })
  })

type Report = { readonly at: number; readonly power: number }

const powerAt = (reports: readonly Report[], at: number): number => {
  const i = reports.findIndex((report) => report.at >= at)
  if (i < 0 || at < reports[0]!.at) return 0
  if (reports[i]!.at === at) return reports[i]!.power
  const [a, b] = [reports[i - 1]!, reports[i]!]
  return a.power + ((b.power - a.power) * (at - a.at)) / (b.at - a.at)
}

/** By sampling: a thousand steps a second would be exact to a step at each crossing; a tenth of that is near enough. */
const sampled = (modules: readonly (readonly Report[])[], toAt: number) => {
  const step = 10
  const totals = { above: 0, below: 0, highMs: 0 }
  for (let at = step / 2; at < toAt; at += step) {
    const power = modules.reduce((sum, reports) => sum + powerAt(reports, at), 0)
    totals.above += Math.max(0, power) * step
    totals.below += Math.max(0, -power) * step
    totals.highMs += power >= FLOOR ? step : 0
  }
  return totals
}

const settled = (modules: readonly (readonly Report[])[], cuts: readonly number[]) => {
  const joint = { at: 0, ramps: [] as number[] }
  for (const reports of modules)
    for (let i = 1; i < reports.length; i++)
      addRamp(joint, reports[i - 1]!.at, reports[i]!.at, reports[i - 1]!.power, reports[i]!.power)
  joint.at = 0
  const all = { above: 0, below: 0, highMs: 0 }
  const part = { above: 0, below: 0, highMs: 0 }
  for (const cut of cuts) {
    if (cut <= joint.at) continue
    sumUp(joint, cut, FLOOR, part)
    all.above += part.above
    all.below += part.below
    all.highMs += part.highMs
  }
  return { ...all, left: joint.ramps.length }
}

const END = 130_000

describe('the sum of what several modules ramp', () => {
  it('is that of sampling it finely', () => {
    fc.assert(
      fc.property(fc.array(module, { minLength: 1, maxLength: 4 }), (modules) => {
        const exact = settled(modules, [END])
        const near = sampled(modules, END)
        expect(exact.left).toBe(0)
        expect(exact.above - exact.below).toBeCloseTo(near.above - near.below, -5)
        expect(Math.abs(exact.above - near.above)).toBeLessThan(5e5 + 1e-3 * near.above)
        expect(Math.abs(exact.highMs - near.highMs)).toBeLessThan(1500)
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on how it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(module, { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: END }), { maxLength: 8 }),
        (modules, cuts) => {
          const whole = settled(modules, [END])
          const parts = settled(modules, [...cuts.sort((a, b) => a - b), END])
          expect(parts.above).toBeCloseTo(whole.above, 2)
          expect(parts.below).toBeCloseTo(whole.below, 2)
          expect(parts.highMs).toBeCloseTo(whole.highMs, 2)
        },
      ),
    )
  })

  it('of a current that runs from one pack into the other is nothing', () => {
    const at = [0, 10_000, 20_000]
    const pack = (power: number): Report[] => at.map((each) => ({ at: each, power }))
    expect(settled([pack(300), pack(-300)], [20_000])).toEqual({ above: 0, below: 0, highMs: 0, left: 0 })
  })
})

describe('a ramp', () => {
  it('is split where it crosses', () => {
    expect([areaAbove(-10, 30, 40), areaAbove(10, -30, 40)]).toEqual([450, 50])
    expect([areaAbove(10, 30, 40), areaAbove(-10, -30, 40), areaAbove(0, 0, 40)]).toEqual([800, 0, 0])
    expect([spanAbove(0, 40, 40, 20), spanAbove(40, 0, 40, 30), spanAbove(20, 20, 40, 20)]).toEqual([20, 10, 40])
  })
})
