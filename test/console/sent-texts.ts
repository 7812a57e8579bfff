/**
 * What the collector sends in English for a page to show: the words of its catalogues, and the sentences that stand in
 * its source. In a sentence `{}` stands for what differs each time.
 */
import { ALERTS } from '../../src/catalogue/alerts.ts'
import { paramsSchema } from '../../src/catalogue/command.ts'
import { COMMANDS } from '../../src/catalogue/commands.ts'
import type { StateField } from '../../src/catalogue/field.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { FAILURES } from '../../src/cloud/failures.ts'
import { titleOf } from '../../src/console/pages/control/known-command.ts'
import { TOLD_COUNTERS } from '../../src/console/pages/health/told-counters.ts'
import { presentFields } from '../../src/control/present.ts'
import { COUNTERS, type CounterName } from '../../src/counters.ts'
import { ERRORS } from '../../src/errors.ts'
import { PROBLEMS } from '../../src/http/problem.ts'
import { QUARANTINE_REASONS } from '../../src/normalise/sample.ts'
import { REJECTIONS } from '../../src/report/report.ts'
import { GAP_CAUSES } from '../../src/track/causes.ts'
import { VERDICTS } from '../../src/track/verdict.ts'
import { readFiles } from '../architecture/read-files.ts'

const ofCommands = (): string[] =>
  COMMANDS.flatMap((command) => {
    const { properties = {} } = paramsSchema(command) as { properties?: Record<string, { description?: string }> }
    const { module: _, ...params } = properties
    return [
      titleOf(command.name),
      command.is,
      ...Object.entries(params).flatMap(([name, { description = '' }]) => [name, description]),
      ...(command.danger ? [command.danger.when, command.danger.why] : []),
      ...Object.values(presentFields(command)).flatMap(({ values = [] }) => values.flatMap(({ text = [] }) => text)),
      ...[command.readBack(command.example)].filter((said) => typeof said === 'string'),
    ]
  })

const ofModules = (): string[] =>
  MODULES.flatMap(({ label, fields }) => [
    label,
    ...fields.filter((field) => 'alarm' in field && field.alarm).map(({ is }) => is),
    ...fields
      .filter((field): field is StateField => field.kind === 'state')
      .flatMap(({ states }) => Object.values(states)),
  ])

/** Of counters that the page tells of. */
const LABELS = [
  'full',
  'disk_full',
  'too_long',
  'closed',
  'record',
  'stretch',
  'torn_tail',
  'snapshot',
  'raw',
  'history',
]

const ofCounters = (): string[] => [
  ...TOLD_COUNTERS.map((name) => COUNTERS[name as CounterName]),
  ...[...Object.keys(REJECTIONS), ...Object.keys(QUARANTINE_REASONS), ...LABELS].map((label) =>
    label.replaceAll('_', ' '),
  ),
]

/** Every one of them. */
export const catalogueTexts = (): ReadonlySet<string> =>
  new Set([
    ...Object.values(VERDICTS).map(({ is }) => is),
    ...Object.values(GAP_CAUSES),
    ...ofModules(),
    ...ofCommands(),
    ...ofCounters(),
    ...Object.values(PROBLEMS).map(({ title }) => title),
    // Alerts of the collector itself are no event of a kit.
    ...ALERTS.filter(({ row }) => row !== 'collector').map(({ title }) => title),
    ...Object.entries(ERRORS).flatMap(([code, { help }]) => (code.startsWith('store_') ? [help] : [])),
    ...Object.values(FAILURES).flatMap(({ is, help }) => [is, help]),
  ])

/** Where what is put into a text at `from`, behind its brace, ends. */
const endOfHole = (code: string, from: number): number => {
  let depth = 1
  for (let at = from; at < code.length; at++) {
    if (code[at] === '{') depth++
    if (code[at] === '}' && --depth === 0) return at
  }
  return code.length
}

/** The code with `{}` for what is put into its texts, and that by itself, since it may hold further texts. */
const withHoles = (code: string): string => {
  const from = code.indexOf('${') + 2
  if (from < 2) return code
  const end = endOfHole(code, from)
  return withHoles(`${code.slice(0, from - 2)}{}${code.slice(end + 1)}\n${code.slice(from, end)}\n`)
}

const COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm
const LITERALS = /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g
const JOINT = /^\s*\+\s*$/

/** Texts of the code; those that are joined by a plus are one. */
const textsIn = (code: string): string[] => {
  const texts: string[] = []
  let end = 0
  for (const { 0: whole, 1: plain, 2: holed = '', index } of code.matchAll(LITERALS)) {
    const text = (plain ?? holed).replaceAll("\\'", "'")
    if (JOINT.test(code.slice(end, index))) texts.push((texts.pop() ?? '') + text)
    else texts.push(text)
    end = index + whole.length
  }
  return texts
}

/** All texts in the code below src whose path fits. */
export const sourceTexts = (fits: RegExp): readonly string[] =>
  [...readFiles(['src'])]
    .filter(([path]) => fits.test(path.replace('src/', '')))
    .flatMap(([, code]) => textsIn(withHoles(code.replaceAll(COMMENTS, ''))))

/** Of several words. */
export const isProse = (text: string): boolean => /\p{L}{2,},? \p{L}+/u.test(text)
