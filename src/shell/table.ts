/** Tables in plain text for a terminal or a pipe: aligned columns, small bars, no colours. */

/** Beside its text a cell may have a bar: a share of the column's largest, from 0 to 1. */
export interface Column {
  readonly head: string
  readonly isRight: boolean
  readonly cells: readonly string[]
  /** Beside each cell, where the column has bars. */
  readonly shares?: readonly number[]
  /** Below a line at the end. */
  readonly sum?: string
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const GAP = '  '
const BAR = { least: 6, most: 24 }

/** A bar in eighths of a character; what is more than nothing is always seen. */
export const bar = (share: number, width: number): string => {
  const eighths = share > 0 ? Math.max(1, Math.round(Math.min(1, share) * width * 8)) : 0
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]
}

/** Characters as a terminal counts them, as far as names of kits and circuits need it. */
const lengthOf = (text: string): number => [...text.normalize('NFC')].length

const padded = (text: string, width: number, isRight: boolean): string => {
  const blank = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return isRight ? blank + text : text + blank
}

const widthOf = ({ head, cells, sum = '' }: Column): number => Math.max(...[head, sum, ...cells].map(lengthOf))

/** The table's lines, none longer than `width` where the columns allow it; what room is left goes to the bars. */
export const drawTable = (columns: readonly Column[], width: number): string[] => {
  const widths = columns.map(widthOf)
  const bars = columns.filter(({ shares }) => shares !== undefined).length
  const taken = widths.reduce((sum, each) => sum + each, 0) + GAP.length * (columns.length - 1 + bars)
  const room = bars === 0 ? 0 : Math.floor((width - taken) / bars)
  const barWidth = room < BAR.least ? 0 : Math.min(BAR.most, room)
  const line = (textOf: (column: Column) => string, shareOf: (column: Column) => number): string =>
    columns
      .map((column, index) => {
        const text = padded(textOf(column), widths[index]!, column.isRight)
        if (column.shares === undefined || barWidth === 0) return text
        return `${text}${GAP}${padded(bar(shareOf(column), barWidth), barWidth, false)}`
      })
      .join(GAP)
      .trimEnd()
  const none = (): number => 0
  const head = line(({ head }) => head, none)
  const rows = (columns[0]?.cells ?? []).map((_, row) =>
    line(
      ({ cells }) => cells[row] ?? '',
      ({ shares }) => shares?.[row] ?? 0,
    ),
  )
  const sum = columns.some((column) => column.sum !== undefined) ? [line(({ sum }) => sum ?? '', none)] : []
  const rule = '─'.repeat(Math.max(...[head, ...rows, ...sum].map(lengthOf)))
  return [head, rule, ...rows, ...(sum.length > 0 ? [rule, ...sum] : [])]
}
