/** Every statement of every board, asked of a real influxd as Grafana asks: none is refused, none finds nothing unsaid. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildBoard } from '../../grafana/board.ts'
import { ALL_BOARDS } from '../../grafana/build.ts'
import { askInfluxd, startInfluxd } from '../servers/influxd.ts'
import { type Answer, broughtTogether, errorIn, type Marks, marksOf, rowsOf, seriesOf } from './as-grafana-reads.ts'
import { type Asked, askedBy } from './asked.ts'
import { expand, type Shown } from './expand.ts'
import { fill } from './filled.ts'

const DATABASES = { raw: 'powerkits', history: 'powerkits_history' } as const
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let url = ''
let until = 0
let kits: Readonly<Record<'one' | 'several', readonly string[]>> = { one: [], several: [] }
let variables: Shown['variables'] = {}
let ofPacks: readonly string[] = []
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
  const { lines, kitSn, unheardSn, packs } = fill(until)
  await write(DATABASES.raw, lines.raw)
  await write(DATABASES.history, lines.history)
  kits = { one: [kitSn], several: [kitSn, unheardSn] }
  // what the boards open with: "All" of each
  variables = { pack: '.*', module: '.*', circuit: '.*' }
  ofPacks = packs
})
afterAll(() => close())

interface Found {
  readonly error: string | undefined
  /** Rows with a value beside the time. */
  readonly rows: number
  /** Columns, and whether any row has a value in it. */
  readonly columns: ReadonlyMap<string, boolean>
}

const answerOf = async (asked: Asked, rangeMs: number): Promise<Answer> => {
  const { points, minStepMs } = asked
  const fromAt = until - (asked.rangeMs ?? rangeMs)
  const kit = asked.takesKits ? kits.several : kits.one
  const shown = {
    fromAt,
    toAt: until,
    variables: { ...variables, kit },
    ...(points && { points }),
    ...(minStepMs && { minStepMs }),
  }
  return (await askInfluxd(url, DATABASES[asked.bucket], expand(asked.statement, shown))) as Answer
}

const ask = async (asked: Asked, rangeMs: number): Promise<Found> => {
  const answer = await answerOf(asked, rangeMs)
  const columns = new Map<string, boolean>()
  let rows = 0
  for (const each of seriesOf(answer))
    for (const row of each.values) {
      const isTold = row.map((value, index) => index > 0 && value !== null)
      if (isTold.includes(true)) rows++
      isTold.forEach((is, index) => {
        if (index > 0) columns.set(each.columns[index]!, is || (columns.get(each.columns[index]!) ?? false))
      })
    }
  return { error: errorIn(answer), rows, columns }
}

const boards = ALL_BOARDS.map((board) => ({ name: board.name, asked: askedBy(buildBoard(board)) }))

/** Whether the board says of the panel that it may be empty, and when. */
const mayBeEmpty = ({ description }: Asked): boolean => / Empty while /.test(description)

it.each(boards)('$name: every statement is answered, at a day and at a month', async ({ asked }) => {
  const refused: string[] = []
  const found = new Map<string, number>()
  const told = new Map<string, boolean>()
  const add = (key: string, rows: number): void => void found.set(key, (found.get(key) ?? 0) + rows)
  for (const days of [1, 30])
    for (const each of asked) {
      const { error, rows, columns } = await ask(each, days * DAY_MS)
      if (error !== undefined) refused.push(`${each.panel}: ${error}: ${each.statement}`)
      add(`${each.panel} at ${days} days`, rows)
      add(`${each.panel}: ${each.statement}`, rows)
      if (mayBeEmpty(each)) add(`${each.panel} at ${days} days`, 1)
      for (const [column, is] of columns) {
        const key = `${each.title}: ${column}`
        told.set(key, is || (told.get(key) ?? false))
      }
    }
  expect(asked.length).toBeGreaterThan(2)
  expect(refused).toEqual([])
  expect([...found].flatMap(([key, rows]) => (rows === 0 ? [key] : []))).toEqual([])
  expect([...told].flatMap(([key, is]) => (is ? [] : [key]))).toEqual([])
})

it('a statement that is wrong, or finds nothing, is noticed', async () => {
  const asked = { board: '', what: 'panel', title: '', panel: '', description: '', bucket: 'raw' } as const
  const wrong = await ask({ ...asked, statement: 'SELECT mean( FROM "kit" WHERE $timeFilter' }, DAY_MS)
  expect(wrong.error).toMatch(/error parsing query/)
  const nothing = await ask({ ...asked, statement: 'SELECT last("soc_pctt") FROM "kit" WHERE $timeFilter' }, DAY_MS)
  expect(nothing).toMatchObject({ error: undefined, rows: 0 })
})

/** Statements of a panel, each at a day. */
const tablesOf = async (board: string, title: string) => {
  const asked = boards.find(({ name }) => name === board)!.asked.filter((each) => each.title === title)
  return Promise.all(asked.map(async (each) => rowsOf(await answerOf(each, DAY_MS))))
}

it('a circuit is one row with its name, a pack is one row, and no other module is among them', async () => {
  const circuits = broughtTogether(await tablesOf('circuits', 'Circuits now'), ['side', 'circuit', 'module_sn'])
  const kettle = circuits.filter(({ side, circuit }) => side === 'ac' && circuit === '01')
  expect(kettle).toEqual([expect.objectContaining({ Name: 'Kettle', Power: expect.any(Number) })])
  expect(circuits.filter(({ Power }) => typeof Power !== 'number')).toEqual([])
  const packs = broughtTogether(await tablesOf('batteries', 'Packs now'), ['module_sn'])
  expect(packs.map(({ module_sn }) => module_sn).sort()).toEqual([...ofPacks].sort())
})

it.each(boards)('$name: marks have their title, words and tags, and gaps are bands', async ({ name, asked }) => {
  const board = ALL_BOARDS.find((each) => each.name === name)!
  const { annotations } = buildBoard(board)
  for (const annotation of annotations?.list ?? []) {
    const statement = asked.find(({ what, title }) => what === 'annotation' && title === annotation.name)!
    const marks = marksOf(await answerOf(statement, 30 * DAY_MS), annotation.target as unknown as Marks)
    expect([annotation.name, marks.length > 0]).toEqual([annotation.name, true])
    for (const { time, timeEnd, title, text, tags } of marks) {
      expect([title, text]).toEqual([expect.any(String), expect.any(String)])
      expect(annotation.name === 'Gaps' ? Number(timeEnd) > Number(time) : timeEnd === time).toBe(true)
      const ofKits = tags.filter((tag) => kits.several.includes(tag))
      expect([tags.length, ofKits.length]).toEqual(name === 'fleet' ? [2, 1] : [1, 0])
    }
  }
})
