/** Tables of values for other programs (RFC 4180): times by the clock of the kit with its offset, and as epoch ms. Pure. */
import { localIso, zoneOf } from '../../zone.ts'

export interface Column {
  /** As the data model names it, with its unit: `solar_w (W)`. */
  readonly header: string
  /** One per time; nothing stands where nothing is known. */
  readonly values: readonly (number | string | null | undefined)[]
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const lineOf = (cells: readonly (number | string | null | undefined)[]): string =>
  cells.map((cell) => (cell === null || cell === undefined ? '' : quoted(String(cell)))).join(',')

/** `times` are epoch ms. Lines end in CR LF, the last one too. */
export const csvOf = (times: readonly number[], columns: readonly Column[], timeZone: string): string => {
  const zone = zoneOf(timeZone)
  const head = ['time', 'epoch_ms', ...columns.map(({ header }) => header)]
  const lines = times.map((at, index) =>
    lineOf([localIso(at, zone), at, ...columns.map(({ values }) => values[index])]),
  )
  return [lineOf(head), ...lines].map((line) => `${line}\r\n`).join('')
}

/** The same as the content of a file. */
export const csvFile = (...table: Parameters<typeof csvOf>): Blob => new Blob([csvOf(...table)], { type: 'text/csv' })
