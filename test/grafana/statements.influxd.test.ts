/** Every statement of every board, asked of a real influxd as Grafana asks: none is refused, none finds nothing unsaid. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildBoard } from '../../grafana/board.ts'
import { ALL_BOARDS } from '../../grafana/build.ts'
import { askInfluxd, startInfluxd } from '../servers/influxd.ts'
import { type Asked, askedBy } from './asked.ts'
import { expand, type Shown } from './expand.ts'
import { fill } from './filled.ts'

const DATABASES = { raw: 'powerkits', history: 'powerkits_history' } as const
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let url = ''
let until = 0
let variables: Shown['variables'] = {}
let close: () => Promise<void> = async () => undefined

const write = async (db: string, lines: readonly string[]): Promise<void> => {
  await askInfluxd(url, db, `CREATE DATABASE "${db}"`)
  for (let from = 0; from < lines.length; from += 5000) {
    const body = lines.slice(from, from + 5000).join('\n')
    const answer = await fetch(`${url}/write?db=${db}&precision=ms`, { method: 'POST', body })
    if (answer.status !== 204) throw new Error(await answer.text())
  }
}

beforeAll(async () => {
  const influxd = await startInfluxd()
  url = influxd.url
  close = () => influxd.close()
  until = Math.floor(Date.now() / 60_000) * 60_000
  const { lines, kitSn, packs } = fill(until)
  await write(DATABASES.raw, lines.raw)
  await write(DATABASES.history, lines.history)
  variables = { kit: [kitSn], pack: packs, module: '.*', circuit: ['01', '02'] }
})
afterAll(() => close())

interface Answer {
  readonly results?: readonly {
    readonly error?: string
    readonly series?: readonly { readonly values: readonly unknown[][] }[]
  }[]
  readonly error?: string
}

/** Rows with a value beside the time. */
const ask = async (asked: Asked, rangeMs: number): Promise<{ error: string | undefined; rows: number }> => {
  const { points, minStepMs } = asked
  const shown = {
    fromAt: until - rangeMs,
    toAt: until,
    variables,
    ...(points && { points }),
    ...(minStepMs && { minStepMs }),
  }
  const answer = (await askInfluxd(url, DATABASES[asked.bucket], expand(asked.statement, shown))) as Answer
  const values = (answer.results ?? []).flatMap(({ series = [] }) => series.flatMap((each) => each.values))
  const rows = values.filter((row) => row.slice(1).some((value) => value !== null)).length
  return { error: answer.error ?? answer.results?.[0]?.error, rows }
}

const boards = ALL_BOARDS.map((board) => ({ name: board.name, asked: askedBy(buildBoard(board)) }))

/** Whether the board says of the panel that it may be empty, and when. */
const mayBeEmpty = ({ description }: Asked): boolean => / Empty while /.test(description)

it.each(boards)('$name: every statement is answered, at a day and at a month', async ({ asked }) => {
  const refused: string[] = []
  const empty: string[] = []
  const found = new Map<string, number>()
  const add = (key: string, rows: number): void => void found.set(key, (found.get(key) ?? 0) + rows)
  for (const days of [1, 30])
    for (const each of asked) {
      const { error, rows } = await ask(each, days * DAY_MS)
      if (error !== undefined) refused.push(`${each.panel}: ${error}: ${each.statement}`)
      add(`${each.panel} at ${days} days`, rows)
      add(`${each.panel}: ${each.statement}`, rows)
      if (mayBeEmpty(each)) add(`${each.panel} at ${days} days`, 1)
    }
  for (const [key, rows] of found) if (rows === 0) empty.push(key)
  expect(asked.length).toBeGreaterThan(2)
  expect(refused).toEqual([])
  expect(empty).toEqual([])
})

it('a statement that is wrong, or finds nothing, is noticed', async () => {
  const asked = { board: '', what: 'panel', title: '', panel: '', description: '', bucket: 'raw' } as const
  const wrong = await ask({ ...asked, statement: 'SELECT mean( FROM "kit" WHERE $timeFilter' }, DAY_MS)
  expect(wrong.error).toMatch(/error parsing query/)
  const nothing = await ask({ ...asked, statement: 'SELECT last("soc_pctt") FROM "kit" WHERE $timeFilter' }, DAY_MS)
  expect(nothing).toEqual({ error: undefined, rows: 0 })
})
