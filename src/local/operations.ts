/** What a running collector answers through its socket: the store's four questions, and which kits it knows. */
import { pagesOfRows, pagesOfSteps } from '../store/pages.ts'
import type { Answers } from '../store/store.ts'
import type { TrackState } from '../track/state.ts'
import type { NamedKit, Operations } from './protocol.ts'
import { QUESTIONS } from './questions.ts'

/** Items a line: a line is held whole on both sides. */
const LINE_ITEMS = 500

async function* inLines(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<readonly unknown[]> {
  for await (const page of pages)
    for (let at = 0; at < page.length; at += LINE_ITEMS) yield page.slice(at, at + LINE_ITEMS)
}

async function* once(page: Promise<readonly unknown[]>): AsyncGenerator<readonly unknown[]> {
  yield await page
}

/** The kits that the line knows, in the order of their names. */
const namedKits = (state: TrackState): NamedKit[] =>
  [...state.kits.values()]
    .map(({ sn, name, timeZone }) => ({ kitSn: sn, name, timeZone }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.kitSn.localeCompare(b.kitSn))

export const readOperations = (answers: Answers, state: () => TrackState): Operations => ({
  last: (asked) => inLines(once(answers.last(QUESTIONS.last.parse(asked)))),
  rows: (asked) => inLines(pagesOfRows(answers, QUESTIONS.rows.parse(asked))),
  steps: (asked) => inLines(pagesOfSteps(answers, QUESTIONS.steps.parse(asked))),
  sums: (asked) => inLines(once(answers.sums(QUESTIONS.sums.parse(asked)))),
  kits: async function* () {
    yield namedKits(state())
  },
})
