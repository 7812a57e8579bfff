/** Energy against exact integrals, of few days; `npm run show energy-truth` has thirty, and more ways of reporting. */
import { expect, it } from 'vitest'
import { complaintsOf, judgeScenario, SCENARIOS } from './truth-scenarios.ts'

/** On a machine that is busy with other things. */
const PATIENCE_MS = 240_000

it(
  'is that of the model at ten seconds, with outages and restarts',
  () => {
    const verdict = judgeScenario({ ...SCENARIOS.even, days: 1 })
    expect(verdict.energies.filter(({ truth }) => truth > 0).length).toBeGreaterThan(20)
    expect(verdict.bounds.length).toBeGreaterThan(3)
    expect(complaintsOf(verdict)).toEqual([])
  },
  PATIENCE_MS,
)

it(
  'is that of the model when a fifth of the pushes is lost',
  () => {
    expect(complaintsOf(judgeScenario({ ...SCENARIOS.lossy, days: 1 }))).toEqual([])
  },
  PATIENCE_MS,
)

it(
  'complains of energies that are off',
  () => {
    const verdict = judgeScenario({ ...SCENARIOS.slow, days: 1, limits: { flow: 1e-6, ac: 1e-6 } })
    expect(complaintsOf(verdict).join()).toContain('solar')
  },
  PATIENCE_MS,
)
