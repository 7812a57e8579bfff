/**
 * Statements as Grafana sends them: its macros and variables filled in, and no others than it knows of a data source of
 * the type InfluxDB in InfluxQL. `$__range` and its kin belong to other types: they reach the server as they stand.
 */

export interface Shown {
  /** Epoch ms. */
  readonly fromAt: number
  readonly toAt: number
  /** Chosen values by variable: one or several, and of "All" what the variable says for it. */
  readonly variables: Readonly<Record<string, readonly string[] | '.*'>>
  /** Of the panel; Grafana's own when there is none. */
  readonly minStepMs?: number
  readonly points?: number
}

const escaped = (value: string): string => value.replace(/[-/\\^$*+?.()|[\]{}]/g, '\\$&')

const asRegex = (values: readonly string[] | '.*' | undefined, name: string): string => {
  if (values === undefined) throw new Error(`no value for the variable ${name}`)
  if (values === '.*') return values
  return values.length === 1 ? escaped(values[0]!) : `(${values.map(escaped).join('|')})`
}

const STEPS_S = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 604_800,
]

const stepS = ({ fromAt, toAt, minStepMs = 1000, points = 1000 }: Shown): number => {
  const wanted = Math.max((toAt - fromAt) / points, minStepMs) / 1000
  return STEPS_S.find((step) => step >= wanted) ?? 30 * 86_400
}

export const expand = (statement: string, shown: Shown): string => {
  const { fromAt, toAt, variables } = shown
  const text = statement
    .replaceAll('$timeFilter', `time >= ${fromAt}ms and time <= ${toAt}ms`)
    .replaceAll('$__interval_ms', String(stepS(shown) * 1000))
    .replaceAll('$__interval', `${stepS(shown)}s`)
    .replaceAll(/\$\{__(from|to)\}/g, (_, end: string) => String(end === 'from' ? fromAt : toAt))
    .replace(/\$\{(\w+):regex\}/g, (_, name: string) => asRegex(variables[name], name))
  const left = /\$\{?\w+/.exec(text)
  if (left) throw new Error(`Grafana does not fill in ${left[0]}, which stays in: ${text}`)
  return text
}
