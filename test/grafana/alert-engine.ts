/**
 * Judges a rule as Grafana documents it: its statements asked of a real influxd, their last values, the threshold and
 * what else has to hold, per set of labels; then waiting (`for`), keeping on (`keepFiringFor`), and what no data means.
 */
import { askInfluxd } from '../servers/influxd.ts'
import { type FileRule, type RuleStep, seconds } from './alert-rules-file.ts'

type Labels = Readonly<Record<string, string>>

interface Value {
  readonly labels: Labels
  readonly value: number
}

interface Answer {
  readonly error?: string
  readonly results?: readonly {
    readonly error?: string
    readonly series?: readonly { readonly tags?: Labels; readonly values: readonly (readonly (number | null)[])[] }[]
  }[]
}

/** Evaluations without its series after which Grafana ends an alert. */
const MISSING_EVALUATIONS = 2

/** The last value of each series, as if it were now `at` (epoch ms). */
const lastValues = async (url: string, step: RuleStep, at: number): Promise<Value[]> => {
  const statement = step.model.query!.replaceAll('now()', `${at}ms`)
  const answer = (await askInfluxd(url, step.datasourceUid, statement)) as Answer
  const error = answer.error ?? answer.results?.[0]?.error
  if (error !== undefined) throw new Error(`${error}: ${statement}`)
  return (answer.results?.[0]?.series ?? []).flatMap(({ tags = {}, values }) => {
    const value = values.findLast(([, one]) => one !== null)?.[1]
    return typeof value === 'number' ? [{ labels: tags, value }] : []
  })
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b,
  lt: (a, b) => a < b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '==': (a, b) => a === b,
}

const holds = (sign: string, a: number, b: number): number => {
  const compare = COMPARE[sign]
  if (compare === undefined) throw new Error(`${sign} is no comparison`)
  return compare(a, b) ? 1 : 0
}

const isWithin = (few: Labels, many: Labels): boolean => Object.entries(few).every(([name, is]) => many[name] === is)

/** Series meet where the labels of one are among those of the other. */
const both = (a: readonly Value[], b: readonly Value[]): Value[] =>
  a.flatMap((one) =>
    b
      .filter(({ labels }) => isWithin(labels, one.labels) || isWithin(one.labels, labels))
      .map(({ labels, value }) => ({
        labels: { ...labels, ...one.labels },
        value: one.value !== 0 && value !== 0 ? 1 : 0,
      })),
  )

const mathTerm = (term: string, known: ReadonlyMap<string, readonly Value[]>): Value[] => {
  const [, name = '', sign, limit] = /^\$(\w+)(?: (\S+) (\S+))?$/.exec(term) ?? []
  const values = known.get(name)
  if (values === undefined) throw new Error(`${term} cannot be reckoned`)
  if (sign === undefined) return [...values]
  return values.map(({ labels, value }) => ({ labels, value: holds(sign, value, Number(limit)) }))
}

const judge = async (url: string, rule: FileRule, at: number): Promise<readonly Value[]> => {
  const known = new Map<string, readonly Value[]>()
  for (const step of rule.data) {
    const { type, expression = '', conditions = [] } = step.model
    if (type === undefined) known.set(step.refId, await lastValues(url, step, at))
    else if (type === 'reduce') known.set(step.refId, known.get(expression)!)
    else if (type === 'threshold') {
      const { evaluator } = conditions[0]!
      const values = known.get(expression)!
      known.set(
        step.refId,
        values.map(({ labels, value }) => ({ labels, value: holds(evaluator.type, value, evaluator.params[0]!) })),
      )
    } else {
      const terms = expression.split(' && ').map((term) => mathTerm(term, known))
      known.set(step.refId, terms.reduce(both))
    }
  }
  return known.get(rule.condition)!
}

interface Standing {
  readonly is: 'normal' | 'pending' | 'alerting' | 'recovering'
  readonly sinceAt: number
  readonly missed: number
}

const next = (rule: FileRule, { is, sinceAt }: Standing, holdsNow: boolean, at: number): Standing => {
  const lastsS = (at - sinceAt) / 1000
  const moved = (to: Standing['is']): Standing => ({ is: to, sinceAt: to === is ? sinceAt : at, missed: 0 })
  if (holdsNow) {
    if (is === 'alerting' || is === 'recovering') return moved('alerting')
    const isDue = seconds(rule.for) === 0 || (is === 'pending' && lastsS >= seconds(rule.for))
    return moved(isDue ? 'alerting' : 'pending')
  }
  if (is !== 'alerting' && is !== 'recovering') return moved('normal')
  const isOver = seconds(rule.keepFiringFor) === 0 || (is === 'recovering' && lastsS >= seconds(rule.keepFiringFor))
  return moved(isOver ? 'normal' : 'recovering')
}

const isFiring = (standing: Standing | undefined): boolean =>
  standing?.is === 'alerting' || standing?.is === 'recovering'

const keyOf = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort())

/** What no answer at all means: that it holds, or that it does not, for all that is known; or for the rule as such. */
const withoutData = (rule: FileRule, known: ReadonlyMap<string, Standing>): Map<string, boolean> =>
  new Map([...(known.size > 0 ? known.keys() : [keyOf({})])].map((key) => [key, rule.noDataState === 'Alerting']))

/** Evaluates a rule at times that follow each other: how many of its alerts fired, and how many were over. */
export const createEngine = (url: string, rule: FileRule) => {
  let standings: ReadonlyMap<string, Standing> = new Map()
  return async (at: number): Promise<('fired' | 'cleared')[]> => {
    const values = await judge(url, rule, at)
    const found =
      values.length === 0
        ? withoutData(rule, standings)
        : new Map(values.map(({ labels, value }) => [keyOf(labels), value !== 0]))
    const after = new Map<string, Standing>()
    for (const key of new Set([...standings.keys(), ...found.keys()])) {
      const before = standings.get(key) ?? { is: 'normal', sinceAt: at, missed: 0 }
      const holdsNow = found.get(key)
      if (holdsNow !== undefined) after.set(key, next(rule, before, holdsNow, at))
      else if (before.missed + 1 < MISSING_EVALUATIONS) after.set(key, { ...before, missed: before.missed + 1 })
    }
    const keys = [...new Set([...standings.keys(), ...after.keys()])]
    const changed = keys.filter((key) => isFiring(standings.get(key)) !== isFiring(after.get(key)))
    const told = changed.map((key) => (isFiring(after.get(key)) ? 'fired' : 'cleared'))
    standings = after
    return told
  }
}
