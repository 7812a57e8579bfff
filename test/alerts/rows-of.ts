/** Rows and rules for tests of alerts: a row that makes a rule fire, and one that makes it clear. */
import { rulesOf } from '../../src/alerts/evaluate.ts'
import type { Subject, WatchedRow } from '../../src/alerts/standing.ts'
import type { Alert } from '../../src/catalogue/alert-rule.ts'
import { ALERTS } from '../../src/catalogue/alerts.ts'

/** 2026-06-01T12:00:00Z */
export const START = 1_780_315_200_000
export const MINUTE = 60_000

export const VAN: Subject = { kitSn: 'M109ZEB4ZE7B0001', moduleSn: '', label: 'Van', timeZone: 'Europe/Berlin' }

export const alertOf = (id: string): Alert => ALERTS.find((alert) => alert.id === id)!

export const rules = (...ids: string[]) => rulesOf(ids.map(alertOf), {}, [])

export const rowWith = (alert: Alert, fields: WatchedRow['fields'], isLaidUp = false): WatchedRow => ({
  row: alert.row,
  key: `${alert.row} ${VAN.kitSn}`,
  subject: VAN,
  isLaidUp,
  fields,
})

const least = ({ threshold }: Alert): number => (typeof threshold === 'number' ? threshold : threshold.default)

const askedFor = ({ only }: Alert): Record<string, number> => {
  if (only === undefined) return {}
  return { [only.field]: only.value + { above: 0.1, below: -0.1, equal: 0 }[only.is] }
}

/** Beyond the threshold by a little. */
export const firing = (alert: Alert): WatchedRow['fields'] => ({
  ...askedFor(alert),
  [alert.field]: least(alert) + (alert.is === 'above' ? 0.01 : -0.01),
})

/** Beyond the value at which it is over. */
export const clearing = (alert: Alert): WatchedRow['fields'] => ({
  ...askedFor(alert),
  [alert.field]: alert.clears + (alert.is === 'above' ? -0.01 : 0.01),
})
