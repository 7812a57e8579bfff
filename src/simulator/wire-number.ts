/** How the vendor's firmware turns quantities into wire numbers. */

/** A JSON value of a report. */
export type WireValue = number | string | readonly number[] | { readonly [key: string]: number }

/** One module's fields under the vendor's names. */
export type WireFields = Record<string, WireValue>

/** One record of several, which are given up. Spread would be some fifty times slower, and this runs for every report. */
export const joined = (record: WireFields, ...others: readonly WireFields[]): WireFields =>
  Object.assign(record, ...others)

/** Cut off towards zero, as the vendor does with watts; never -0. */
export const whole = (value: number): number => Math.trunc(value) + 0

/** Volts, amperes or watts in thousandths. */
export const milli = (value: number): number => whole(value * 1000)

/** A signed number in 16 bits without a sign. */
export const wrap16 = (value: number): number => whole(value) & 0xffff

/** `count` codes from `base` on in steps of 40, and the panel's own at 800: all well. */
export const calmCodes = (base: number, count: number): number[] => [
  ...Array.from({ length: count }, (_, index) => base + 40 * index),
  base + 800,
]

/** Bit n set when element n says so. */
export const mask = (values: readonly boolean[]): number =>
  values.reduce((bits, isSet, index) => (isSet ? bits | (1 << index) : bits), 0)

/** The vendor's "no estimate" of a remaining time: 100 days less a minute. */
export const NO_ESTIMATE_MIN = 143_999
