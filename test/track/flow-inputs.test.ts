import { expect, it } from 'vitest'
import { flowNow } from '../../src/track/flow.ts'
import { flowInputs } from '../../src/track/flow-inputs.ts'
import { takeSnapshot } from '../../src/track/snapshot.ts'
import { catalogue, createLine, DCIN, DCOU, KIT, PACK, rowOf, START, type VirtualLine } from './virtual-line.ts'

const MAINS = 'M1095-PSDH-4K071'
const SCC = 'M1096-MPPT-00011'

const dcIn = (watts: number, chgType: number): object => ({
  ...{ dcInVol: 10_000, dcInCurr: watts * 100, dcInWatts: watts },
  chgType,
})
const solar = (mode: number, watts: number): object => ({
  ...{ pv1InVol: 10_000, pv1InCurr: watts * 100, pv1InWatts: watts, pv1WorkMode: mode },
  ...{ pv2InVol: 0, pv2InCurr: 0, pv2InWatts: 0, pv2WorkMode: 1 },
})
const ac = (inWatts: number, inVol: number): object => ({ inWatts, inVol, outWatts: 0 })

const inputsAt = (line: VirtualLine, seconds: number): object =>
  flowInputs(line.state.kits.get(KIT)!, START + seconds * 1000)

it('says what feeds the inputs', () => {
  const told = (modules: object): object => {
    const line = createLine()
    line.file(0, modules)
    return inputsAt(line, 1)
  }
  expect(told({ bbcin: { [DCIN]: dcIn(300, 1) } })).toEqual({ dc_in_source: 'alternator' })
  expect(told({ bbcin: { [DCIN]: dcIn(300, 2) } })).toEqual({ dc_in_source: 'solar' })
  expect(told({ bbcin: { [DCIN]: dcIn(0, 0) } })).toEqual({ dc_in_source: 'unknown' })
  expect(told({ kitscc: { [SCC]: solar(1, 100) } })).toEqual({})
  expect(told({ kitscc: { [SCC]: solar(2, 100) } })).toEqual({ dc_in_source: 'adapter' })
  const both = (dc: number, adapter: number): object => ({
    bbcin: { [DCIN]: dcIn(dc, 1) },
    kitscc: { [SCC]: solar(2, adapter) },
  })
  expect([told(both(300, 100)), told(both(0, 100))]).toEqual([
    { dc_in_source: 'alternator' },
    { dc_in_source: 'adapter' },
  ])
  expect(told({ ichigh: { [MAINS]: ac(0, 0) } })).toEqual({})
  expect(told({ ichigh: { [MAINS]: ac(0, 230_000) } })).toEqual({ ac_in_source: 'shore' })
})

it('takes the owner at his word of what is behind the AC input', () => {
  const line = createLine()
  const fleet = { [KIT]: { name: 'Van', site: { acInput: 'generator' } } }
  line.run({ at: START - 1000, source: 'tick', topic: 'fleet', bytes: Buffer.from(JSON.stringify(fleet)) })
  line.file(0, { ichigh: { [MAINS]: ac(900, 230_000) } })
  expect(inputsAt(line, 1)).toEqual({ ac_in_source: 'generator' })
})

it('says nothing of what fell silent', () => {
  const line = createLine()
  line.file(0, { bbcin: { [DCIN]: dcIn(300, 1) }, ichigh: { [MAINS]: ac(900, 230_000) } })
  expect(inputsAt(line, 60)).toEqual({ dc_in_source: 'alternator', ac_in_source: 'shore' })
  expect(inputsAt(line, 7200)).toEqual({})
})

it('tells the flows of the row that would be written now, and leaves the state alone', () => {
  const line = createLine()
  line.file(0, {
    bp5000: { [PACK]: { vol: 52_000, amp: 1000, inWatts: 52, outWatts: 0 } },
    bbcin: { [DCIN]: dcIn(300, 1) },
    bbcout: { [DCOU]: { ldOutVol: 26_400, ldOutCurr: 1574, ldOutWatts: 41 } },
  })
  const row = rowOf(line.minute(60), 'flow')!.fields
  const kit = line.state.kits.get(KIT)!
  const before = JSON.stringify(takeSnapshot(line.state, catalogue))
  const told = flowNow(kit, START + 60_000)!
  expect(told).toMatchObject({ battery_w: 52, dc_in_w: 300, dc_out_w: 41.554 })
  const powers = Object.entries(row).filter(([name]) => name.endsWith('_w'))
  expect(told).toEqual(Object.fromEntries(powers))
  expect(JSON.stringify(takeSnapshot(line.state, catalogue))).toBe(before)
  expect(flowNow(kit, START + 7_200_000)).not.toHaveProperty('dc_in_w')
})

it('tells no flows of a kit that was never heard', () => {
  const line = createLine()
  line.run({ at: START, source: 'tick', topic: 'fleet', bytes: Buffer.from(JSON.stringify({ [KIT]: 'Van' })) })
  expect(flowNow(line.state.kits.get(KIT)!, START)).toBeUndefined()
})
