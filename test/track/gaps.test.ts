import { describe, expect, it } from 'vitest'
import { openGaps } from '../../src/track/gaps.ts'
import { changesOf, createHours, gapsOf, garbage, type KitHours, statusWord, valuesAt } from './kit-hours.ts'
import { DCOU, fieldsOf, KIT, PACK, START } from './virtual-line.ts'

const WELL = { pushes: 2, polls: 60 }

/** A kit that was well for ten minutes: its last push is at 598 s. */
const hours = (): KitHours => {
  const kit = createHours()
  kit.stretch(0, 600, WELL)
  return kit
}

describe('the ledger of gaps', () => {
  it('has nothing to tell of a kit that is well, pushed or only polled', () => {
    const pushed = hours()
    expect(gapsOf(pushed.rows)).toEqual([])
    const polled = createHours()
    polled.stretch(0, 7200, { polls: 60 })
    for (const sn of ['all', PACK, DCOU]) expect(gapsOf(polled.rows, sn)).toEqual([])
  })

  it('takes a silent session for no gap while polls bring new values', () => {
    const kit = hours()
    kit.stretch(600, 2400, { polls: 60 })
    kit.stretch(2400, 2500, WELL)
    for (const sn of ['all', PACK, DCOU]) expect(gapsOf(kit.rows, sn)).toEqual([])
    expect(changesOf(kit.rows)).toEqual([
      [630, 'live to quiet'],
      [690, 'quiet to degraded'],
      [2400, 'degraded to live'],
    ])
  })

  it('holds an old snapshot for no sign of life: the gap begins at the last one, and nothing is written as new', () => {
    const kit = hours()
    kit.stretch(600, 2400, { polls: 60, frozenAt: 598 })
    expect(gapsOf(kit.rows)).toEqual([[598, expect.any(Number), 'device_offline', 'open']])
    const written = valuesAt(kit.rows).filter((at) => at > 598)
    expect(written).toEqual([600, 600, 660, 660, 720, 720].map((at) => expect.closeTo(at, 1)))
    kit.stretch(2400, 2500, WELL)
    expect(gapsOf(kit.rows)).toEqual([[598, 2400, 'device_offline', 'over']])
    expect(changesOf(kit.rows)).toEqual([
      [630, 'live to quiet'],
      [750, 'quiet to frozen'],
      [2400, 'frozen to live'],
    ])
  })

  it('names a kit that the cloud calls offline', () => {
    const kit = hours()
    kit.run(statusWord(640, 0))
    kit.stretch(641, 1800, { polls: 60, frozenAt: 598 })
    kit.run(statusWord(1810, 1))
    kit.stretch(1812, 1900, WELL)
    expect(gapsOf(kit.rows)).toEqual([[598, 1812, 'device_offline', 'over']])
    expect(changesOf(kit.rows).map(([, change]) => change)).toEqual([
      'live to offline',
      'offline to frozen',
      'frozen to live',
    ])
  })

  it('counts from when the cloud went down, not from when that was noticed', () => {
    const from = (seconds: number): unknown[] => {
      const kit = hours()
      kit.stretch(600, 900, {})
      kit.tell(900, 'cloud/down', { kits: [KIT], text: '', sinceAt: START + seconds * 1000 })
      kit.stretch(901, 1510, {})
      kit.stretch(1510, 1600, WELL)
      return gapsOf(kit.rows)
    }
    expect(from(610)).toEqual([[598, 1510, 'cloud_down', 'over']])
    expect(from(850)).toEqual([
      [598, 850, 'mqtt_silent', 'over'],
      [850, 1510, 'cloud_down', 'over'],
    ])
  })

  it('names a cloud that is down, also when it was told a while after the last report', () => {
    const kit = hours()
    kit.stretch(600, 640, {})
    kit.tell(640, 'cloud/down', { kits: [KIT], text: 'No answer from its host.' })
    kit.stretch(641, 1500, {})
    kit.tell(1500, 'cloud/up', { kits: [KIT] })
    kit.stretch(1501, 1510, {})
    kit.stretch(1510, 1600, WELL)
    expect(gapsOf(kit.rows)).toEqual([[598, 1510, 'cloud_down', 'over']])
    const texts = kit.rows.filter(({ measurement }) => measurement === 'gap').map(({ fields }) => fields.text)
    expect(new Set(texts)).toEqual(new Set(["The vendor's cloud could not be reached. No answer from its host."]))
  })

  it('splits a hole where one cause ends and the kit stays away', () => {
    const kit = hours()
    kit.tell(610, 'cloud/down', { kits: [KIT], text: '' })
    kit.stretch(611, 1500, {})
    kit.tell(1500, 'cloud/up', { kits: [KIT] })
    kit.stretch(1501, 3000, {})
    kit.run(statusWord(3000, 0))
    kit.stretch(3001, 3600, {})
    kit.stretch(3600, 3700, WELL)
    expect(gapsOf(kit.rows)).toEqual([
      [598, 1500, 'cloud_down', 'over'],
      [1500, 3000, 'mqtt_silent', 'over'],
      [3000, 3600, 'device_offline', 'over'],
    ])
  })

  it('goes on telling of an open gap once an hour', () => {
    const kit = hours()
    kit.stretch(600, 3 * 3600, {})
    const ends = kit.rows.filter(({ measurement, tags }) => measurement === 'gap' && tags.module_sn === 'all')
    expect(ends.map(({ fields }) => Math.round((Number(fields.end_ms) - START) / 60_000))).toEqual([13, 73, 133])
    expect(openGaps(kit.line.state.kits.get(KIT)!)).toEqual([
      { module_sn: 'all', cause: 'mqtt_silent', text: expect.any(String), since_ms: START + 598_000 },
    ])
  })

  it('counts messages that nobody understands as quarantined, not as silence', () => {
    const kit = hours()
    for (let at = 600; at < 1500; at += 10) {
      kit.run(garbage(at))
      if (at % 60 === 0) kit.stretch(at, at + 1, {})
    }
    kit.stretch(1500, 1600, WELL)
    expect(gapsOf(kit.rows)).toEqual([[598, 1500, 'quarantined', 'over']])
  })

  it('counts reports whose every value is refused alike', () => {
    const kit = hours()
    for (let at = 600; at < 1500; at += 10) {
      kit.rows.push(...kit.line.push(at, PACK, { soc: 40_000 }), ...kit.line.push(at, DCOU, { ldOutVol: 'x' }))
      if (at % 60 === 0) kit.stretch(at, at + 1, {})
    }
    kit.stretch(1500, 1600, WELL)
    expect(gapsOf(kit.rows)).toEqual([[598, 1500, 'quarantined', 'over']])
    expect(gapsOf(kit.rows, PACK)).toEqual([])
  })
})

describe('a hole of our own making', () => {
  it('is told from the last input to the first report after the start, however short', () => {
    const kit = hours()
    kit.tell(640, 'start')
    kit.stretch(642, 700, WELL)
    expect(gapsOf(kit.rows)).toEqual([[598, 642, 'collector_down', 'over']])
  })

  it('is not told of a start that missed nothing', () => {
    const kit = hours()
    kit.tell(604, 'start')
    kit.stretch(606, 700, WELL)
    expect(gapsOf(kit.rows)).toEqual([])
  })

  it('ends with the start when the kit stays away after it', () => {
    const kit = hours()
    kit.tell(1800, 'start')
    kit.stretch(1801, 3000, { polls: 60, frozenAt: 598 })
    kit.stretch(3000, 3060, WELL)
    expect(gapsOf(kit.rows)).toEqual([
      [598, 1800, 'collector_down', 'over'],
      [1800, 3000, 'device_offline', 'over'],
    ])
  })

  it('is one when several starts follow each other', () => {
    const kit = hours()
    kit.tell(700, 'start')
    kit.tell(760, 'start')
    kit.stretch(762, 800, WELL)
    expect(gapsOf(kit.rows)).toEqual([[598, 762, 'collector_down', 'over']])
  })

  it('does not begin before what was missing already', () => {
    const kit = hours()
    kit.stretch(600, 1200, {})
    kit.tell(3000, 'start')
    kit.stretch(3002, 3100, WELL)
    expect(gapsOf(kit.rows)).toEqual([
      [598, 1140, 'mqtt_silent', 'over'],
      [1140, 3002, 'collector_down', 'over'],
    ])
  })

  it('is the cause `clock` where the clock was set forward', () => {
    const kit = hours()
    kit.tell(4200, 'clock/3600000')
    kit.stretch(4202, 4300, WELL)
    expect(gapsOf(kit.rows)).toEqual([[600, 4202, 'clock', 'over']])
  })

  it('is explained by a row of what the spool lost, and not told twice', () => {
    const kit = hours()
    kit.tell(1500, 'loss', { records: 7, fromAt: START + 600_000, toAt: START + 1_499_000 })
    kit.stretch(1502, 1600, WELL)
    expect(gapsOf(kit.rows)).toEqual([[600, 1499, 'spool_full', 'over']])
  })
})

describe('a hole of one module', () => {
  it('is told where its kit went on, and only then', () => {
    const kit = createHours()
    kit.stretch(0, 600, { pushes: 2 })
    kit.stretch(600, 1800, { pushes: 2, modules: [PACK] })
    kit.stretch(1800, 2000, WELL)
    expect(gapsOf(kit.rows)).toEqual([])
    expect(gapsOf(kit.rows, DCOU)).toEqual([[598, 1800, 'device_offline', 'over']])
    expect(changesOf(kit.rows, DCOU)).toEqual([
      [780, 'live to silent'],
      [1800, 'silent to live'],
    ])
    expect(gapsOf(kit.rows, PACK)).toEqual([])
  })

  it('is the cloud’s where polls went unanswered: a module that idles is heard of by polls alone', () => {
    const kit = hours()
    kit.stretch(600, 1800, { pushes: 2, modules: [PACK] })
    kit.stretch(1800, 2000, WELL)
    expect(gapsOf(kit.rows, DCOU)).toEqual([[598, 1800, 'cloud_down', 'over']])
  })

  it('does not begin in a hole of the kit', () => {
    const kit = hours()
    kit.stretch(600, 1800, {})
    kit.stretch(1800, 1900, { pushes: 2, modules: [PACK] })
    kit.stretch(1900, 2000, WELL)
    expect(gapsOf(kit.rows)).toEqual([[598, 1800, 'mqtt_silent', 'over']])
    expect(gapsOf(kit.rows, DCOU)).toEqual([])
  })

  it('has stamps of its own where two modules share a serial number', () => {
    const kit = hours()
    const twins = { iclow: { [DCOU]: { busVol: 389_313 } }, bp2000: { [DCOU]: { soc: 50 } } }
    kit.line.poll(599, twins)
    kit.line.poll(600, twins)
    kit.stretch(601, 1200, { pushes: 2, modules: [PACK] })
    const stamps = gapsOf(kit.rows, DCOU).map(([start]) => start)
    expect(stamps).toEqual([598, 600, 601])
  })
})

describe('completeness of the day', () => {
  it('is the share of the local day that no gap covers, since the first report ever', () => {
    const kit = hours()
    expect(fieldsOf(kit.line.minute(600), 'kit')).toMatchObject({ completeness_today_pct: 100 })
    kit.stretch(600, 1198, {})
    kit.stretch(1198, 2400, WELL)
    expect(fieldsOf(kit.line.minute(2400), 'kit')).toMatchObject({ completeness_today_pct: 75 })
  })

  it('counts a gap that is open, and begins anew at midnight where the kit is', () => {
    const kit = createHours()
    // Midnight in Auckland is at noon UTC, START.
    kit.tell(-3600, 'fleet', { [KIT]: { name: 'Van', timeZone: 'Pacific/Auckland' } })
    kit.stretch(-3000, -1800, WELL)
    kit.stretch(-1800, -600, {})
    expect(fieldsOf(kit.line.minute(-600), 'kit')).toMatchObject({ completeness_today_pct: expect.closeTo(49.9, 1) })
    kit.stretch(-540, 900, {})
    expect(fieldsOf(kit.line.minute(900), 'kit')).toMatchObject({ completeness_today_pct: 0 })
    kit.stretch(900, 1800, WELL)
    expect(fieldsOf(kit.line.minute(1800), 'kit')).toMatchObject({ completeness_today_pct: 50 })
  })
})
