/** The ledger of gaps held against what was done: each hole once, with its cause, begun and ended when it did. */
import type { Row } from '../../src/store/store.ts'
import { ALL } from '../../src/track/events.ts'
import type { Done, Expected } from './cloud-day.ts'

export interface Held {
  readonly expected: Expected
  readonly row: Row | undefined
  /** How far the row's ends are from the hole's (ms). */
  readonly startOffMs: number
  readonly endOffMs: number
  readonly isGood: boolean
}

export interface Limits {
  readonly startMs: number
  readonly endMs: number
}

export interface Ledger {
  readonly held: readonly Held[]
  /** Rows of kits that nothing explains. */
  readonly unexpected: readonly Row[]
  /** Rows of single modules, and those of them that lie within no fault. */
  readonly ofModules: readonly Row[]
  readonly unexplained: readonly Row[]
  readonly withoutCause: readonly Row[]
}

const endOf = (row: Row): number => Number(row.values.end_ms)

const overlaps = (row: Row, { fromAt, toAt }: { fromAt: number; toAt: number }): boolean =>
  row.at < toAt && endOf(row) > fromAt

const hold = (expected: Expected, rows: readonly Row[], limits: Limits): Held => {
  const row = rows.find(
    ({ tags, values, ...rest }) =>
      tags.kit_sn === expected.kitSn &&
      values.cause === expected.cause &&
      overlaps({ tags, values, ...rest }, expected),
  )
  if (row === undefined) return { expected, row, startOffMs: Number.NaN, endOffMs: Number.NaN, isGood: false }
  const startOffMs = row.at - expected.fromAt
  const endOffMs = endOf(row) - expected.toAt
  const isGood =
    Math.abs(startOffMs) <= limits.startMs && Math.abs(endOffMs) <= limits.endMs && row.values.is_open === 0
  return { expected, row, startOffMs, endOffMs, isGood }
}

/** `aroundMs` is how long after a fault a module may still be missing. */
export const holdLedger = (
  expected: readonly Expected[],
  done: readonly Done[],
  gaps: readonly Row[],
  limits: Limits,
  aroundMs: number,
): Ledger => {
  const ofKits = gaps.filter(({ tags }) => tags.module_sn === ALL)
  const ofModules = gaps.filter(({ tags }) => tags.module_sn !== ALL)
  const held = expected.map((one) => hold(one, ofKits, limits))
  const used = new Set(held.map(({ row }) => row))
  const isExplained = (row: Row): boolean =>
    done.some(({ fromAt, toAt }) => overlaps(row, { fromAt, toAt: toAt + aroundMs }))
  return {
    held,
    unexpected: ofKits.filter((row) => !used.has(row)),
    ofModules,
    unexplained: ofModules.filter((row) => !isExplained(row)),
    withoutCause: gaps.filter(({ values }) => !values.cause || !values.text),
  }
}

const clock = (at: number): string => new Date(at).toISOString().slice(11, 19)
const seconds = (ms: number): string => (Number.isNaN(ms) ? 'no row' : `${(ms / 1000).toFixed(1)} s`)

/** Of many kits the first few, and how many more. */
const shortened = (said: readonly string[]): string => {
  const shown = [...said].sort((a, b) => Number(b.endsWith('WRONG')) - Number(a.endsWith('WRONG'))).slice(0, 3)
  return shown.join('; ') + (said.length > shown.length ? `; and ${said.length - shown.length} more` : '')
}

/** Prints the table; true when everything holds. */
export const printLedger = (done: readonly Done[], ledger: Ledger): boolean => {
  console.log(`${'fault'.padEnd(54)}${'from'.padEnd(10)}${'to'.padEnd(10)}in the ledger (start off, end off)`)
  for (const { fault, fromAt, toAt } of done) {
    const held = ledger.held.filter(({ expected }) => expected.fault === fault)
    const said = held.map(
      ({ expected, startOffMs, endOffMs, isGood }) =>
        `${expected.cause} (${seconds(startOffMs)}, ${seconds(endOffMs)})${isGood ? '' : ' WRONG'}`,
    )
    console.log(
      `${fault.padEnd(54)}${clock(fromAt).padEnd(10)}${clock(toAt).padEnd(10)}${shortened(said) || 'nothing missing'}`,
    )
  }
  const tell = (what: string, rows: readonly Row[]): void => {
    for (const { at, tags, values } of rows)
      console.log(
        `  ${what}: ${tags.kit_sn} ${tags.module_sn} ${clock(at)} to ${clock(Number(values.end_ms))} ${values.cause}`,
      )
  }
  tell('kit’s gap that no fault explains', ledger.unexpected)
  tell('module’s own gap', ledger.ofModules)
  tell('module’s gap that no fault explains', ledger.unexplained)
  tell('gap without a cause', ledger.withoutCause)
  const wrong = ledger.held.filter(({ isGood }) => !isGood)
  return wrong.length + ledger.unexpected.length + ledger.unexplained.length + ledger.withoutCause.length === 0
}
