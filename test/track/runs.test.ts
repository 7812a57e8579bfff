import { describe, expect, it } from 'vitest'
import { ROWS } from '../../src/catalogue/rows.ts'
import type { Point } from '../../src/store/line-protocol.ts'
import { restoreSnapshot, takeSnapshot } from '../../src/track/snapshot.ts'
import { catalogue, createLine, DCIN, KIT, PACK, START, type VirtualLine } from './virtual-line.ts'

const MAINS = 'M1095-PSDH-4K071'
const MINUTE = 60

const runsOf = (rows: readonly Point[]): Point[] => rows.filter(({ measurement }) => measurement === 'run')

/** The sessions as the store has them in the end. */
const lastOf = (rows: readonly Point[]): Point[] => [
  ...new Map(runsOf(rows).map((row) => [`${row.tags.module_sn} ${row.at}`, row])).values(),
]

const say = (line: VirtualLine, what: string, content: unknown, seconds: number): Point[] =>
  line.run({ at: START + seconds * 1000, source: 'tick', topic: what, bytes: Buffer.from(JSON.stringify(content)) })

const atRest = { inWatts: 0, inVol: 0 }
const fed = (watts: number) => ({ inWatts: watts, inVol: 231_000 })

/** A report every ten seconds from one second to another (not itself), with the minutes between them. */
const speak = (line: VirtualLine, from: number, to: number, told: (seconds: number) => object, sn = MAINS): Point[] => {
  const rows: Point[] = []
  for (let at = from; at < to; at += 10) {
    if (at % MINUTE === 0) rows.push(...line.minute(at))
    rows.push(...line.push(at, sn, told(at)))
  }
  return rows
}

/** Unplugged for a minute, plugged in for so many seconds, unplugged for five minutes. */
const session = (line: VirtualLine, seconds: number, watts = 1200): Point[] => [
  ...speak(line, 0, 60, () => atRest),
  ...speak(line, 60, 60 + seconds, () => fed(watts)),
  ...speak(line, 60 + seconds, 360 + seconds, () => atRest),
]

describe('a session at the AC input', () => {
  it('has a row when it is sure, each hour, and at its end', () => {
    const line = createLine()
    line.push(1, PACK, { soc: 40 })
    const rows = runsOf(session(line, 2.5 * 3600))
    expect(rows.map(({ at, fields }) => [(at - START) / 1000, fields.is_open, fields.duration_s])).toEqual([
      [60, 1, 10],
      [60, 1, 3590],
      [60, 1, 7190],
      [60, 0, 8990],
    ])
    expect(Object.keys(ROWS.run!)).toEqual(expect.arrayContaining(Object.keys(rows.at(-1)!.fields)))
    // It ramps up and down within ten seconds: half of them count.
    expect(rows.at(-1)).toMatchObject({
      tags: { kit_sn: KIT, module_sn: MAINS },
      fields: {
        kind: 'shore',
        end_ms: START + 9_050_000,
        wh: 3000,
        text: 'Shore power for 2 h 30 min: 3.00 kWh',
        details: 'the AC input had 20 W or 80 V and more',
        soc_from_pct: 40,
      },
    })
  })

  it('tells the state of charge at its start and at its end', () => {
    const line = createLine()
    const soc = (at: number): object => ({ soc: 40 + Math.floor(at / 600), fullCap: 100_000 })
    const rows: Point[] = []
    for (let at = 0; at < 3600; at += 10) {
      rows.push(...line.push(at, PACK, soc(at)), ...line.push(at, MAINS, at < 60 || at >= 3000 ? atRest : fed(500)))
      if (at % MINUTE === 0) rows.push(...line.minute(at))
    }
    expect(lastOf(rows)[0]!.fields).toMatchObject({ soc_from_pct: 40, soc_to_pct: 44, is_open: 0 })
  })

  it('is one of a generator where the settings say so', () => {
    const line = createLine()
    say(line, 'fleet', { [KIT]: { name: 'Van', site: { acInput: 'generator' } } }, 0)
    expect(lastOf(session(line, 600))[0]!.fields).toMatchObject({
      kind: 'generator',
      details: 'the AC input had 20 W or 80 V and more, and the settings say that a generator feeds it',
    })
  })

  it('is none while a single report says so, and one while nothing is drawn', () => {
    expect(runsOf(session(createLine(), 10))).toEqual([])
    expect(lastOf(session(createLine(), 600, 0))[0]!.fields).toMatchObject({ kind: 'shore', wh: 0, duration_s: 590 })
  })

  it('goes on over less than two minutes without', () => {
    const line = createLine()
    const rows = speak(line, 0, 1200, (at) => (at < 60 || (at >= 300 && at < 410) || at >= 900 ? atRest : fed(600)))
    expect(lastOf(rows).map(({ fields }) => fields.duration_s)).toEqual([830])
    const apart = speak(createLine(), 0, 1200, (at) =>
      at < 60 || (at >= 300 && at < 430) || at >= 900 ? atRest : fed(600),
    )
    expect(lastOf(apart).map(({ fields }) => fields.duration_s)).toEqual([230, 460])
  })

  it('ends with the last report when the kit falls silent, and another begins when it is back', () => {
    const line = createLine()
    const rows = [
      ...speak(line, 0, 60, () => atRest),
      ...speak(line, 60, 600, () => fed(600)),
      ...[10, 11, 12, 13, 14, 15].flatMap((minute) => line.minute(minute * 60)),
      ...speak(line, 960, 1200, () => fed(600)),
      ...speak(line, 1200, 1500, () => atRest),
    ]
    expect(lastOf(rows).map(({ at, fields }) => [(at - START) / 1000, fields.duration_s, fields.details])).toEqual([
      [60, 530, 'the AC input had 20 W or 80 V and more; nothing was heard after its end: it may have gone on'],
      [960, 230, 'the AC input had 20 W or 80 V and more; it may have begun earlier'],
    ])
    const [first, second] = lastOf(rows)
    expect(first!.fields.wh).toBeCloseTo((600 * 535) / 3600, 6)
    expect(second!.fields.wh).toBeCloseTo((600 * 235) / 3600, 6)
  })

  it('says how much of it no report covers', () => {
    const line = createLine()
    const rows = [
      ...speak(line, 0, 60, () => atRest),
      ...speak(line, 60, 600, () => fed(600)),
      ...say(line, 'start', '', 670),
      ...speak(line, 680, 1200, () => fed(600)),
      ...speak(line, 1200, 1500, () => atRest),
    ]
    const [run, ...others] = lastOf(rows)
    expect(others).toEqual([])
    expect(run!.fields).toMatchObject({ duration_s: 1130, is_open: 0 })
    expect(run!.fields.details).toContain('2 min of it are not covered by reports')
    expect(run!.fields.wh).toBeCloseTo((600 * (535 + 515)) / 3600, 6)
  })

  it('is the same with a restart from a snapshot in it', () => {
    const straight = createLine()
    const before = createLine()
    for (const line of [straight, before]) {
      line.push(1, PACK, { soc: 40 })
      speak(line, 0, 60, () => atRest)
      speak(line, 60, 600, () => fed(600))
    }
    const after = createLine(restoreSnapshot(Buffer.concat(takeSnapshot(before.state, catalogue)), catalogue))
    const rest = (line: VirtualLine): Point[] => [
      ...speak(line, 600, 4800, () => fed(600)),
      ...speak(line, 4800, 5100, () => atRest),
    ]
    expect(lastOf(rest(after)).map(({ fields }) => fields.duration_s)).toEqual([4730])
    expect(runsOf(rest(createLine(straight.state)))).toHaveLength(2)
  })
})

it('knows a session of the alternator by its source', () => {
  const line = createLine()
  const driving = (chgType: number) => ({ chgType, dcInWatts: 680, dcInVol: 13_600, dcInCurr: 50_000 })
  const rows = [
    ...speak(line, 0, 60, () => ({ chgType: 0, dcInWatts: 0, dcInVol: 0, dcInCurr: 0 }), DCIN),
    ...speak(line, 60, 660, () => driving(1), DCIN),
    ...speak(line, 660, 900, () => ({ chgType: 0, dcInWatts: 0, dcInVol: 0, dcInCurr: 0 }), DCIN),
  ]
  expect(lastOf(rows)[0]).toMatchObject({
    tags: { module_sn: DCIN },
    fields: { kind: 'alternator', duration_s: 590, details: 'the DC input named an alternator, and had 5 W and more' },
  })
  expect(lastOf(rows)[0]!.fields.wh).toBeCloseTo(680 / 6, 6)
  expect(runsOf(speak(createLine(), 0, 600, () => driving(2), DCIN))).toEqual([])
})
