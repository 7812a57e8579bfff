/** What is told of an alert, in words and numbers: complete in itself, so that it can wait for its way to be free. */
import type { Alert } from '../catalogue/alert-rule.ts'
import { ROWS } from '../catalogue/rows.ts'
import type { Unit } from '../catalogue/units.ts'
import { span } from '../track/overview.ts'
import type { Change } from './standing.ts'

/** Names as they stand in the JSON of a webhook. Times are epoch ms. */
export interface Notice {
  /** The same for what fires and for its end, and whenever it is sent again. */
  readonly id: string
  readonly what: 'fired' | 'cleared' | 'test'
  readonly alert: string
  readonly title: string
  readonly severity: Alert['severity']
  /** Empty when it is about the collector. */
  readonly kit_sn: string
  readonly module_sn: string
  readonly label: string
  readonly field: string
  readonly value?: number
  readonly threshold: number
  readonly unit: Unit
  readonly since_ms: number
  readonly at_ms: number
  readonly time_zone: string
  /** One sentence: what, and since when. */
  readonly text: string
  readonly means: string
  readonly todo: string
}

const SYMBOLS: Readonly<Partial<Record<Unit, string>>> = {
  v: 'V',
  a: 'A',
  w: 'W',
  va: 'VA',
  wh: 'Wh',
  c: '°C',
  pct: '%',
}

const shown = (value: number, unit: Unit): string => {
  if (unit === 's') return value < 60 ? `${Math.round(value)} s` : span(value)
  if (unit === 'ratio') return `${Math.round(value * 1000) / 10} %`
  const symbol = SYMBOLS[unit]
  return `${Math.round(value * 1000) / 1000}${symbol === undefined ? '' : ` ${symbol}`}`
}

/** `22 Nov, 14:05`, where the kit is. */
export const moment = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)

const unitOf = ({ row, field }: Alert): Unit => ROWS[row]?.[field]?.unit ?? 'text'

/** `state of charge`, without the conditions behind it. */
const nameOf = ({ row, field }: Alert): string => (ROWS[row]?.[field]?.is ?? field).split(/[,;:]/)[0]!

/** What the row says, or the number in words; a flag says nothing that the title does not. */
const measured = ({ alert, standing: { value, subject }, threshold }: Change): string => {
  const unit = unitOf(alert)
  if (alert.row === 'error' || unit === 'code') return subject.says ?? ''
  if (unit === 'flag') return ''
  if (value === undefined) return `${nameOf(alert)} is not known`
  const number = `${nameOf(alert)}: ${shown(value, unit)}`
  // A threshold that nobody can set is no news.
  return typeof alert.threshold === 'number' ? number : `${number}, ${alert.is} ${shown(threshold, unit)}`
}

const textOf = (change: Change): string => {
  const { standing, what, at } = change
  const { timeZone } = standing.subject
  const since = `since ${moment(standing.sinceAt, timeZone)}`
  if (what === 'fired') return [measured(change), since].filter(Boolean).join('; ')
  const lasted = `it began ${moment(standing.sinceAt, timeZone)} and lasted ${span((at - standing.sinceAt) / 1000)}`
  if (what === 'unknown') return `no longer known: no current value says how it stands; ${lasted}`
  return what === 'muted' ? `the kit is laid up now; ${lasted}` : lasted
}

/** What is told of a change. */
export const noticeOf = (change: Change): Notice => {
  const { alert, standing, threshold, at, key } = change
  const { kitSn, moduleSn, label, timeZone } = standing.subject
  return {
    id: `${key} ${standing.firedAt ?? at}`,
    what: change.what === 'fired' ? 'fired' : 'cleared',
    alert: alert.id,
    title: alert.title,
    severity: alert.severity,
    kit_sn: kitSn,
    module_sn: moduleSn,
    label,
    field: alert.field,
    ...(standing.value !== undefined && { value: standing.value }),
    threshold,
    unit: unitOf(alert),
    since_ms: standing.sinceAt,
    at_ms: at,
    time_zone: timeZone,
    text: textOf(change),
    means: alert.means,
    todo: alert.todo,
  }
}

/** What `powerkits alerts test` sends. */
export const testNotice = (at: number, timeZone: string): Notice => ({
  ...{ id: `test ${at}`, what: 'test', alert: 'test', title: 'Test of the alerts', severity: 'info' },
  ...{ kit_sn: '', module_sn: '', label: 'The collector', field: '', threshold: 0, unit: 'text' },
  ...{ since_ms: at, at_ms: at, time_zone: timeZone, text: `sent ${moment(at, timeZone)}` },
  means: 'Alerts of powerkits reach you on this way.',
  todo: 'Nothing.',
})
