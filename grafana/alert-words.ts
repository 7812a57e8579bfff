/**
 * What a rule of Grafana says of the value that it found: the words of the collector's own notices (src/alerts/notice.ts),
 * as far as Grafana's templates can tell them.
 */
import type { Alert } from '../src/catalogue/alert-rule.ts'
import { ROWS } from '../src/catalogue/rows.ts'
import { UNITS, type Unit } from '../src/catalogue/units.ts'
import { VERDICTS } from '../src/track/verdict.ts'

/** What a template makes of the value, by unit. */
const VALUE = '$values.value.Value'
const FORMATS: Readonly<Partial<Record<Unit, string>>> = {
  s: `{{ humanizeDuration ${VALUE} }}`,
  ratio: `{{ printf "%.3g" ${VALUE} }}`,
  pct: `{{ printf "%.3g" ${VALUE} }} %`,
  c: `{{ printf "%.3g" ${VALUE} }} °C`,
  v: `{{ printf "%.3g" ${VALUE} }} V`,
  count: `{{ printf "%.0f" ${VALUE} }}`,
}

/** A label of whatever was found: an alert about no data has none, and its value would read as 0. */
const FOUND = { kit: 'kit_sn', module: 'kit_sn', error: 'kit_sn', collector: 'collector' } as const

const verdictWords = (code: number): string => {
  const [word, { is }] = Object.entries(VERDICTS).find(([, each]) => each.code === code)!
  return `it is ${word.replaceAll('_', ' ')}: ${is}`
}

/**
 * The value in words and, where its owner can set it, the threshold in the unit of the field; of a verdict what it means.
 * None of flags and errors, whose title or labels say it all.
 */
export const valueWords = ({ row, field, is, threshold }: Alert, fires: number): string | undefined => {
  if (field === 'verdict_code') return verdictWords(Math.ceil(fires))
  const known = ROWS[row]?.[field]
  if (known === undefined || known.unit === 'flag' || known.unit === 'code') return undefined
  const format = FORMATS[known.unit]
  if (format === undefined) throw new Error(`No words for a value of ${row}.${field} in ${UNITS[known.unit]}`)
  const [name] = known.is.split(/[,;:]/)
  const unit = { pct: ' %', c: ' °C', v: ' V', s: ' s' }[known.unit as string] ?? ''
  const limit = typeof threshold === 'number' ? '' : `, ${is} ${fires}${unit}`
  return `${name}: {{ if index $labels "${FOUND[row]}" }}${format}{{ else }}not known{{ end }}${limit}`
}
