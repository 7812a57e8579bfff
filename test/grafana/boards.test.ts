/** What holds of every board, and that the generated files are those that the boards make. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BOARDS, buildBoard, uidOf } from '../../grafana/board.ts'
import { ALL_BOARDS, grafanaFiles } from '../../grafana/build.ts'
import { query } from '../../grafana/query.ts'
import { askedBy, panelsOf } from './asked.ts'
import { REFUSED } from './refused.ts'

const NATIVE = [
  'bargauge',
  'barchart',
  'gauge',
  'heatmap',
  'piechart',
  'stat',
  'state-timeline',
  'status-history',
  'table',
  'text',
  'timeseries',
]
const folder = new URL('../../grafana/', import.meta.url)
const built = ALL_BOARDS.map((board) => ({ name: board.name, dashboard: buildBoard(board) }))

it('the files are those that the boards make: npm run dashboards', () => {
  const files = grafanaFiles()
  for (const [path, text] of files) expect([path, readFileSync(new URL(path, folder), 'utf8')]).toEqual([path, text])
  expect(readdirSync(new URL('dashboards/', folder)).sort()).toEqual(
    ALL_BOARDS.map(({ name }) => `${name}.json`).sort(),
  )
})

it('every board that others link to is there', () => {
  const links = [...grafanaFiles().values()].flatMap((text) => [...text.matchAll(/\/d\/(powerkits-\w+)/g)])
  expect(links.length).toBeGreaterThan(3)
  const uids = ALL_BOARDS.map(({ name }) => uidOf(name))
  expect(links.map(([, uid]) => uid).filter((uid) => !uids.includes(uid!))).toEqual([])
  expect(BOARDS.filter((name) => !uids.includes(uidOf(name)))).toEqual([])
})

describe.each(built)('$name', ({ dashboard }) => {
  const panels = panelsOf(dashboard)

  it('says of every panel what it shows and where that comes from', () => {
    expect(panels.length).toBeGreaterThan(2)
    for (const { title, description = '', targets = [] } of panels) {
      expect([title, description]).toEqual([title, expect.stringMatching(/`[a-z_]+`/)])
      const asked = targets.flatMap(({ query: text }) => [...text.matchAll(/FROM "(\w+)"/g)].map(([, from]) => from!))
      expect([title, asked.filter((from) => !description.includes(`\`${from}\``))]).toEqual([title, []])
    }
  })

  it('needs no plug-in', () => {
    expect(panels.map(({ type }) => type).filter((type) => !NATIVE.includes(type))).toEqual([])
  })

  it('asks nothing that InfluxDB 2.7 or 3 refuse, and nothing that fills holes', () => {
    for (const { statement } of askedBy(dashboard)) expect(statement).not.toMatch(REFUSED)
  })

  it('fits on 24 columns without overlaps, and has panels with numbers of their own', () => {
    const cells = new Set<string>()
    for (const { gridPos } of dashboard.panels as { gridPos: { x: number; y: number; w: number; h: number } }[])
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect([x, y, x < 24 && !cells.has(`${x} ${y}`)]).toEqual([x, y, true])
          cells.add(`${x} ${y}`)
        }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  })
})

it('a statement that would be refused is noticed', () => {
  for (const statement of [
    'SELECT 1 INTO "a"',
    'SELECT mean("a") fill(linear)',
    "SELECT 1 TZ('UTC')",
    'SELECT 1; SELECT 2',
  ])
    expect(statement).toMatch(REFUSED)
})

it('a field that is not in the catalogue does not compile, nor is it asked for', () => {
  // @ts-expect-error: spelt wrongly
  expect(() => query({ bucket: 'raw', from: 'flow', show: { Sun: 'mean(solr_w)' } })).toThrow('flow has no field')
})
