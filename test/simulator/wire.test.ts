import { describe, expect, it } from 'vitest'
import { createKit, type Kit } from '../../src/simulator/kit-model.ts'
import { planKit } from '../../src/simulator/kit-plan.ts'
import { modulesOf } from '../../src/simulator/modules.ts'
import type { Truth } from '../../src/simulator/truth.ts'
import { bankFields, packFields } from '../../src/simulator/wire-battery.ts'
import type { WireFields } from '../../src/simulator/wire-number.ts'

const NOON = Date.UTC(2026, 5, 3, 11)

type Numbers = Readonly<Record<string, number>>

interface Moment {
  readonly kit: Kit
  readonly truth: Truth
  /** By kind. */
  readonly modules: ReadonlyMap<string, WireFields>
  readonly packs: readonly Numbers[]
  readonly bank: Numbers
}

const momentOf = (kit: Kit): Moment => ({
  kit,
  truth: kit.truth(),
  modules: new Map(modulesOf(kit).map((module) => [module.kind, module.read()])),
  packs: kit.plan.packs.map((_, index) => packFields(kit, index) as Numbers),
  bank: bankFields(kit) as Numbers,
})

const moments = Array.from({ length: 5 }, (_, index) => createKit(planKit(3, index, 'Test van'), NOON)).flatMap((kit) =>
  Array.from({ length: 20 }, (_, hour) => {
    kit.advance(NOON + hour * 3_600_000)
    return momentOf(kit)
  }),
)

const of = (moment: Moment, kind: string): Numbers => (moment.modules.get(kind) ?? {}) as Numbers

describe('wire form', () => {
  it('consists of whole numbers, never -0', () => {
    const walk = (value: unknown): void => {
      if (typeof value === 'object' && value !== null) return Object.values(value).forEach(walk)
      expect(Number.isSafeInteger(value) && !Object.is(value, -0), String(value)).toBe(true)
    }
    for (const { modules, packs, bank } of moments) walk([...modules.values(), packs, bank])
  })

  it('truncates the watts of the truth and signs them as the vendor does', () => {
    const signs = new Set<number>()
    for (const moment of moments) {
      const { truth, bank, kit } = moment
      expect(bank.totalInWatts).toBe(Math.trunc(Math.max(0, truth.batteryW)))
      expect(bank.totalOutWatts).toBe(Math.trunc(Math.min(0, truth.batteryW)) + 0)
      expect(bank.totalAmp).toBeGreaterThanOrEqual(0)
      const signed = bank.totalAmp! > 32_767 ? bank.totalAmp! - 65_536 : bank.totalAmp!
      expect(Math.abs(signed / 10 - truth.batteryW / truth.busV)).toBeLessThan(0.1)
      signs.add(Math.sign(signed))
      expect(of(moment, 'bbcout').ldOutWatts).toBe(Math.trunc(truth.dcOutW))
      expect(of(moment, 'kitscc').pv1InWatts).toBe(Math.trunc(truth.pvW[0]))
      if (kit.plan.modules.ichigh) expect(of(moment, 'ichigh').outWatts).toBe(Math.trunc(truth.acOutW - truth.socketW))
    }
    expect(signs).toContain(-1)
    expect(signs).toContain(1)
  })

  it('gives solar battery power in milliwatts that fit volts and amperes', () => {
    for (const moment of moments) {
      const { batWatts, batVol, batCurr } = of(moment, 'kitscc')
      expect(Math.abs(batWatts! / 1000 - (batVol! / 1000) * (batCurr! / 1000))).toBeLessThan(0.2)
    }
    expect(Math.max(...moments.map((moment) => of(moment, 'kitscc').batWatts!))).toBeGreaterThan(100_000)
  })

  it('keeps amperes, watts, direction and remaining time of a pack together', () => {
    for (const pack of moments.flatMap(({ packs }) => packs)) {
      expect(Math.min(pack.inWatts!, Math.abs(pack.outWatts!))).toBe(0)
      expect(pack.inWatts).toBeGreaterThanOrEqual(0)
      expect(pack.outWatts).toBeLessThanOrEqual(0)
      expect(Math.abs((pack.amp! * pack.vol!) / 1e6 - pack.inWatts! - pack.outWatts!)).toBeLessThan(1.1)
      if (Math.abs(pack.amp!) !== 100) expect(pack.chgState).toBe(pack.amp! > 100 ? 2 : pack.amp! < -100 ? 1 : 0)
      expect(pack.remainTime === 143_999).toBe(pack.chgState === 0)
      expect(pack.minCellVol).toBeLessThan(pack.maxCellVol!)
      expect(Math.abs(pack.soc! - (100 * pack.remainCap!) / pack.fullCap!)).toBeLessThan(0.51)
      expect(pack.errCode).toBe(pack.bmsType === 0 ? 50_000 : 59_000 + 1000 * pack.kitNum!)
    }
  })

  it('tells of no more charge than a pack holds', () => {
    const kit = createKit(planKit(3, 0, 'Test van'), NOON)
    const [pack] = kit.state.packs
    pack!.chargeMah = pack!.plan.fullMah + 80
    expect(packFields(kit, 0)).toMatchObject({ remainCap: pack!.plan.fullMah, soc: 100 })
  })

  it('carries the constants and error bases of real kits', () => {
    for (const moment of moments) {
      expect(of(moment, 'bbcin')).toMatchObject({ dayEnergy: 1234, dsgEnergy: 789, errCode: 10_000 })
      expect(of(moment, 'bbcout')).toMatchObject({ dayEnergy: 12_343, dsgEnergy: 78_219, errCode: 15_000 })
      const { ldac, lddc } = moment.kit.plan.modules
      if (ldac)
        expect(moment.modules.get('ldac')!.errorCodeAdd).toEqual([
          30_000, 30_040, 30_080, 30_120, 30_160, 30_200, 30_800,
        ])
      if (lddc) {
        const { dcChWatt, dcChCur, errorCodeAdd } = moment.modules.get('lddc')!
        expect([dcChWatt, dcChCur, errorCodeAdd].map((list) => (list as number[]).length)).toEqual([12, 12, 13])
      }
    }
  })
})
