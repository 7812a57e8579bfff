/** The command `export` as it is typed, and what it says in the end. */
import type { OpenedAnswers } from '../local/open-answers.ts'
import { type Exported, exportTo } from './export.ts'
import { type ExportAsked, planExport } from './export-plan.ts'
import type { Progress } from './progress.ts'
import { drawTable } from './table.ts'

export interface ExportOptions extends ExportAsked {
  readonly force?: true
}

interface Surroundings {
  /** Epoch ms. */
  readonly now: () => number
  readonly progress: Progress
  readonly signal: AbortSignal
  readonly version: string
  readonly print: (line: string) => void
}

/** `12.3 MB`. */
const size = (bytes: number): string =>
  bytes < 1e6
    ? `${Math.ceil(bytes / 1e3)} kB`
    : bytes < 1e9
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${(bytes / 1e9).toFixed(1)} GB`

const total = (done: readonly Exported[], name: 'days' | 'rows' | 'bytes'): number =>
  done.reduce((sum, each) => sum + each[name], 0)

const counted = (done: readonly Exported[], head: string, name: 'days' | 'rows', show = String) => ({
  head,
  isRight: true,
  cells: done.map((each) => show(each[name])),
  sum: show(total(done, name)),
})

const summary = (done: readonly Exported[]): string[] =>
  drawTable(
    [
      { head: 'bucket', isRight: false, cells: done.map(({ bucket }) => bucket), sum: 'sum' },
      { head: 'measurement', isRight: false, cells: done.map(({ measurement }) => measurement) },
      counted(done, 'files', 'days'),
      counted(done, 'rows', 'rows'),
      { head: 'size', isRight: true, cells: done.map(({ bytes }) => size(bytes)), sum: size(total(done, 'bytes')) },
    ],
    80,
  )

/** Throws what `planExport` and `exportTo` throw. */
export const exportAsTyped = async (
  dir: string,
  { force, ...asked }: ExportOptions,
  { answers, kits }: OpenedAnswers,
  { now, print, ...shell }: Surroundings,
): Promise<void> => {
  const plan = planExport(asked, kits, now())
  const done = await exportTo(dir, plan, force === true, { answers, ...shell })
  for (const line of summary(done)) print(line)
  print(`Written to ${dir} as ${plan.format}; days are those of UTC.`)
}
