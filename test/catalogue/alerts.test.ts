import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Alert, limitsOf, THRESHOLDS, type ThresholdName } from '../../src/catalogue/alert-rule.ts'
import { ALERTS } from '../../src/catalogue/alerts.ts'
import { alertsDocument } from '../../src/catalogue/alerts-document.ts'
import { ROWS } from '../../src/catalogue/rows.ts'

const IDS =
  'collector-blind kit-silent kit-frozen kit-offline cloud-down soc-low-30 soc-low-20 soc-low-10 time-to-empty cell-spread ' +
  'pack-missing packs-disagree over-temperature charging-cold inverter-overload ac-input-lost solar-dead ' +
  'circuit-over-current generator-long module-error spool-filling store-refusing quarantine-rate client-ids connects ' +
  'clock-skew completeness firmware-changed module-silent'

/** What is wrong with a rule. */
const complaints = (alert: Alert): string[] => {
  const { row, field, only, is, means, todo } = alert
  const { fires, clears } = limitsOf(alert, {})
  const fields = ROWS[row] ?? {}
  const known = [field, ...(only === undefined ? [] : [only.field])]
  return [
    ...known.filter((name) => fields[name] === undefined || fields[name].unit === 'text'),
    ...((is === 'above' ? clears <= fires : clears >= fires) ? [] : ['recovers on the wrong side']),
    ...([means, todo].every((text) => /^[A-Z].*\.$/.test(text)) ? [] : ['says no sentence']),
    ...(alert.forS % 60 === 0 && alert.keepS % 60 === 0 ? [] : ['is not in minutes']),
  ]
}

it('the rules are those that were promised, each once', () => {
  expect(ALERTS.map(({ id }) => id).sort()).toEqual(IDS.split(' ').sort())
})

describe.each(ALERTS.map((alert) => [alert.id, alert] as const))('%s', (_, alert) => {
  it('asks for fields that there are, and recovers on the safe side', () => {
    expect(complaints(alert)).toEqual([])
  })
})

it('a rule that is wrong is found', () => {
  const wrong: Alert = { ...ALERTS[0]!, field: 'heard_age_h', clears: 100_000, todo: 'nothing', forS: 5 }
  expect(complaints(wrong)).toEqual([
    'heard_age_h',
    'recovers on the wrong side',
    'says no sentence',
    'is not in minutes',
  ])
})

it('every threshold that can be set belongs to a rule, and its default may be set', () => {
  const used = ALERTS.flatMap(({ threshold }) => (typeof threshold === 'number' ? [] : [threshold.setting]))
  expect([...new Set(used)].sort()).toEqual(Object.keys(THRESHOLDS).sort())
  for (const name of Object.keys(THRESHOLDS) as ThresholdName[]) {
    const { default: preset, least, most } = THRESHOLDS[name]
    expect(preset >= least && preset <= most, name).toBe(true)
  }
})

it('docs/alerts.md shows them as they are', () => {
  const page = readFileSync(new URL('../../docs/alerts.md', import.meta.url), 'utf8')
  expect(page).toBe(alertsDocument(ALERTS))
  expect(alertsDocument(ALERTS.slice(1))).not.toBe(page)
})
