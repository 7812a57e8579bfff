/**
 * The command `report`: a kit's history as a table, as JSON or as CSV, asked of the running collector or of its store.
 * What is worked out from the store is in the analysis; here it is asked for and laid out.
 */
import type { Entry } from '../analysis/asked.ts'
import { PERIODS, type Period } from '../analysis/energy.ts'
import { CollectorError } from '../errors.ts'
import type { OpenedAnswers } from '../local/open-answers.ts'
import type { NamedKit } from '../local/protocol.ts'
import type { Answers } from '../store/store.ts'
import { dateOf } from '../track/local-day.ts'
import { type AskPerson, chooseKit, labelOf } from './choose-kit.ts'
import { csvLines } from './csv.ts'
import { type Range, readRange } from './range.ts'
import { fillColumns, start } from './report-columns.ts'
import { BATTERY_DAYS, REPORTS, type ReportKind, type ReportPlace, USUAL_FROM } from './report-kinds.ts'
import { drawTable } from './table.ts'

/** As it was typed. */
export interface ReportAsked {
  readonly what: string
  readonly kit?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly by?: string | undefined
  readonly form: 'table' | 'json' | 'csv'
}

export interface ReportShell {
  /** Epoch ms. */
  readonly now: number
  /** Of the terminal, in characters. */
  readonly width: number
  readonly ask: AskPerson
  /** Text with its line ends. */
  readonly write: (text: string) => void
}

const unclear = (text: string): CollectorError => new CollectorError('question_unclear', text)

const kindOf = ({ what, from, to, by }: ReportAsked): ReportKind => {
  if (!Object.hasOwn(REPORTS, what))
    throw unclear(`There is no report ${what}: expected ${Object.keys(REPORTS).join(', ')}.`)
  const isOfDays = what === 'battery' && [from, to, by].some((each) => each !== undefined)
  return isOfDays ? BATTERY_DAYS : REPORTS[what as keyof typeof REPORTS]
}

const periodOf = ({ by: able }: ReportKind, { what, by }: ReportAsked): Period => {
  if (by === undefined) return able[0] ?? 'day'
  const period = PERIODS.find((each) => each === by)
  if (period !== undefined && able.includes(period)) return period
  throw unclear(
    able.length === 0
      ? `The report ${what} is not told by periods: leave --by out.`
      : `The report ${what} cannot be told by ${by}: expected ${able.join(', ')}.`,
  )
}

const currencyOf = async (answers: Answers, kitSn: string): Promise<string> => {
  const question = { bucket: 'history', measurement: 'site', tags: { kit_sn: kitSn }, fields: ['currency'] } as const
  return String((await answers.last(question))[0]?.value ?? '')
}

/** From when to when there is anything of the kind; undefined where there is nothing. */
const storedRange = async (answers: Answers, measurement: string, kitSn: string): Promise<Range | undefined> => {
  const scope = { bucket: 'history', measurement, tags: { kit_sn: kitSn } } as const
  const [first] = await answers.rows({ ...scope, from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1 })
  const last = (await answers.last(scope)).reduce((newest, { at }) => Math.max(newest, at), 0)
  return first && { fromAt: first.at, toAt: last }
}

const nothingFound = (kit: NamedKit, what: string, range: Range, stored: Range | undefined): string => {
  const date = (at: number): string => dateOf(at, kit.timeZone)
  const none = `Nothing of ${what} is stored of ${labelOf(kit)}`
  if (stored === undefined) return `${none} yet.\n`
  const [from, to] = [date(stored.fromAt), date(stored.toAt)]
  return `${none} from ${date(range.fromAt)} to ${date(range.toAt - 1)}. There is something from ${from} to ${to}: --from ${from} --to ${to}\n`
}

const leftOut = (count: number): string =>
  `${count} shorter than a minute and with less than 1 Wh ${count === 1 ? 'is' : 'are'} left out; --json has all.`

const tableOf = (
  kind: ReportKind,
  kit: NamedKit,
  range: Range,
  place: ReportPlace,
  entries: readonly Entry[],
  width: number,
): string => {
  const [from, to] = [dateOf(range.fromAt, kit.timeZone), dateOf(range.toAt - 1, kit.timeZone)]
  const isNow = kind === REPORTS.battery
  const shown = entries.filter((entry) => kind.isShown?.(entry) ?? true)
  const title = `${labelOf(kit)}: ${kind.is.split(';')[0]}`
  const lines = [
    isNow ? title : `${title}, ${from === to ? from : `${from} to ${to}`} (${kit.timeZone})`,
    '',
    ...drawTable(fillColumns(kind.columns(place, shown), shown), width),
    ...(kind.notes?.(shown) ?? []),
    ...(shown.length < entries.length ? [leftOut(entries.length - shown.length)] : []),
  ]
  return `${lines.join('\n')}\n`
}

/** In a spreadsheet nobody reads epoch times. */
const withStart = (entry: Entry, timeZone: string): Entry =>
  typeof entry.start_ms === 'number'
    ? { start: start('moment', timeZone).show(entry.start_ms, entry), ...entry }
    : entry

/** Throws CollectorError: `question_unclear`, `nothing_collected`, or what the store says. */
export const report = async (
  asked: ReportAsked,
  { answers, kits }: OpenedAnswers,
  shell: ReportShell,
): Promise<void> => {
  const kind = kindOf(asked)
  const by = periodOf(kind, asked)
  const kit = await chooseKit(asked.kit, kits, shell.ask)
  const { kitSn, timeZone } = kit
  const range = readRange(asked, USUAL_FROM[by], { timeZone, now: shell.now })
  const place = { timeZone, by, currency: asked.what === 'energy' ? await currencyOf(answers, kitSn) : '' }
  const entries = await kind.ask(answers, { kitSn, ...range, ...place })
  if (asked.form === 'json') {
    const head = { report: asked.what, kit_sn: kitSn, name: kit.name, time_zone: timeZone }
    const period = { from_ms: range.fromAt, to_ms: range.toAt, by: kind.by.length > 0 ? by : undefined }
    const span = kind === REPORTS.battery ? {} : period
    shell.write(`${JSON.stringify({ ...head, ...span, entries }, undefined, 2)}\n`)
  } else if (asked.form === 'csv') {
    for (const line of csvLines(entries.map((entry) => withStart(entry, timeZone)))) shell.write(line)
  } else if (entries.length === 0)
    shell.write(nothingFound(kit, asked.what, range, await storedRange(answers, kind.measurement, kitSn)))
  else shell.write(tableOf(kind, kit, range, place, entries, shell.width))
}
