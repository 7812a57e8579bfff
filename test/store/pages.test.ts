import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pagesOfRows, pagesOfSteps } from '../../src/store/pages.ts'
import type { RangeQuestion, Row, StepQuestion } from '../../src/store/store.ts'

/** Rows of some series at these moments; several moments may be the same. */
const rowsAt = (moments: readonly number[]): Row[] =>
  [...moments].sort((a, b) => a - b).map((at, index) => ({ at, tags: { n: String(index) }, values: { v: index } }))

const within = (rows: readonly Row[], { from, to, limit }: RangeQuestion): Row[] =>
  rows.filter(({ at }) => at >= from && at < to).slice(0, limit)

const collect = async (pages: AsyncIterable<Row[]>): Promise<Row[]> => {
  const all: Row[] = []
  for await (const page of pages) {
    expect(page).not.toHaveLength(0)
    all.push(...page)
  }
  return all
}

it('gives in pages of any size what one question would have given', async () => {
  const moments = fc.array(fc.integer({ min: -20, max: 60 }), { maxLength: 60 })
  const limit = fc.option(fc.integer({ min: 0, max: 70 }), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(moments, fc.integer({ min: 1, max: 9 }), limit, async (at, size, most) => {
      const rows = rowsAt(at)
      const asked = {
        bucket: 'raw',
        measurement: 'm',
        from: -10,
        to: 50,
        ...(most === undefined ? {} : { limit: most }),
      } as const
      const answers = { rows: async (question: RangeQuestion) => within(rows, question) }
      expect(await collect(pagesOfRows(answers, asked, size))).toEqual(within(rows, asked))
    }),
    { numRuns: 300 },
  )
})

it('cuts steps where they begin', async () => {
  const rows = rowsAt(Array.from({ length: 100 }, (_, index) => index * 10))
  const asked: number[][] = []
  const steps = async ({ from, to, limit }: StepQuestion): Promise<Row[]> => {
    asked.push([from, to])
    return rows.filter(({ at }) => at + 10 > from && at < to).slice(0, limit)
  }
  const question = {
    bucket: 'raw',
    measurement: 'm',
    from: 15,
    to: 995,
    stepMs: 10,
    aggregate: 'mean',
    fields: ['v'],
  } as const
  const found = await collect(pagesOfSteps({ steps }, question, 30))
  expect(found.map(({ at }) => at)).toEqual(rows.slice(1).map(({ at }) => at))
  expect(asked).toEqual([
    [15, 310],
    [310, 610],
    [610, 910],
    [910, 995],
  ])
  expect(await collect(pagesOfSteps({ steps }, { ...question, limit: 40 }, 30))).toHaveLength(40)
})
