/**
 * What the kit's own words say of a command's effect: the wire fields of each report, compared as they came and not as
 * they were merged. Pure. Which reports are to be trusted is the caller's to say.
 */
import { MODULES } from '../catalogue/modules.ts'
import { createCatalogue } from '../catalogue/vocabulary.ts'
import { toNumber } from '../normalise/wire-value.ts'
import { isObject, unpack } from '../report/json.ts'
import type { ModuleRecord, QuotaReport } from '../report/report.ts'
import type { WantedReadBack } from './command-record.ts'

/** The last that was heard of one wanted field. */
interface Word {
  readonly value: unknown
  readonly isAsAsked: boolean
  /** Epoch ms. */
  readonly at: number
  /** How often in a row it was said; a push says it as good as twice. */
  readonly times: number
}

/** `words[i]` is what was heard of `wanted[i]`. */
export interface Reading {
  readonly wanted: readonly WantedReadBack[]
  readonly words: (Word | undefined)[]
  /** Whether all stands as asked now where something was heard to stand otherwise before: proof of a change. */
  hasChanged: boolean
}

const TWICE = 2
/** What was said longer ago may have changed since: polls come more often than this. */
const CURRENT_MS = 15_000
const MAX_DEPTH = 4

const catalogue = createCatalogue(MODULES)

export const createReading = (wanted: readonly WantedReadBack[]): Reading => ({
  wanted,
  words: wanted.map(() => undefined),
  hasChanged: false,
})

/** Every field with its dotted path, whichever way the record nests them. */
function* pathsOf(
  fields: Readonly<Record<string, unknown>>,
  before = '',
  depth = 0,
): Generator<[path: string, value: unknown]> {
  for (const [key, packed] of Object.entries(fields)) {
    const value = unpack(packed)
    if (isObject(value) && depth < MAX_DEPTH) yield* pathsOf(value, `${before}${key}.`, depth + 1)
    else yield [`${before}${key}`, value]
  }
}

/** The field's value in the record, whatever spelling it came in; undefined where it is not there. */
const valueIn = ({ kind, sn, fields }: ModuleRecord, wanted: WantedReadBack): unknown => {
  if (wanted.sn !== undefined && sn !== wanted.sn) return undefined
  const target = catalogue.tables.get(wanted.kind)?.vocabulary.get(wanted.field)
  const words = catalogue.wordsOf(kind)
  if (target === undefined || words === undefined) return undefined
  for (const [path, value] of pathsOf(fields)) if (words.get(path)?.wireField === target) return value
  return undefined
}

const isAsAsked = ({ mask, expected }: WantedReadBack, value: unknown): boolean => {
  const number = toNumber(value)
  return mask === undefined ? number === expected : (number & mask) === expected
}

const hear = (before: Word | undefined, wanted: WantedReadBack, value: unknown, via: string, at: number): Word => {
  const now = isAsAsked(wanted, value)
  const earlier = before?.isAsAsked === now ? before.times : 0
  // One answer may say it in two places.
  const more = before?.at === at && earlier > 0 ? 0 : via === 'push' ? TWICE : 1
  return { value, isAsAsked: now, at, times: earlier + more }
}

/** Whether everything stands as asked, by the last words heard. */
export const showsEffect = ({ words }: Reading): boolean =>
  words.length > 0 && words.every((word) => word?.isAsAsked === true)

/**
 * Takes in what a report says. `isEarly`: the command may not have been carried out yet, so that only what stands as
 * asked counts.
 */
export const readReport = (reading: Reading, { records, via }: QuotaReport, at: number, isEarly: boolean): void => {
  const stoodOtherwise = reading.words.some((word) => word?.isAsAsked === false)
  for (const [i, wanted] of reading.wanted.entries()) {
    for (const record of records) {
      const value = valueIn(record, wanted)
      if (value === undefined) continue
      const word = hear(reading.words[i], wanted, value, via, at)
      reading.words[i] = isEarly && !word.isAsAsked ? { ...word, times: 0 } : word
    }
  }
  if (stoodOtherwise && showsEffect(reading)) reading.hasChanged = true
}

const nameOf = ({ kind, sn, field }: WantedReadBack): string => `${field} of ${kind}${sn === undefined ? '' : ` ${sn}`}`

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 40)

const otherwise = (reading: Reading, isTold: (word: Word) => boolean): string =>
  reading.wanted
    .flatMap((wanted, i) => {
      const word = reading.words[i]
      if (word === undefined || word.isAsAsked || !isTold(word)) return []
      const bits = wanted.mask === undefined ? '' : ` in the bits ${wanted.mask}`
      return [`${nameOf(wanted)} is ${shown(word.value)}, where ${wanted.expected}${bits} was asked`]
    })
    .join('; ')

/** What the kit reported otherwise by `at`, lately and more than once; empty where it did not. */
export const contradiction = (reading: Reading, at: number): string =>
  otherwise(reading, (word) => word.times >= TWICE && at - word.at <= CURRENT_MS)

/** What the kit last reported otherwise, however seldom or long ago; empty where nothing. */
export const lastOtherwise = (reading: Reading): string => otherwise(reading, () => true)
