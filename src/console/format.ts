/**
 * Values as people read them: in the words of their language, with their unit, and a dash for what is not known. Pure.
 * Never 0 for a value that is absent.
 */

/** Keeps a number and its unit on one line. */
const NBSP = '\u00a0'
export const UNKNOWN = '–'

type Maybe = number | undefined | null

const fixed = (value: number, digits: number, locale: string): string =>
  // -0 and what rounds to it is 0.
  (Math.round(value * 10 ** digits) / 10 ** digits + 0).toLocaleString(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })

export const isKnown = (value: Maybe): value is number => typeof value === 'number' && Number.isFinite(value)

/** `digits` after the point. */
export const quantity = (value: Maybe, unit: string, digits: number, locale: string): string =>
  isKnown(value) ? `${fixed(value, digits, locale)}${unit === '' ? '' : NBSP + unit}` : UNKNOWN

export const number = (value: Maybe, locale: string, digits = 0): string => quantity(value, '', digits, locale)

const KILO = 1_000
const KILOWATTS_FROM = 10 * KILO

/** `350 W`, `12.4 kW`. */
export const watts = (value: Maybe, locale: string): string =>
  isKnown(value) && Math.abs(value) >= KILOWATTS_FROM
    ? quantity(value / KILO, 'kW', 1, locale)
    : quantity(value, 'W', 0, locale)

const DIGITS_UNTIL_KWH = 100

/** What rounds to 10 with one digit has none. */
const TENTHS_UNTIL_WH = 9.95

/** `2.4 Wh`, `350 Wh`, `2.09 kWh`, `125.8 kWh`. */
export const energy = (wh: Maybe, locale: string): string => {
  if (!isKnown(wh) || Math.abs(wh) < KILO)
    return quantity(wh, 'Wh', isKnown(wh) && wh !== 0 && Math.abs(wh) < TENTHS_UNTIL_WH ? 1 : 0, locale)
  const kwh = wh / KILO
  return quantity(kwh, 'kWh', Math.abs(kwh) < DIGITS_UNTIL_KWH ? 2 : 1, locale)
}

export const percent = (value: Maybe, locale: string, digits = 0): string => quantity(value, '%', digits, locale)
export const volts = (value: Maybe, locale: string, digits = 1): string => quantity(value, 'V', digits, locale)

/** What rounds to 1 with two digits has one. */
const HUNDREDTHS_UNTIL_A = 0.995

const digitsOfAmperes = (value: Maybe): number =>
  isKnown(value) && value !== 0 && Math.abs(value) < HUNDREDTHS_UNTIL_A ? 2 : 1

/** `12.4 A`, `0.02 A`; in a column all with the same `digits`. */
export const amperes = (value: Maybe, locale: string, digits = digitsOfAmperes(value)): string =>
  quantity(value, 'A', digits, locale)

export const celsius = (value: Maybe, locale: string): string => quantity(value, '°C', 0, locale)

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `512 B`, `52.5 kB`, `1.2 GB`. */
export const bytes = (value: Maybe, locale: string): string => {
  if (!isKnown(value)) return UNKNOWN
  const step = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3))
  return quantity(value / KILO ** step, BYTE_UNITS[step] ?? 'B', step === 0 ? 0 : 1, locale)
}

const MINUTE_S = 60
const HOUR_S = 3_600
const DAY_S = 86_400

/** `40 s`, `12 min`, `2 h 5 min`, `3 d 4 h`: the same letters in English and German. */
export const duration = (seconds: Maybe, locale: string): string => {
  if (!isKnown(seconds)) return UNKNOWN
  const whole = Math.max(0, Math.round(seconds))
  const part = (value: number, unit: string) => quantity(Math.floor(value), unit, 0, locale)
  if (whole < MINUTE_S) return part(whole, 's')
  if (whole < HOUR_S) return part(whole / MINUTE_S, 'min')
  const [large, small, of, named] =
    whole < 2 * DAY_S ? (['h', 'min', HOUR_S, MINUTE_S] as const) : (['d', 'h', DAY_S, HOUR_S] as const)
  const rest = Math.floor((whole % of) / named)
  return rest === 0 ? part(whole / of, large) : `${part(whole / of, large)} ${part(rest, small)}`
}

/** A moment of epoch ms by the clock of `timeZone`, or of this machine. */
export const moment = (at: Maybe, locale: string, timeZone?: string): string =>
  isKnown(at)
    ? new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', ...(timeZone && { timeZone }) })
    : UNKNOWN

export const clockTime = (at: Maybe, locale: string, timeZone?: string): string =>
  isKnown(at) ? new Date(at).toLocaleTimeString(locale, { timeStyle: 'short', ...(timeZone && { timeZone }) }) : UNKNOWN

export const day = (at: Maybe, locale: string, timeZone?: string): string =>
  isKnown(at)
    ? new Date(at).toLocaleDateString(locale, { dateStyle: 'medium', ...(timeZone && { timeZone }) })
    : UNKNOWN

const UNIT_SIGNS: Readonly<Record<string, string>> = {
  w: 'W',
  wh: 'Wh',
  va: 'VA',
  v: 'V',
  a: 'A',
  ah: 'Ah',
  hz: 'Hz',
  pct: '%',
  c: '°C',
  m: 'm',
}
const MOST_DIGITS = 3

/** Any number by the unit word of the API, with the digits that it has, up to three; `s` as a duration. */
export const inUnit = (value: number, unit: string, locale: string): string => {
  if (unit === 's') return duration(value, locale)
  const [text, sign] = [value.toLocaleString(locale, { maximumFractionDigits: MOST_DIGITS }), UNIT_SIGNS[unit]]
  return sign === undefined ? text : `${text}${NBSP}${sign}`
}
