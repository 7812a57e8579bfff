import { expect, it } from 'vitest'
import { askRow, rulesOf } from '../../src/alerts/evaluate.ts'
import { noticeOf } from '../../src/alerts/notice.ts'
import type { WatchedRow } from '../../src/alerts/standing.ts'
import { collectorWatched, kitRows } from '../../src/alerts/watched-rows.ts'
import { ALERTS } from '../../src/catalogue/alerts.ts'
import { makeRecording } from '../faults/recording.ts'
import { createLine, KIT, PACK, START, type VirtualLine } from '../track/virtual-line.ts'

const PANEL = 'M10E1-LDAC-4E7D2'

const rowsOf = (line: VirtualLine, second: number): WatchedRow[] =>
  kitRows(line.state.kits.get(KIT)!, START + second * 1000)

const errorsOf = (line: VirtualLine, second: number): WatchedRow[] =>
  rowsOf(line, second).filter(({ row }) => row === 'error')

it('an error is a row in words, as long as it is known', () => {
  const line = createLine()
  line.push(1, PANEL, { errorCodeAdd: [30_000, 30_045, 30_080, 30_120, 30_160, 30_200, 0, 0, 30_800] })
  expect(errorsOf(line, 2)).toMatchObject([{ fields: { is_active: 1 }, subject: { kitSn: KIT, moduleSn: PANEL } }])
  const [row] = errorsOf(line, 2)
  const { changes } = askRow(rulesOf(ALERTS, {}, []), row!, new Map(), START)
  expect(changes).toEqual([])
  const standings = new Map([[`module-error ${row!.key}`, { sinceAt: START - 60_000, subject: row!.subject }]])
  const fired = askRow(rulesOf(ALERTS, {}, []), row!, standings, START).changes[0]!
  expect(noticeOf(fired)).toMatchObject({
    module_sn: PANEL,
    text: expect.stringMatching(/^AC panel: .* 5 \(code 30045, circuit 2\); since/),
  })
  line.push(11, PANEL, { errorCodeAdd: [30_000, 30_040, 30_080, 30_120, 30_160, 30_200, 0, 0, 30_800] })
  expect(errorsOf(line, 12)).toEqual([])
})

it('an error of a module that fell silent is not known to be there', () => {
  const line = createLine()
  line.push(1, PACK, { errCode: 50_007 })
  for (let minute = 1; minute <= 20; minute++) line.minute(minute * 60)
  // A gap begins: what was held is forgotten.
  line.push(1_205, PACK, { soc: 50 })
  expect(errorsOf(line, 1_206)).toMatchObject([{ row: 'error', fields: {} }])
})

it('every row has a key of its own, and modules that report are not missing', () => {
  const line = createLine()
  for (const input of makeRecording({ kits: 2, minutes: 5, seed: 8 })) line.run(input)
  const at = line.state.lastAt
  const rows = [...line.state.kits.values()].flatMap((kit) => kitRows(kit, at))
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
  expect(rows.filter(({ row }) => row === 'kit')).toHaveLength(2)
  const missing = rows
    .filter(({ row }) => row === 'module')
    .map(({ fields }) => [fields.kind === 'listed', fields.missing_s])
  expect(missing.length).toBeGreaterThan(10)
  expect(missing.filter(([isListed, missingS]) => missingS !== (isListed ? undefined : 0))).toEqual([])
})

it('a kit that is laid up says so in all of its rows', () => {
  const line = createLine()
  const bytes = Buffer.from(JSON.stringify({ [KIT]: { name: 'Van', site: { isLaidUp: true } } }))
  line.run({ at: START, source: 'tick', topic: 'fleet', bytes })
  line.push(1, PACK, { soc: 50, errCode: 50_007 })
  expect(rowsOf(line, 2).map(({ row, isLaidUp }) => [row, isLaidUp])).toEqual([
    ['kit', true],
    ['module', true],
    ['error', true],
  ])
})

it('the collector is never laid up', () => {
  expect(collectorWatched({ heard_age_s: 1 }, 'UTC')).toMatchObject({ row: 'collector', isLaidUp: false })
})
