import { describe, expect, it } from 'vitest'
import { kitToleranceMs, toleranceOf } from '../../src/track/cadence.ts'
import type { KitState, ModuleState } from '../../src/track/state.ts'
import { createLine, DCOU, KIT, PACK, START, type VirtualLine } from './virtual-line.ts'

const kitOf = (line: VirtualLine): KitState => line.state.kits.get(KIT)!
const moduleOf = (line: VirtualLine, sn: string): ModuleState =>
  [...kitOf(line).modules.values()].find((module) => module.sn === sn)!
const pushEach = (line: VirtualLine, sn: string, seconds: readonly number[]) => {
  for (const at of seconds) line.push(at, sn, { vol: 53_000 + at })
}

describe('cadence', () => {
  it('is learnt from pushes; polls of a module that pushes teach nothing', () => {
    const line = createLine()
    for (let at = 0; at < 600; at += 10) {
      line.push(at, PACK, { vol: 53_000 + at })
      if (at % 60 === 30)
        line.poll(at, { bp5000: { [PACK]: { soc: 70 + (at % 7) } }, bbcout: { [DCOU]: { ldOutVol: at } } })
    }
    expect([moduleOf(line, PACK).cadenceMs, moduleOf(line, DCOU).cadenceMs]).toEqual([10_000, 60_000])
    expect([toleranceOf(moduleOf(line, PACK)), toleranceOf(moduleOf(line, DCOU))]).toEqual([150_000, 300_000])
  })

  it('of something that reports seldom is learnt from two pauses in a row, each of them a gap', () => {
    const line = createLine()
    pushEach(line, PACK, [0, 200])
    expect(toleranceOf(moduleOf(line, PACK))).toBe(150_000)
    pushEach(line, PACK, [400])
    expect(moduleOf(line, PACK).cadenceMs).toBe(200_000)
    expect(kitToleranceMs(kitOf(line))).toBe(1_000_000)
  })

  it('of a kit is not learnt from pauses that a new connection ended: those were the session’s', () => {
    const learntWith = (isRenewed: boolean): number => {
      const line = createLine()
      for (let round = 0; round < 6; round++) {
        const from = round * 200
        pushEach(
          line,
          PACK,
          Array.from({ length: 15 }, (_, i) => from + 2 * i),
        )
        const bytes = Buffer.from(JSON.stringify({ kits: [KIT] }))
        if (isRenewed) line.run({ at: START + (from + 198) * 1000, source: 'tick', topic: 'session/renewed', bytes })
      }
      return kitOf(line).pushCadenceMs
    }
    expect(learntWith(true)).toBeLessThan(5_000)
    expect(learntWith(false)).toBeGreaterThan(100_000)
  })

  it('is not learnt from two outages of one length', () => {
    const line = createLine()
    const well = (from: number) =>
      pushEach(
        line,
        PACK,
        Array.from({ length: 60 }, (_, i) => from + 2 * i),
      )
    for (const from of [0, 420, 840, 1260]) well(from)
    expect(moduleOf(line, PACK).cadenceMs).toBe(2000)
    expect(kitToleranceMs(kitOf(line))).toBe(150_000)
  })

  it('lets a module idle as it did twice before, while its kit goes on', () => {
    const line = createLine()
    for (let at = 0; at <= 1500; at += 2) {
      line.push(at, PACK, { vol: 53_000 + at })
      if (at % 400 < 100) line.push(at, DCOU, { ldOutVol: at })
    }
    expect(moduleOf(line, DCOU).idleMs).toBeGreaterThan(280_000)
    expect(toleranceOf(moduleOf(line, DCOU))).toBeGreaterThan(560_000)
    expect(kitToleranceMs(kitOf(line))).toBe(150_000)
  })
})
