/** What stands at the crosshair, in words. Pure. */
import type { ChartProps } from './chart-props.ts'

/** When, by the clock of the kit: with its day, and with seconds where the values are that close. */
export const momentText = (at: number, stepMs: number, timeZone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(stepMs < 60_000 ? { second: '2-digit' } : {}),
  }).format(at)

/** Gaps and events there, each once. */
export const happenedAt = (
  { gaps = [], marks = [] }: Pick<ChartProps, 'gaps' | 'marks'>,
  at: number,
  nearMs: number,
): string[] => [
  ...new Set([
    ...gaps.filter(({ from, to }) => at >= from - nearMs / 2 && at <= to + nearMs / 2).map(({ text }) => text),
    ...marks.filter((mark) => Math.abs(mark.at - at) <= nearMs).map(({ text }) => text),
  ]),
]

/** The distance of values that are not many pixels apart. */
export const stepOf = (at: readonly number[]): number => (at[1] ?? 0) - (at[0] ?? 0)
