/** The command `report` as it is typed: its options, and the terminal that it is typed in. */
import type { OpenedAnswers } from '../local/open-answers.ts'
import { askPerson } from './ask-person.ts'
import { type ReportAsked, report } from './report.ts'

export interface ReportOptions extends Omit<ReportAsked, 'what' | 'form'> {
  readonly json?: true
  readonly csv?: true
}

interface Terminal {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
}

/** A pipe has no width: wide enough for every column. */
const WIDTH_OF_PIPES = 120

/** `now` in epoch ms. Throws what `report` throws. */
export const reportAsTyped = (
  what: string,
  { json, csv, ...options }: ReportOptions,
  opened: OpenedAnswers,
  { input, output }: Terminal,
  now: number,
): Promise<void> =>
  report({ ...options, what, form: json ? 'json' : csv ? 'csv' : 'table' }, opened, {
    now,
    width: output.isTTY ? output.columns : WIDTH_OF_PIPES,
    ask: askPerson({ input, output }),
    write: (text) => void output.write(text),
  })
