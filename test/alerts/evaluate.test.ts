import { describe, expect, it } from 'vitest'
import { askMissing, askRow, type Rule, recalled, rulesOf } from '../../src/alerts/evaluate.ts'
import type { Standings, WatchedRow } from '../../src/alerts/standing.ts'
import { ALERTS } from '../../src/catalogue/alerts.ts'
import { alertOf, clearing, firing, MINUTE, rowWith, rules, START } from './rows-of.ts'

/** A minute after the other; undefined is a minute in which the row does not come. */
const live = (all: readonly Rule[], rows: readonly (WatchedRow | undefined)[], from: Standings = new Map()) => {
  let standings = from
  const told = rows.flatMap((row, minute) => {
    const at = START + minute * MINUTE
    const seen = new Set(row ? [row.key] : [])
    const asked = row ? [askRow(all, row, standings, at)] : []
    const verdicts = [...asked, askMissing(all, seen, standings, at)]
    standings = new Map(verdicts.flatMap((each) => each.standings))
    return verdicts.flatMap(({ changes }) => changes.map(({ what, alert }) => `${minute} ${alert.id} ${what}`))
  })
  return { told, standings }
}

const times = <T>(count: number, what: T): T[] => new Array<T>(count).fill(what)

describe.each(ALERTS.map((alert) => [alert.id, alert] as const))('%s', (id, alert) => {
  const on = rowWith(alert, firing(alert))
  const off = rowWith(alert, clearing(alert))
  const wait = Math.ceil(alert.forS / 60)
  const keep = Math.ceil(alert.keepS / 60)

  it('fires once after its wait, and is over once', () => {
    const minutes = [...times(wait + 10, on), ...times(keep + 10, off)]
    expect(live(rules(id), minutes).told).toEqual([`${wait} ${id} fired`, `${wait + 10 + keep} ${id} cleared`])
  })

  it('does not fire while the other side of its threshold is seen', () => {
    expect(live(rules(id), times(wait + 10, off)).told).toEqual([])
  })

  it('of no data says what the table says', () => {
    const fires = alert.noData === 'alerting' ? [`${wait} ${id} fired`] : []
    expect(live(rules(id), times(wait + 10, rowWith(alert, {}))).told).toEqual(fires)
  })

  it('is muted for a kit that is laid up, and only for one', () => {
    const muted = alert.mutedWhenLaidUp ? [] : [`${wait} ${id} fired`]
    expect(live(rules(id), times(wait + 10, rowWith(alert, firing(alert), true))).told).toEqual(muted)
  })
})

describe('an alert', () => {
  const alert = alertOf('soc-low-20')
  const at = (soc_pct: number) => rowWith(alert, { soc_pct })

  it('begins its wait anew when its condition breaks', () => {
    expect(live(rules('soc-low-20'), [at(19), at(19), at(20), at(19), at(19), at(19)]).told).toEqual([
      '5 soc-low-20 fired',
    ])
  })

  it('that fires goes on between threshold and recovery, and beyond is over', () => {
    const seen = [19, 19, 19, 21, 22.9, 19, 21, 23].map(at)
    expect(live(rules('soc-low-20'), seen).told).toEqual(['2 soc-low-20 fired', '7 soc-low-20 cleared'])
  })

  it('whose number is unknown for a while goes on; for long it is told as unknown', () => {
    const on = times(3, at(19))
    expect(live(rules('soc-low-20'), [...on, ...times(14, undefined), at(19), at(25)]).told).toEqual([
      '2 soc-low-20 fired',
      '18 soc-low-20 cleared',
    ])
    expect(live(rules('soc-low-20'), [...on, ...times(20, undefined)]).told).toEqual([
      '2 soc-low-20 fired',
      '18 soc-low-20 unknown',
    ])
  })

  it('of an error ends when its row does not come any more, and not while the code is only unknown', () => {
    const error = alertOf('module-error')
    const [on, unknown] = [rowWith(error, { is_active: 1 }), rowWith(error, {})]
    const { told } = live(rules('module-error'), [on, on, ...times(9, unknown), ...times(8, undefined)])
    expect(told).toEqual(['1 module-error fired', '11 module-error cleared'])
  })

  it('that fires when its kit is laid up ends muted', () => {
    const rows = [...times(3, at(19)), rowWith(alert, { soc_pct: 19 }, true)]
    expect(live(rules('soc-low-20'), rows).told).toEqual(['2 soc-low-20 fired', '3 soc-low-20 muted'])
  })

  it('that fired does so no second time after a restart, whatever was unknown in between', () => {
    const { standings } = live(rules('soc-low-20'), times(3, at(19)))
    const kept: Standings = new Map(JSON.parse(JSON.stringify([...standings])))
    expect(live(rules('soc-low-20'), [undefined, undefined, at(19), at(19), at(19), at(24)], kept).told).toEqual([
      '5 soc-low-20 cleared',
    ])
  })

  it('speaks of another row of the same kind on its own', () => {
    const [van, boat] = [at(19), { ...at(19), key: 'kit boat' }]
    const first = askRow(rules('soc-low-20'), van, new Map(), START)
    const both = askRow(rules('soc-low-20'), boat, new Map(first.standings), START + 2 * MINUTE)
    expect(both.changes).toEqual([])
  })
})

describe('rules', () => {
  it('take the thresholds that are set, and keep their distance to the recovery', () => {
    const [rule] = rulesOf([alertOf('soc-low-20')], { ALERT_SOC_VERY_LOW_PCT: 50 }, [])
    expect(rule).toMatchObject({ fires: 50, clears: 53 })
  })

  it('that are off are not asked', () => {
    expect(rulesOf(ALERTS, {}, ['completeness']).map(({ alert }) => alert.id)).not.toContain('completeness')
  })
})

it('a break of minutes forgets waits, and nothing that fired', () => {
  const { subject } = rowWith(alertOf('soc-low-20'), {})
  const before: Standings = new Map([
    ['a', { sinceAt: 1, subject }],
    ['b', { sinceAt: 1, firedAt: 2, subject }],
  ])
  expect([...recalled(before, START, START + MINUTE).keys()]).toEqual(['a', 'b'])
  expect([...recalled(before, START, START + 5 * MINUTE).keys()]).toEqual(['b'])
})
