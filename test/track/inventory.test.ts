import { describe, expect, it } from 'vitest'
import type { Point } from '../../src/store/line-protocol.ts'
import { createLine, DCIN, DCOU, KIT, PACK } from './virtual-line.ts'

const kindsOf = (points: readonly Point[]) =>
  points
    .filter(({ measurement }) => measurement === 'event')
    .map(({ tags, fields }) => `${tags.module_sn} ${fields.kind}`)

const list = (...sns: string[]) => ({ onLineModuleSnList: sns.map((moduleSn) => ({ moduleSn, moduleVersion: '1.0' })) })

describe('inventory', () => {
  it('tells of a kit and a module once, whether reported or listed first', () => {
    const line = createLine()
    expect(kindsOf(line.push(0, DCIN, { dcInVol: 13_000 }))).toEqual(['all kit_joined', `${DCIN} module_joined`])
    expect(kindsOf(line.poll(1, list(DCIN, DCOU)))).toEqual([`${DCOU} module_joined`])
    expect(kindsOf(line.push(2, DCOU, { ldOutVol: 26_400 }))).toEqual([])
  })

  it('lets a module leave after two lists without it, and join again', () => {
    const line = createLine()
    line.poll(0, list(DCIN, DCOU))
    expect(kindsOf(line.poll(60, list(DCIN)))).toEqual([])
    expect(kindsOf(line.poll(120, list(DCIN)))).toEqual([`${DCOU} module_left`])
    expect(kindsOf(line.poll(180, list(DCIN)))).toEqual([])
    expect(kindsOf(line.poll(240, list(DCIN, DCOU)))).toEqual([`${DCOU} module_joined`])
    expect(kindsOf(line.poll(300, list(DCIN, DCOU)))).toEqual([])
  })

  it('does not let one leave that is missing once', () => {
    const line = createLine()
    for (let i = 0; i < 6; i++) line.poll(i * 60, i % 2 === 0 ? list(DCIN, DCOU) : list(DCIN))
    expect(kindsOf(line.poll(400, list(DCIN, DCOU)))).toEqual([])
  })

  it('tells of a restart of the module that reports, and of nobody else', () => {
    const line = createLine()
    line.push(0, PACK, { soc: 50, totalSoc: 50, onLineModuleSnList: [{ moduleSn: DCIN }] }, { time: 9_000_000 })
    const again = line.push(
      30,
      PACK,
      { soc: 50, totalSoc: 50, onLineModuleSnList: [{ moduleSn: DCIN }] },
      { time: 4_000 },
    )
    expect(kindsOf(again)).toEqual([`${PACK} restarted`])
  })

  it('takes no epoch for an uptime', () => {
    const line = createLine()
    line.push(0, DCIN, { dcInVol: 13_000 }, { time: 1_779_969_600_000 })
    expect(kindsOf(line.push(1, DCIN, { dcInVol: 13_000 }, { time: 30_000 }))).toEqual([])
  })

  it('does not let garbled serial numbers become modules without end', () => {
    const line = createLine()
    const fields = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`M101Z3B4ZE${i}`, { soc: 50 }]))
    line.file(0, { bp5000: fields })
    expect(line.state.kits.get(KIT)!.modules.size).toBe(500)
    expect(line.counters.get('values{written}')).toBe(500)
    expect(line.counters.get('values{unknown}')).toBe(2500)
    line.file(60, { bp5000: { M101Z3B4ZE0: { soc: 51 }, ['M'.repeat(500)]: { soc: 1 } } })
    expect(line.counters.get('values{written}')).toBe(501)
  })
})
