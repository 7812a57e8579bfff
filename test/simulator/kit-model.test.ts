import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKit, type Kit } from '../../src/simulator/kit-model.ts'
import { planKit } from '../../src/simulator/kit-plan.ts'
import type { Truth } from '../../src/simulator/truth.ts'

const HOUR_MS = 3_600_000
const WINTER = Date.UTC(2026, 0, 15, 5)
const SUMMER = Date.UTC(2026, 6, 1, 5)

const kitAt = (index: number, at: number): Kit => createKit(planKit(7, index, 'Test van'), at)

const unbalanced = (truth: Truth): number =>
  truth.solarW + truth.dcInW + truth.acInW - truth.batteryW - truth.acOutW - truth.dcOutW - truth.lossW

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('kit model', () => {
  it('keeps the balance at every step, for every variant of kit', () => {
    for (let index = 0; index < 6; index++) {
      const kit = kitAt(index, SUMMER)
      for (let minute = 0; minute < 8 * 60; minute += 7) {
        kit.advance(SUMMER + minute * 60_000)
        const truth = kit.truth()
        expect(Math.abs(unbalanced(truth))).toBeLessThan(1e-9)
        expect(sum(truth.packs.map((pack) => pack.currentA)) * truth.busV).toBeCloseTo(truth.batteryW, 6)
        expect(sum(truth.acWatts) + truth.socketW).toBeCloseTo(truth.acOutW, 9)
        expect(sum(truth.dcWatts)).toBeCloseTo(truth.dcOutW, 9)
        expect(truth.lossW).toBeGreaterThan(0)
        for (const watts of [truth.solarW, truth.dcInW, truth.acInW, truth.acOutW, truth.dcOutW])
          expect(watts).toBeGreaterThanOrEqual(0)
      }
    }
  })

  it('sums its energies exactly and counts every coulomb', () => {
    const kit = kitAt(0, WINTER)
    const before = kit.truth()
    let solarWh = 0
    let chargeMah = before.packs.map((pack) => pack.chargeMah)
    for (let second = 0; second < 6 * 3600; second++) {
      const { solarW, packs } = kit.truth()
      solarWh += solarW / 3600
      chargeMah = chargeMah.map((mah, index) => mah + packs[index]!.currentA / 3.6)
      kit.advance(WINTER + (second + 1) * 1000)
    }
    const after = kit.truth()
    expect(after.energy.solarWh).toBeGreaterThan(10)
    expect(after.energy.solarWh).toBeCloseTo(solarWh, 9)
    for (const [index, pack] of after.packs.entries()) {
      expect(pack.chargeMah).toBeCloseTo(chargeMah[index]!, 6)
      const countedMah = 1000 * (pack.chargedAh - pack.dischargedAh)
      expect(pack.chargeMah - before.packs[index]!.chargeMah).toBeCloseTo(countedMah, 6)
    }
    const { energy } = after
    const inWh = energy.solarWh + energy.dcInWh + energy.acInWh + energy.batteryDischargeWh
    expect(inWh).toBeCloseTo(energy.batteryChargeWh + energy.acOutWh + energy.dcOutWh + energy.lossWh, 6)
  })

  it('ends in the same state whatever the pattern of calls', () => {
    const straight = kitAt(1, WINTER)
    straight.advance(WINTER + HOUR_MS)
    const pauses = fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 30 })
    fc.assert(
      fc.property(pauses, (steps) => {
        const kit = kitAt(1, WINTER)
        let at = WINTER
        for (const pause of steps) {
          at += pause
          kit.advance(Math.min(at, WINTER + HOUR_MS))
        }
        kit.advance(WINTER + HOUR_MS)
        expect(kit.truth()).toEqual(straight.truth())
      }),
      { numRuns: 15 },
    )
  })

  it('comes back nearly the same after a restart at the same hour', () => {
    for (let index = 0; index < 4; index++) {
      const running = kitAt(index, SUMMER)
      running.advance(SUMMER + 2 * HOUR_MS)
      const restarted = kitAt(index, SUMMER + 2 * HOUR_MS)
      expect(Math.abs(restarted.truth().socPct - running.truth().socPct)).toBeLessThan(1)
      expect(restarted.truth().solarW).toBeCloseTo(running.truth().solarW, 0)
    }
  })

  it('has sun by day only, more in summer', () => {
    const solarWh = (from: number, hours: number): number => {
      const kit = kitAt(2, from)
      kit.advance(from + hours * HOUR_MS)
      return kit.truth().energy.solarWh
    }
    expect(solarWh(Date.UTC(2026, 0, 15, 20), 4)).toBe(0)
    expect(solarWh(SUMMER, 14)).toBeGreaterThan(solarWh(WINTER, 14))
  })

  it('stops charging at the ceiling and stops the outputs at the floor', () => {
    const kit = kitAt(0, SUMMER)
    const ceiling = Math.floor(kit.truth().socPct) - 1
    kit.settings.chargeCeilingPct = ceiling
    kit.refresh()
    const above = new Set<boolean>()
    for (let quarter = 1; quarter < 40; quarter++) {
      const { socPct, batteryW } = kit.truth()
      above.add(socPct >= ceiling)
      if (socPct >= ceiling) expect(batteryW).toBeLessThan(1e-9)
      kit.advance(SUMMER + (quarter * HOUR_MS) / 4)
      expect(kit.truth().socPct).toBeLessThan(Math.max(socPct, ceiling) + 0.5)
    }
    expect(above).toEqual(new Set([true, false]))
    const night = kitAt(3, WINTER - 4 * HOUR_MS)
    night.settings.dischargeFloorPct = 101
    night.settings.acChgDisable = 1
    night.refresh()
    expect([night.truth().dcOutW, night.truth().solarW]).toEqual([0, 0])
    expect(night.truth().batteryW).toBeGreaterThan(-10)
  })

  it('is told apart by seed', () => {
    const names = [1, 1, 2].map((seed) => planKit(seed, 0, 'Test van').hubSn)
    expect(names[0]).toBe(names[1])
    expect(names[0]).not.toBe(names[2])
    const fleet = Array.from({ length: 300 }, (_, index) => planKit(5, index, 'Test van'))
    const sns = fleet.flatMap((plan) => [
      plan.hubSn,
      ...plan.packs.map((pack) => pack.sn),
      ...Object.values(plan.modules),
    ])
    expect(new Set(fleet.map((plan) => plan.hubSn)).size).toBe(300)
    for (const sn of sns) expect(sn).toMatch(/^M10(9Z|1Z|2Z|93-DC(IN|OU)-|96-MPPT-|95-PSD[LH]-|E1-LD[AD]C-)[0-9A-Z]+$/)
    expect(new Set(fleet.map((plan) => Object.keys(plan.modules).length)).size).toBeGreaterThan(2)
  })
})
