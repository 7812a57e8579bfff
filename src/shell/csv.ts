/** Comma separated values by RFC 4180. Absent values are empty. */

/** One value as it stands in a line. */
export const csvCell = (value: number | string | undefined): string => {
  if (typeof value !== 'string') return value === undefined ? '' : String(value)
  return /[",\r\n]/.test(value) || value === '' ? `"${value.replaceAll('"', '""')}"` : value
}

/** Header and rows; the columns are all names in the order in which they come. */
export const csvLines = (entries: readonly Readonly<Record<string, number | string>>[]): string[] => {
  const names = [...new Set(entries.flatMap((entry) => Object.keys(entry)))]
  return [names, ...entries.map((entry) => names.map((name) => entry[name]))].map(
    (cells) => `${cells.map(csvCell).join(',')}\r\n`,
  )
}
