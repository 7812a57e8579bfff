/** The scenarios in which energy is measured against what is true, and how far it may be off in each. */
import { calendarFindings, lossFindings } from './balance-verdict.ts'
import { type Bounds, boundsFound, coverageFindings, holeFindings } from './coverage-verdict.ts'
import { energyFindings, type Finding, isGood, type Limits } from './energy-verdict.ts'
import { live, type Scenario } from './scenario.ts'

export interface TruthScenario extends Scenario {
  readonly limits: Limits
}

/** What a life came to, without the life. */
export interface Verdict {
  readonly name: string
  readonly days: number
  readonly pushes: number
  readonly energies: readonly Finding[]
  readonly others: readonly Finding[]
  readonly bounds: readonly Bounds[]
}

const NEAR: Limits = { flow: 0.005, ac: 0.01 }
const MINUTE_MS = 60_000

/** Every module each 1, 2 or 3 s. Polls each minute, as the collector does. */
const fast: TruthScenario = {
  name: 'every 1 to 3 s, and polls each minute',
  days: 30,
  seed: 11,
  cadenceOf: (order) => 1_000 * (1 + (order % 3)),
  cadenceMs: 3_000,
  lossRatio: 0,
  pollMs: MINUTE_MS,
  limits: NEAR,
}

const even: TruthScenario = {
  ...fast,
  name: 'every 10 s, and polls each minute',
  days: 30,
  seed: 12,
  cadenceOf: () => 10_000,
  cadenceMs: 10_000,
}

export const SCENARIOS = {
  fast,
  even,
  mixed: {
    ...even,
    name: 'as real kits: 2 to 10 s, and polls each minute',
    seed: 13,
    cadenceOf: (_order, periodMs) => periodMs,
  },
  slow: {
    ...even,
    name: 'every 120 s without polls, loads that switch',
    seed: 14,
    pollMs: 0,
    cadenceOf: () => 120_000,
    cadenceMs: 120_000,
    limits: { flow: 0.03, ac: 0.03 },
  },
  lossy: {
    ...even,
    name: 'every 10 s, a fifth of the pushes lost, and polls each minute',
    seed: 15,
    lossRatio: 0.2,
    // What is lost is told again by the next poll.
    cadenceMs: MINUTE_MS,
    limits: { flow: 0.02, ac: 0.02 },
  },
} as const satisfies Readonly<Record<string, TruthScenario>>

export type ScenarioName = keyof typeof SCENARIOS

/** Lives through a scenario and compares. */
export const judgeScenario = (scenario: TruthScenario): Verdict => {
  const life = live(scenario)
  return {
    name: scenario.name,
    days: scenario.days,
    pushes: life.pushes,
    energies: energyFindings(life, scenario.limits),
    others: [
      ...coverageFindings(life, scenario.cadenceMs),
      ...holeFindings(life, scenario.cadenceMs),
      ...lossFindings(life),
      ...calendarFindings(life),
    ],
    bounds: boundsFound(life),
  }
}

/** Everything that a verdict has to complain of, in words. */
export const complaintsOf = ({ energies, others, bounds }: Verdict): string[] => [
  ...[...energies, ...others]
    .filter((finding) => !isGood(finding))
    .map(({ what, truth, found, allowed }) => `${what}: ${found} of ${truth}, ${allowed} off at most`),
  ...bounds
    .filter((each) => !each.isGood)
    .map(({ hole, truthWh, minWh, maxWh }) => `${hole.kind}: ${truthWh} Wh, stated ${minWh} to ${maxWh}`),
]
