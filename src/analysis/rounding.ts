/**
 * Rounding of what is computed from stored values. Stores add in orders of their own, which shows in the last digits of
 * a float; nobody measures those, and without them every store gives the same answer.
 */

/** To three decimals: sums of energy, of seconds, shares. */
export const toThousandths = (value: number): number => Math.round(value * 1000) / 1000

/** From here on a value is rounded to a whole number. */
const LARGE = 1e9

/** To nine digits: means of any size. */
export const toNineDigits = (value: number): number => {
  if (Number.isInteger(value)) return value
  return Math.abs(value) >= LARGE ? Math.round(value) : Number(value.toPrecision(9))
}
