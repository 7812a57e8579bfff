import { expect, it } from 'vitest'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createNormalise } from '../../src/normalise/normalise.ts'

const normalise = createNormalise(createCatalogue(MODULES))
const disagreements = (kind: string, fields: Record<string, unknown>) =>
  normalise({ kind, sn: 'M1', fields }, 'M109', 1_780_000_000_000).disagreements

it('counts a record whose volts and amperes contradict its watts, and only one that has all three', () => {
  const right = { ldOutVol: 26_380, ldOutCurr: 2310, ldOutWatts: 60 }
  expect(disagreements('bbcout', right)).toBe(0)
  expect(disagreements('bbcout', { ...right, ldOutWatts: 90 })).toBe(1)
  expect(disagreements('bbcout', { ...right, ldOutCurr: -2310 })).toBe(0)
  expect(disagreements('bbcout', { ldOutVol: 26_380, ldOutWatts: 90 })).toBe(0)
  expect(disagreements('bbcout', { ...right, ldOutWatts: 'x' })).toBe(0)
})

it('lets apparent power be above the real one, never below', () => {
  const ac = { outVol: 230_000, outCurr: 2000 }
  expect(disagreements('ichigh', { ...ac, outWatts: 200 })).toBe(0)
  expect(disagreements('ichigh', { ...ac, outWatts: 600 })).toBe(1)
})
