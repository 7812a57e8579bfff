import { describe, expect, it } from 'vitest'
import { isPushing, isUnproven, kitVerdict } from '../../src/track/freshness.ts'
import type { KitState } from '../../src/track/state.ts'
import { statusWord } from './kit-hours.ts'
import { createLine, DCOU, fieldsOf, KIT, PACK, START, type VirtualLine } from './virtual-line.ts'

const kitOf = (line: VirtualLine): KitState => line.state.kits.get(KIT)!
const verdictAt = (line: VirtualLine, seconds: number) => kitVerdict(kitOf(line), START + seconds * 1000)
const withheld = (line: VirtualLine) => line.counters.get('values{withheld}') ?? 0

/** An answer in which power flows. */
const flowing = (vol: number) => ({ bp5000: { [PACK]: { soc: 70, inWatts: 300, vol } } })
/** An answer in which nothing does. */
const still = (soc = 70) => ({ bp5000: { [PACK]: { soc, inWatts: 0, outWatts: -4 } } })

/** Pushes each 2 s from 0 to 20 s. */
const pushing = (): VirtualLine => {
  const line = createLine()
  for (let at = 0; at <= 20; at += 2) line.push(at, PACK, { vol: 53_000 + at })
  return line
}

describe('a poll', () => {
  it('is believed while the kit pushes', () => {
    const line = pushing()
    expect(fieldsOf(line.poll(21, still()), 'battery')).toMatchObject({ soc_pct: 70 })
    expect(isUnproven(kitOf(line))).toBe(false)
  })

  it('is not believed when it is the first one of a kit that says nothing: nothing of it is written', () => {
    const line = createLine()
    const rows = line.poll(0, flowing(53_000))
    expect(rows.map(({ measurement, fields }) => fields.kind ?? measurement)).toEqual(['kit_joined', 'module_joined'])
    expect([withheld(line), isUnproven(kitOf(line)), verdictAt(line, 1)]).toEqual([3, true, 'unheard'])
    expect(line.minute(60).filter(({ measurement }) => measurement === 'battery')).toEqual([])
  })

  it('is believed once it differs from one before it that no push has overtaken', () => {
    const line = createLine()
    line.poll(0, flowing(53_000))
    expect(fieldsOf(line.poll(10, flowing(53_001)), 'battery')).toMatchObject({ voltage_v: 53.001 })
    expect([isUnproven(kitOf(line)), verdictAt(line, 11)]).toEqual([false, 'degraded'])
  })

  it('proves nothing against one from before the last push: the snapshot may have stopped with the pushes', () => {
    const line = pushing()
    line.poll(21, flowing(53_020))
    const rows = line.poll(80, flowing(53_030))
    expect(rows.map(({ measurement }) => measurement)).toEqual(['event'])
    expect(isUnproven(kitOf(line))).toBe(true)
    expect(line.poll(90, flowing(53_030)).filter(({ measurement }) => measurement === 'battery')).toEqual([])
    expect(isUnproven(kitOf(line))).toBe(false)
    expect(fieldsOf(line.poll(150, flowing(53_040)), 'battery')).toMatchObject({ voltage_v: 53.04 })
  })

  it('proves nothing against one of long ago: what moved since may have stopped since', () => {
    const line = createLine()
    line.poll(0, flowing(53_000))
    line.poll(10, flowing(53_001))
    expect(line.poll(7200, flowing(53_500)).filter(({ measurement }) => measurement === 'battery')).toEqual([])
    expect(isUnproven(kitOf(line))).toBe(true)
  })

  it('is an old snapshot when it stands still while power flows, also while the kit pushes', () => {
    const line = pushing()
    line.poll(21, flowing(53_020))
    const before = withheld(line)
    expect(line.poll(22, flowing(53_020))).toEqual([])
    expect(withheld(line) - before).toBe(3)
    expect(verdictAt(line, 23)).toBe('live')
  })

  it('may stand still while nothing flows, but not for ever', () => {
    const line = createLine()
    line.poll(0, still(71))
    line.poll(10, still(70))
    let last = 10
    for (let at = 70; at <= 4000; at += 60)
      if (line.poll(at, still()).some(({ measurement }) => measurement === 'battery')) last = at
    expect(last).toBe(3610)
    expect([verdictAt(line, 3600), verdictAt(line, 3700), verdictAt(line, 4000)]).toEqual(['quiet', 'quiet', 'frozen'])
  })

  it('stands still without limit while the inverter sleeps', () => {
    const line = createLine()
    const asleep = (soc: number) => ({ ...still(soc), iclow: { 'M1095-PSDL-11223': { lsplFlag: 1 } } })
    line.poll(0, asleep(71))
    for (let at = 10; at <= 7210; at += 60) line.poll(at, asleep(70))
    expect(verdictAt(line, 7220)).toBe('asleep')
    expect(
      fieldsOf(
        line.minute(7260).filter(({ fields }) => fields.kind === 'iclow'),
        'module',
      ),
    ).toMatchObject({
      verdict: 'asleep',
      verdict_code: 2,
      is_asleep: 1,
    })
  })

  it('is nothing new while the cloud says that the kit is away, unless it differs', () => {
    const line = pushing()
    line.run(statusWord(40, 0))
    expect(verdictAt(line, 41)).toBe('offline')
    for (let at = 60; at <= 600; at += 60)
      expect(line.poll(at, still()).map((row) => row.measurement)).not.toContain('battery')
    expect(verdictAt(line, 600)).toBe('offline')
    expect(fieldsOf(line.poll(660, still(69)), 'battery')).toMatchObject({ soc_pct: 69 })
    expect(verdictAt(line, 661)).toBe('degraded')
  })

  it('compares modules told with the same fields, in whatever shape and order', () => {
    const line = createLine()
    line.poll(0, flowing(53_000))
    const flat = { [`bp5000.${PACK}.vol`]: 53_000, [`bp5000.${PACK}.inWatts`]: 300, [`bp5000.${PACK}.soc`]: 70 }
    expect(line.poll(10, flat).filter(({ measurement }) => measurement === 'battery')).toEqual([])
    expect(isUnproven(kitOf(line))).toBe(false)
    line.poll(20, { bbcout: { [DCOU]: { ldOutVol: 26_000 } } })
    expect(isUnproven(kitOf(line))).toBe(true)
  })

  it('with a list of modules alone tells which there are, and nothing of their being well', () => {
    const line = createLine()
    line.poll(0, { onLineModuleSnList: [{ moduleSn: DCOU, moduleDetail: '3' }] })
    expect([isUnproven(kitOf(line)), kitOf(line).heardAt]).toEqual([false, 0])
    line.push(1, DCOU, { ldOutVol: 26_000 })
    expect(kitOf(line).kindsOf.get(DCOU)).toEqual(['bbcout'])
  })
})

describe('what a kit pushes', () => {
  it('outranks whatever else is said of it', () => {
    const line = pushing()
    line.run({ at: START + 21_000, source: 'tick', topic: 'cloud/down', bytes: Buffer.from(`{"kits":["${KIT}"]}`) })
    line.run(statusWord(22, 0))
    expect(verdictAt(line, 23)).toBe('live')
    expect(verdictAt(line, 36)).toBe('cloud_down')
    line.push(40, PACK, { vol: 53_100 })
    expect(verdictAt(line, 41)).toBe('live')
  })

  it('is silence only after five of its pauses, and not before 15 s', () => {
    const line = pushing()
    expect(isPushing(kitOf(line), START + 35_000)).toBe(true)
    expect(isPushing(kitOf(line), START + 35_001)).toBe(false)
    const slow = createLine()
    for (let at = 0; at <= 480; at += 120) slow.push(at, PACK, { vol: 53_000 + at })
    expect(isPushing(kitOf(slow), START + 1_080_000)).toBe(true)
    expect(isPushing(kitOf(slow), START + 1_080_001)).toBe(false)
  })

  it('may come in bursts', () => {
    const line = createLine()
    for (let at = 0; at <= 1200; at += 120)
      for (let second = 0; second < 8; second++) line.push(at + second, PACK, { vol: 53_000 + at + second })
    expect(isPushing(kitOf(line), START + 1_500_000)).toBe(true)
  })
})
