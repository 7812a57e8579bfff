/** What a person may write behind an option of a command, and what is said when it is something else. */
import { InvalidArgumentError } from 'commander'
import { isSerialNumber } from './catalogue/serial-numbers.ts'

export const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number.')
  return Number(text)
}

export const atLeastOne = (text: string): number => {
  if (whole(text) === 0) throw new InvalidArgumentError('expected 1 or more.')
  return whole(text)
}

export const serialNumber = (text: string): string => {
  if (!isSerialNumber(text))
    throw new InvalidArgumentError('expected letters, digits and dashes, such as M109ZAB4Z000001F.')
  return text
}

/** How `instant` reads what is written. */
export const INSTANTS =
  'A time such as 2026-06-01T12:00:00Z is a moment; a plain date such as 2026-06-01 is its midnight in UTC (not where the ' +
  'kit is),\na time without Z or offset is by the clock of this machine, and a number is ms since 1970.'

/** Epoch ms. */
export const instant = (text: string): number => {
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  if (!Number.isFinite(at)) throw new InvalidArgumentError('expected a time such as 2026-06-01T12:00:00Z.')
  return at
}
