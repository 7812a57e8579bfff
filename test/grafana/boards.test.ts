/** What holds of every board, and that the generated files are those that the boards make. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BOARDS, buildBoard, uidOf } from '../../grafana/board.ts'
import { ALL_BOARDS, grafanaFiles } from '../../grafana/build.ts'
import { query } from '../../grafana/query.ts'
import { askedBy, panelsOf } from './asked.ts'
import { expand } from './expand.ts'
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
const TILES = ['stat', 'bargauge']
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

  it('uses no variable that it does not have', () => {
    const known = (dashboard.templating?.list ?? []).map(({ name }) => name)
    const used = askedBy(dashboard).flatMap(({ statement }) => [...statement.matchAll(/\$\{(\w+):/g)])
    expect(used.length).toBeGreaterThan(2)
    expect(used.map(([, name]) => name!).filter((name) => !known.includes(name))).toEqual([])
  })

  it('needs no plug-in', () => {
    expect(panels.map(({ type }) => type).filter((type) => !NATIVE.includes(type))).toEqual([])
  })

  it('asks nothing that InfluxDB 2.7 or 3 refuse, and nothing that fills holes', () => {
    for (const { statement } of askedBy(dashboard)) expect(statement).not.toMatch(REFUSED)
  })

  it('makes one table of several statements by what they have in common, which is their tags alone', () => {
    for (const { title, targets = [], transformations = [] } of panels.filter(({ type }) => type === 'table')) {
      const by = new Set(targets.map(({ query: text }) => / GROUP BY (.*?)(?: ORDER .*)?$/.exec(text)?.[1] ?? ''))
      expect([title, by.size]).toEqual([title, 1])
      const steps = transformations.map(({ id }) => id)
      const wanted = targets.length === 1 ? ['organize'] : ['filterFieldsByName', 'merge', 'organize']
      expect([title, steps]).toEqual([title, wanted])
    }
  })

  it('colours no number but by what the panel says: Grafana itself would have every one from 80 up in red', () => {
    const withNumbers = panels.filter(({ type }) => type === 'table' || TILES.includes(type))
    for (const { title, type, fieldConfig } of withNumbers) {
      const { thresholds, color, custom } = fieldConfig!.defaults
      expect([title, thresholds?.steps, color]).toEqual([
        title,
        [{ value: null, color: 'text' }],
        { mode: 'thresholds' },
      ])
      // in cells of another kind neither "stale" nor an age would be grey
      expect([title, custom?.cellOptions]).toEqual([title, type === 'table' ? { type: 'color-text' } : undefined])
    }
  })

  it('tells of a panel without a row only what is so of the time that it asks for', () => {
    for (const { title, type, targets = [], fieldConfig } of panels.filter((each) => TILES.includes(each.type))) {
      const { noValue, mappings = [] } = fieldConfig!.defaults
      const isNow = targets.every(({ query: text }) => text.includes('now() - 3m'))
      expect([title, type, noValue?.includes('three minutes')]).toEqual([title, type, isNow])
      // a mapping of the panel would be told instead
      expect([title, mappings]).toEqual([title, []])
    }
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

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: Grafana's syntax
it('what Grafana does not fill in is noticed', () => {
  const shown = { fromAt: 0, toAt: 3_600_000, variables: { kit: ['a-b'] } }
  const asked = 'SELECT 1 FROM "a" WHERE ${__to} - ${__from} > 0 AND "b" =~ /^${kit:regex}$/ AND $timeFilter'
  const filledIn = 'SELECT 1 FROM "a" WHERE 3600000 - 0 > 0 AND "b" =~ /^a\\-b$/ AND time >= 0ms and time <= 3600000ms'
  expect(expand(asked, shown)).toBe(filledIn)
  for (const unknown of ['$__range_s', '${__range}', '$__rate_interval', '${kits:regex}', '$kit'])
    expect(() => expand(`SELECT 1 FROM "a" WHERE ${unknown} > 0`, shown)).toThrow(unknown.replace(/[${}]|:\w+/g, ''))
})
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: Grafana's syntax

it('a field that is not in the catalogue does not compile, nor is it asked for', () => {
  // @ts-expect-error: spelt wrongly
  expect(() => query({ bucket: 'raw', from: 'flow', show: { Sun: 'mean(solr_w)' } })).toThrow('flow has no field')
})
