/**
 * Long answers in parts, so that nobody ever holds the whole: rows by their number, steps by their time. Over the
 * store's own questions, so it is the same for every store.
 */
import type { Answers, RangeQuestion, Row, StepQuestion } from './store.ts'

/** Rows of a wide measurement are some KB each. */
const PAGE_ROWS = 5_000
const PAGE_STEPS = 5_000

/** What `rows` answers, in its order, in pages of about 5,000; all rows of one moment are on one page. */
export async function* pagesOfRows(
  answers: Pick<Answers, 'rows'>,
  question: RangeQuestion,
  pageRows = PAGE_ROWS,
): AsyncGenerator<Row[]> {
  let { from } = question
  let left = question.limit ?? Number.POSITIVE_INFINITY
  let most = pageRows
  while (left > 0) {
    const limit = Math.min(most, left)
    const page = await answers.rows({ ...question, from, limit })
    const isLast = page.length < limit || limit === left
    const lastAt = page.at(-1)?.at ?? from
    // the moment of the last row may go on behind the page
    const whole = isLast ? page.length : page.findIndex(({ at }) => at === lastAt)
    if (whole > 0) yield page.slice(0, whole)
    if (isLast) return
    most = whole === 0 ? most * 2 : pageRows
    from = whole === 0 ? from : lastAt
    left -= whole
  }
}

/** What `steps` answers, in its order, in pages of at most 5,000 steps; empty ones are left out. */
export async function* pagesOfSteps(
  answers: Pick<Answers, 'steps'>,
  question: StepQuestion,
  pageSteps = PAGE_STEPS,
): AsyncGenerator<Row[]> {
  const { stepMs, to } = question
  let left = question.limit ?? Number.POSITIVE_INFINITY
  for (let { from } = question; from < to && left > 0; ) {
    const next = Math.min(to, (Math.floor(from / stepMs) + pageSteps) * stepMs)
    const page = await answers.steps({
      ...question,
      from,
      to: next,
      ...(question.limit === undefined ? {} : { limit: left }),
    })
    if (page.length > 0) yield page
    left -= page.length
    from = next
  }
}
