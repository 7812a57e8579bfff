/**
 * Line protocol, the text that goes to disk and to the database, and a parser that is its exact inverse.
 * Numbers are always floats; times are epoch ms. Escaping follows what InfluxDB really reads:
 * a backslash in a tag cannot be escaped, and one at its end would swallow the separator behind it, so trailing
 * backslashes become slashes; line breaks become spaces; a tag without a value cannot exist and is left out.
 */

export interface Point {
  readonly measurement: string
  readonly tags: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, number | string>>
  /** Epoch ms. */
  readonly at: number
}

/** What a tag value becomes before it is escaped; the inverse gives back this. */
export const cleanTag = (text: string): string => text.replace(/[\r\n\t]/g, ' ').replace(/\\(?=\\*$)/g, '/')

/** What a text field becomes before it is escaped; the inverse gives back this. */
export const cleanText = (text: string): string => text.replace(/[\r\n]/g, ' ')

/** A tag key, tag value or field key as it stands in a line. */
const encodeTag = (text: string): string => cleanTag(text).replace(/[,= ]/g, '\\$&')

/** A text field's value as it stands in a line, quotes included. */
export const encodeText = (text: string): string =>
  /["\\\r\n]/.test(text) ? `"${cleanText(text).replace(/["\\]/g, '\\$&')}"` : `"${text}"`

/** `measurement,tag=value…` up to the space before the fields; empty tag values are left out. */
export const encodeSeries = (measurement: string, tags: Readonly<Record<string, string>>): string => {
  let series = cleanTag(measurement).replace(/[, ]/g, '\\$&')
  for (const key in tags) {
    const value = tags[key]
    if (value) series += `,${encodeTag(key)}=${encodeTag(value)}`
  }
  return series
}

/** One line with its \n. Fields that are not finite numbers or text are left out; without any field the line is empty. */
export const encodePoint = (point: Point): string => {
  let fields = ''
  for (const key in point.fields) {
    const value = point.fields[key]
    if (typeof value === 'string') fields += `,${encodeTag(key)}=${encodeText(value)}`
    else if (Number.isFinite(value)) fields += `,${encodeTag(key)}=${value}`
  }
  return fields === '' ? '' : `${encodeSeries(point.measurement, point.tags)} ${fields.slice(1)} ${point.at}\n`
}

const isEscaped = (line: string, at: number): boolean => line.charCodeAt(at - 1) === 92

/** Index of the first unescaped `mark` at or after `from`; -1 without one. */
const indexOfMark = (line: string, mark: string, from: number): number => {
  let at = line.indexOf(mark, from)
  while (at > 0 && isEscaped(line, at)) at = line.indexOf(mark, at + 1)
  return at
}

const unescapeMeasurement = (text: string): string => text.replace(/\\([, ])/g, '$1')

const unescapeTag = (text: string): string => (text.includes('\\') ? text.replace(/\\([,= ])/g, '$1') : text)

/** Index of the quote that closes the text which opens at `open`. */
const indexOfClosingQuote = (line: string, open: number): number => {
  for (let at = open + 1; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === 92) at++
    else if (code === 34) return at
  }
  throw new SyntaxError('a text without its closing quote')
}

const parseSeries = (series: string): Pick<Point, 'measurement' | 'tags'> => {
  const tags: Record<string, string> = {}
  let comma = indexOfMark(series, ',', 0)
  const measurement = unescapeMeasurement(comma < 0 ? series : series.slice(0, comma))
  while (comma >= 0) {
    const next = indexOfMark(series, ',', comma + 1)
    const pair = series.slice(comma + 1, next < 0 ? undefined : next)
    const equals = indexOfMark(pair, '=', 0)
    if (equals <= 0) throw new SyntaxError('a tag without a value')
    tags[unescapeTag(pair.slice(0, equals))] = unescapeTag(pair.slice(equals + 1))
    comma = next
  }
  return { measurement, tags }
}

const parseNumber = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new SyntaxError(`not a number: ${text.slice(0, 40)}`)
  return value
}

/** The point of one line (with or without its \n). Throws SyntaxError on anything `encodePoint` cannot have made. */
export const parseLine = (text: string): Point => {
  const line = text.endsWith('\n') ? text.slice(0, -1) : text
  const space = indexOfMark(line, ' ', 0)
  if (space < 0) throw new SyntaxError('a line without fields')
  const fields: Record<string, number | string> = {}
  let at = space
  do {
    const equals = indexOfMark(line, '=', at + 1)
    if (equals < 0) throw new SyntaxError('a field without a value')
    const key = unescapeTag(line.slice(at + 1, equals))
    if (line.charCodeAt(equals + 1) === 34) {
      const close = indexOfClosingQuote(line, equals + 1)
      fields[key] = line.slice(equals + 2, close).replace(/\\(["\\])/g, '$1')
      at = close + 1
    } else {
      const comma = line.indexOf(',', equals)
      const end = line.indexOf(' ', equals)
      if (end < 0) throw new SyntaxError('a line without a time')
      at = comma < 0 || comma > end ? end : comma
      fields[key] = parseNumber(line.slice(equals + 1, at))
    }
  } while (line.charCodeAt(at) === 44)
  if (line.charCodeAt(at) !== 32) throw new SyntaxError('a line without a time')
  return { ...parseSeries(line.slice(0, space)), fields, at: parseNumber(line.slice(at + 1)) }
}
