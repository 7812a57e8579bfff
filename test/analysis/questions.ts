/** Questions of the API about a kit's history, and the answers that two collectors give over stores of their own. */
import type { Served } from '../http/serve.ts'

const DAY_MS = 86_400_000

/** Of whom is asked, and over which time. `panel` and `pack` are modules of the kit. */
export interface Subject {
  readonly kit: string
  readonly pack: string
  readonly panel: string
  /** The first and the last moment of which anything is stored (epoch ms). */
  readonly fromAt: number
  readonly toAt: number
}

const series = ({ pack, panel, fromAt, toAt }: Subject): string[] => {
  const day = `from=${Math.max(fromAt, toAt - DAY_MS)}&to=${toAt}`
  const all = `from=${fromAt}&to=${toAt}`
  const weeks = `from=${Math.max(fromAt, toAt - 80 * DAY_MS)}&to=${toAt}`
  return [
    ...['mean', 'min', 'max', 'last'].flatMap((aggregate) => [
      `series?measurement=battery&fields=soc_pct,power_w&${day}&aggregate=${aggregate}`,
      `series?measurement=battery&fields=soc_pct,error_code,charge_limit_pct,is_ups_mode&${all}&step=86400&aggregate=${aggregate}`,
      `series?measurement=flow&${day}&step=900&aggregate=${aggregate}`,
    ]),
    ...['battery', 'kit', 'flow'].map((measurement) => `series?measurement=${measurement}&${weeks}&step=3600`),
    `series?measurement=battery&fields=soc_pct&${day}&module_sn=${pack}&step=60`,
    `series?measurement=circuit&${day}&module_sn=${panel}&side=ac&circuit=01`,
    `series?measurement=solar_input&${day}&input=01`,
    `series?measurement=kit&${day}&step=600`,
    `series?measurement=energy&fields=solar_wh,covered_s&${all}&step=86400`,
    `series?measurement=battery_health&${all}&step=86400&aggregate=last`,
  ]
}

/** Every route of history, each over short and long times. */
const questionsAbout = (subject: Subject): string[] => {
  const { fromAt, toAt } = subject
  const middle = Math.floor((fromAt + toAt) / 2)
  const ranges = [
    [fromAt, toAt],
    [fromAt + DAY_MS, fromAt + 3 * DAY_MS],
    [middle, middle + DAY_MS],
  ].map(([from, to]) => `from=${from}&to=${to}`)
  const lastDays = `from=${Math.max(fromAt, toAt - 90 * DAY_MS)}&to=${toAt}`
  return [
    ...series(subject),
    `energy?by=quarter&${lastDays}`,
    ...ranges.flatMap((range) => [
      ...['day', 'month', 'year'].map((by) => `energy?by=${by}&${range}`),
      ...['gaps', 'runs', 'events', 'health', 'circuits', 'solar'].map((route) => `${route}?${range}`),
      ...['day', 'month'].map((by) => `completeness?by=${by}&${range}`),
    ]),
  ]
}

export interface Compared {
  readonly question: string
  /** Rows and points in the answer. */
  readonly size: number
  readonly isEqual: boolean
  /** Where they first differ. */
  readonly difference: string
}

type Json = Readonly<Record<string, unknown>>

const LISTS = ['periods', 'gaps', 'runs', 'events', 'batteries', 'days', 'best_days', 'circuits']

const sizeOf = (answer: Json): number => {
  if (Array.isArray(answer.series))
    return (answer.series as { at_ms: unknown[] }[]).reduce((sum, { at_ms }) => sum + at_ms.length, 0)
  return LISTS.reduce((sum, name) => sum + (Array.isArray(answer[name]) ? answer[name].length : 0), 0)
}

const ask = async (served: Served, kit: string, question: string): Promise<Json> => {
  const answer = await served.get(`/api/v1/kits/${kit}/${question}`)
  const body = (await answer.json()) as Json
  if (answer.status !== 200) throw new Error(`${question}: ${answer.status} ${String(body.detail)}`)
  return body
}

/** Keys in one order: what a store tells first is no part of its answer. */
const canonical = (answer: Json): string => {
  const inOrder = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  return JSON.stringify(answer, (_, value) => inOrder(value))
}

const firstDifference = (one: string, other: string): string => {
  if (one === other) return ''
  const at = [...one].findIndex((character, index) => character !== other[index])
  const from = Math.max(0, at - 60)
  return `${one.slice(from, at + 30)} against ${other.slice(from, at + 30)}`
}

/** Asks both all questions, or those on some routes. Fails where one refuses to answer. */
export const compareAnswers = async (
  one: Served,
  other: Served,
  subject: Subject,
  routes = /./,
): Promise<Compared[]> => {
  const compared: Compared[] = []
  for (const question of questionsAbout(subject).filter((asked) => routes.test(asked))) {
    const [first, second] = [await ask(one, subject.kit, question), await ask(other, subject.kit, question)]
    const difference = firstDifference(canonical(first), canonical(second))
    compared.push({ question, size: sizeOf(first), isEqual: difference === '', difference })
  }
  return compared
}
