/**
 * Grafana's rendering of the alert rules (src/catalogue/alerts.ts): for each one its own InfluxQL statement over the
 * complete rows of the minute, the last value of each series, and a threshold. Grafana ignores a recovery threshold in
 * rules of files, so that a rule which is over only beyond another value keeps firing a while instead. Where alerts go
 * is left to Grafana's contact points.
 */
import { type Alert, limitsOf } from '../src/catalogue/alert-rule.ts'
import { ALERTS } from '../src/catalogue/alerts.ts'
import { MEASUREMENTS } from '../src/catalogue/measurements.ts'
import { valueWords } from './alert-words.ts'
import { uidOf } from './board.ts'
import { FOLDER, sourceOf } from './datasources.ts'
import { type Ask, type Name, query } from './query.ts'

const EXPRESSION = { type: '__expr__', uid: '__expr__' }
/**
 * Grafana reads rules before boards, and would make the folder of the boards by its title alone, with another uid than
 * theirs: rules of files have a folder of their own.
 */
const RULES_FOLDER = 'Power Kits alerts'
/** Instead of a recovery threshold: a value that hovers does not fire again and again. */
const HOVER_S = 600

interface Step {
  readonly refId: string
  readonly relativeTimeRange: { readonly from: number; readonly to: number }
  readonly datasourceUid: string
  readonly model: Readonly<Record<string, unknown>>
}

/** The last value within three minutes of a field, per series, as the variable `name`. */
const latest = (name: string, row: Alert['row'], field: string): Step[] => {
  const { bucket, tags } = MEASUREMENTS[row]
  const ask = { bucket, from: row, show: { value: `last(${field})` }, during: 'now', by: tags }
  // the fields of the table are text: what there is not is refused by query itself
  const { text } = query(ask as unknown as Ask<Name>)
  const source = sourceOf(bucket)
  const rows = `${name}_rows`
  const model = { refId: rows, datasource: source, query: text, rawQuery: true, resultFormat: 'time_series' }
  return [
    { refId: rows, relativeTimeRange: { from: 180, to: 0 }, datasourceUid: source.uid, model },
    expression(name, { type: 'reduce', expression: rows, reducer: 'last', settings: { mode: 'dropNN' } }),
  ]
}

const expression = (refId: string, model: object): Step => ({
  refId,
  relativeTimeRange: { from: 0, to: 0 },
  datasourceUid: EXPRESSION.uid,
  model: { refId, datasource: EXPRESSION, ...model },
})

const threshold = ({ is }: Alert, fires: number): Step =>
  expression('beyond', {
    type: 'threshold',
    expression: 'value',
    conditions: [
      {
        type: 'query',
        evaluator: { type: is === 'above' ? 'gt' : 'lt', params: [fires] },
        operator: { type: 'and' },
        query: { params: ['beyond'] },
        reducer: { type: 'last', params: [] },
      },
    ],
  })

const SIGNS = { above: '>', below: '<', equal: '==' } as const

/** What else has to hold, with the steps that it needs. */
const conditions = ({ row, field, only, mutedWhenLaidUp }: Alert): { steps: Step[]; terms: string[] } => {
  const other = only === undefined || only.field === field ? [] : latest('other', row, only.field)
  const laidUp = mutedWhenLaidUp ? latest('laid_up', 'kit', 'is_laid_up') : []
  return {
    steps: [...other, ...laidUp],
    terms: [
      ...(only ? [`$${other.length > 0 ? 'other' : 'value'} ${SIGNS[only.is]} ${only.value}`] : []),
      ...(mutedWhenLaidUp ? ['$laid_up < 0.5'] : []),
    ],
  }
}

const stepsOf = (alert: Alert, fires: number): Step[] => {
  const { steps, terms } = conditions(alert)
  const asked = [...latest('value', alert.row, alert.field), threshold(alert, fires), ...steps]
  if (terms.length === 0) return asked
  return [...asked, expression('fires', { type: 'math', expression: ['$beyond', ...terms].join(' && ') })]
}

const PARTS = { s: 1, m: 60, h: 3600 } as const

/** As Grafana itself writes it, so that it can be compared: `1h`, `30m`, `0s`. */
const duration = (seconds: number): string => {
  const unit = seconds === 0 ? 's' : (['h', 'm', 's'] as const).find((one) => seconds % PARTS[one] === 0)!
  return `${seconds / PARTS[unit]}${unit}`
}

const OF_WHAT = {
  kit: '{{ $labels.kit_sn }}: ',
  module: '{{ $labels.kit_sn }}, module {{ $labels.module_sn }}: ',
  error: '{{ $labels.kit_sn }}, module {{ $labels.module_sn }}, {{ $labels.meaning }} (code {{ $labels.code }}): ',
  collector: '',
} as const satisfies Record<Alert['row'], string>

/** Grafana's own address ends with a slash in some versions. */
const boardLink = ({ board, row }: Alert): string => {
  const kit = row === 'collector' ? '' : '?var-kit={{ $labels.kit_sn }}'
  return `{{ reReplaceAll "/+$" "" externalURL }}/d/${uidOf(board)}${kit}`
}

const ruleOf = (alert: Alert): object => {
  const { fires, clears } = limitsOf(alert, {})
  const keepS = Math.max(alert.keepS, fires === clears ? 0 : HOVER_S)
  const data = stepsOf(alert, fires)
  const isAlarm = alert.noData === 'alerting'
  const value = valueWords(alert, fires)
  return {
    uid: `powerkits-${alert.id}`,
    title: alert.title,
    condition: data.at(-1)?.refId,
    data,
    for: duration(alert.forS),
    ...(keepS > 0 && { keepFiringFor: duration(keepS) }),
    noDataState: isAlarm ? 'Alerting' : 'OK',
    // one rule tells that the store does not answer, and not all of them
    execErrState: isAlarm ? 'Alerting' : 'KeepLast',
    // no `$` in labels of a file: Grafana takes it for a variable of its environment
    labels: {
      source: 'powerkits',
      severity: alert.severity,
      ...(alert.row !== 'collector' && { kit: '{{ index .Labels "kit_sn" }}' }),
    },
    annotations: {
      summary: `${OF_WHAT[alert.row]}${alert.title}`,
      description: `${alert.means} ${alert.todo}`,
      ...(value !== undefined && { value }),
      board: boardLink(alert),
    },
    isPaused: false,
  }
}

/** The file of provisioning/alerting. */
export const rulesFile = (): object => ({
  apiVersion: 1,
  groups: [{ orgId: 1, name: FOLDER.uid, folder: RULES_FOLDER, interval: '1m', rules: ALERTS.map(ruleOf) }],
})
