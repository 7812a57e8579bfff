/** Weeks of two packs of the simulator in virtual time, for tests: charged by day, discharged by night, known in truth. */

import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createCounters } from '../../src/counters.ts'
import { runLine } from '../../src/pipeline.ts'
import { flowFor, newPack, type PackPlan, type PackState, sharePower, socRatio } from '../../src/simulator/battery.ts'
import { type Point, parseLine } from '../../src/store/line-protocol.ts'
import { createState } from '../../src/track/state.ts'
import { createTrack } from '../../src/track/track.ts'
import { minuteInput, pushInput } from './virtual-line.ts'

/** A midnight in UTC. */
export const MONDAY = Date.UTC(2026, 5, 1)
const STEP_MS = 10_000
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

const plan = (sn: string, fullMah: number, resistanceOhm: number): PackPlan => ({
  ...{ sn, kind: 'bp5000', designMah: 100_000, fullMah, resistanceOhm },
  ...{ cycles: 40, cellOffsetsMv: [-4, 5], firstSocRatio: 0.8 },
})

export const PLANS: readonly PackPlan[] = [
  plan('M101Z3B4ZE5K0031', 97_400, 0.024),
  plan('M101Z3B4ZE5K0032', 91_100, 0.027),
]

/** Power into the packs (W): nearly all out by night, back by day, with a refrigerator that comes and goes. */
const wattsAt = (at: number, packs: readonly PackState[]): number => {
  const hour = (at % DAY_MS) / HOUR_MS
  const soc = socRatio(packs[0]!)
  const fridge = at % 1_800_000 < 600_000 ? -90 : 0
  if (hour >= 8 && hour < 17) return soc > 0.93 ? fridge : 1300 + fridge
  return soc < 0.12 ? 0 : -820 + fridge
}

const said = ({ plan: { designMah, fullMah, cycles }, currentA, chargeMah }: PackState, busV: number): object => {
  const watts = Math.trunc(currentA * busV)
  return {
    ...{ soc: Math.round((100 * chargeMah) / fullMah), amp: Math.trunc(currentA * 1000), vol: Math.trunc(busV * 1000) },
    ...{ inWatts: Math.max(0, watts), outWatts: Math.min(0, watts), fullCap: fullMah, designCap: designMah, cycles },
  }
}

export interface Weeks {
  readonly health: readonly Point[]
  /** Of each pack what came out, of what went in, from its first to its last time at half charge on the way up. */
  readonly efficiency: readonly number[]
}

interface Truth {
  in: number
  out: number
  first: number[]
  last: number[]
  soc: number
}

const noteTruth = (truth: Truth, watts: number, soc: number): void => {
  if (truth.soc < 0.5 && soc >= 0.5) {
    truth.last = [truth.in, truth.out]
    if (truth.first[0] === 0) truth.first = truth.last
  }
  truth.soc = soc
  truth[watts > 0 ? 'in' : 'out'] += Math.abs(watts)
}

const efficiencyOf = ({ first, last }: Truth): number => (last[1]! - first[1]!) / (last[0]! - first[0]!)

/** So many days with a report of each pack every `reportMs`; `isAway` tells when none is heard. */
export const simulateWeeks = (days: number, reportMs: number, isAway: (at: number) => boolean = () => false): Weeks => {
  const track = createTrack(createState(), createCatalogue(MODULES), createCounters())
  const packs = PLANS.map((one) => newPack(one, 20))
  const truths = packs.map(() => ({ in: 0, out: 0, first: [0, 0], last: [0, 0], soc: 1 }))
  const lines: string[] = []
  const run = (input: Parameters<typeof runLine>[1]): void => {
    const { history } = runLine(track, input)
    if (history.includes('battery_health'))
      lines.push(...history.split('\n').filter((line) => line.startsWith('battery_h')))
  }
  for (let at = MONDAY; at < MONDAY + days * DAY_MS; at += STEP_MS) {
    const busV = sharePower(packs, wattsAt(at, packs))
    if (at % 300_000 === 0) run(minuteInput(at))
    for (const [i, pack] of packs.entries()) {
      const watts = pack.currentA * busV
      noteTruth(truths[i]!, watts, socRatio(pack))
      if (at % reportMs === 0 && !isAway(at)) run(pushInput(at + 1 + i, pack.plan.sn, said(pack, busV)))
    }
    flowFor(packs, STEP_MS, 20)
  }
  return { health: lines.map(parseLine), efficiency: truths.map(efficiencyOf) }
}
