/**
 * The rules of alerts asked of the rows of a minute: pure, from how they stood before to how they stand now and what
 * changed. Promises: an alert fires once and ends once, across restarts; a number that is not known for a while (the
 * collector starts, a module is silent) neither fires nor ends one; a break of the collector begins every wait anew.
 */
import { type Alert, limitsOf, type ThresholdName } from '../catalogue/alert-rule.ts'
import type { Change, Standing, Standings, Subject, WatchedRow } from './standing.ts'

/** A rule with the values that hold here. */
export interface Rule {
  readonly alert: Alert
  readonly fires: number
  readonly clears: number
}

/** How the rows of a minute stand, and what changed. */
export interface Verdicts {
  readonly standings: readonly (readonly [key: string, Standing])[]
  readonly changes: readonly Change[]
}

/** So long a firing alert outlives its number: modules need as long after a start. */
const UNKNOWN_KEEP_MS = 900_000
/** Looks further apart than this are not "without a break". */
const BREAK_MS = 180_000

/** The rules that are not switched off, with their thresholds. */
export const rulesOf = (
  alerts: readonly Alert[],
  settings: Readonly<Partial<Record<ThresholdName, number>>>,
  off: readonly string[],
): Rule[] => alerts.filter(({ id }) => !off.includes(id)).map((alert) => ({ alert, ...limitsOf(alert, settings) }))

const isBeyond = (is: Alert['is'], value: number, limit: number): boolean =>
  is === 'above' ? value > limit : value < limit

const isAsked = ({ only }: Alert, fields: WatchedRow['fields']): boolean => {
  if (only === undefined) return true
  const value = fields[only.field]
  if (typeof value !== 'number') return false
  return only.is === 'equal' ? value === only.value : isBeyond(only.is, value, only.value)
}

/** Whether the condition holds; undefined where nobody knows. */
const holds = (
  { alert, fires, clears }: Rule,
  fields: WatchedRow['fields'],
  isFiring: boolean,
): boolean | undefined => {
  const value = fields[alert.field]
  if (typeof value !== 'number') return alert.noData === 'alerting' ? true : undefined
  return isAsked(alert, fields) && isBeyond(alert.is, value, isFiring ? clears : fires)
}

type Judged = readonly [standing: Standing | undefined, what?: Change['what']]

/** It goes on, or begins. */
const on = ({ alert }: Rule, before: Standing | undefined, subject: Subject, value: unknown, at: number): Judged => {
  const { sinceAt = at, firedAt } = before ?? {}
  const isDue = firedAt === undefined && at - sinceAt >= alert.forS * 1000
  const standing = {
    sinceAt,
    subject,
    ...(typeof value === 'number' && { value }),
    ...((isDue || firedAt !== undefined) && { firedAt: firedAt ?? at }),
  }
  return isDue ? [standing, 'fired'] : [standing]
}

/** Its condition does not hold, or is not known. */
const off = ({ alert }: Rule, before: Standing | undefined, isKnown: boolean, at: number): Judged => {
  if (before?.firedAt === undefined) return [undefined]
  const goneAt = before.goneAt ?? at
  const keepMs = isKnown ? alert.keepS * 1000 : Math.max(alert.keepS * 1000, UNKNOWN_KEEP_MS)
  if (at - goneAt < keepMs) return [{ ...before, goneAt }]
  return [undefined, isKnown ? 'cleared' : 'unknown']
}

const judge = (rule: Rule, row: WatchedRow, before: Standing | undefined, at: number): Judged => {
  if (row.isLaidUp && rule.alert.mutedWhenLaidUp)
    return before?.firedAt === undefined ? [undefined] : [undefined, 'muted']
  const isOn = holds(rule, row.fields, before?.firedAt !== undefined)
  if (isOn === true) return on(rule, before, row.subject, row.fields[rule.alert.field], at)
  return off(rule, before, isOn === false, at)
}

const verdictsOf = (
  judged: readonly (readonly [Rule, string, Standing | undefined, Judged])[],
  at: number,
): Verdicts => ({
  standings: judged.flatMap(([, key, , [standing]]) => (standing === undefined ? [] : [[key, standing] as const])),
  changes: judged.flatMap(([{ alert, fires }, key, before, [standing, what]]) => {
    const known = standing ?? before
    return what === undefined || known === undefined
      ? []
      : [{ alert, what, key, standing: known, threshold: fires, at }]
  }),
})

const keyOf = ({ alert }: Rule, row: WatchedRow): string => `${alert.id} ${row.key}`

/** The rules about rows of its kind asked of one row. */
export const askRow = (rules: readonly Rule[], row: WatchedRow, before: Standings, at: number): Verdicts =>
  verdictsOf(
    rules
      .filter(({ alert }) => alert.row === row.row)
      .map((rule) => {
        const key = keyOf(rule, row)
        return [rule, key, before.get(key), judge(rule, row, before.get(key), at)] as const
      }),
    at,
  )

/** What becomes of alerts whose rows did not come: an error that has no row is gone, of all else nothing is known. */
export const askMissing = (
  rules: readonly Rule[],
  seen: ReadonlySet<string>,
  before: Standings,
  at: number,
): Verdicts => {
  const byId = new Map(rules.map((rule) => [rule.alert.id, rule]))
  const missing = [...before].flatMap(([key, standing]) => {
    const rule = byId.get(key.slice(0, key.indexOf(' ')))
    if (rule === undefined || seen.has(key.slice(key.indexOf(' ') + 1))) return []
    return [[rule, key, standing, off(rule, standing, rule.alert.row === 'error', at)] as const]
  })
  return verdictsOf(missing, at)
}

/** What of it still counts at `at`, when the last look was at `lookedAt` (epoch ms): what fired, and unbroken waits. */
export const recalled = (before: Standings, lookedAt: number, at: number): Standings =>
  at - lookedAt <= BREAK_MS ? before : new Map([...before].filter(([, { firedAt }]) => firedAt !== undefined))
