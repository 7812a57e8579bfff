import { expect, it } from 'vitest'
import { csvLines } from '../../src/shell/csv.ts'
import { createProgress } from '../../src/shell/progress.ts'
import { bar, drawTable } from '../../src/shell/table.ts'

it('aligns columns, draws bars into the room that is left, and sums below', () => {
  const columns = [
    { head: 'day', isRight: false, cells: ['Mon', 'Tuesday'], sum: 'sum' },
    { head: 'kWh', isRight: true, cells: ['1.00', '10.50'], shares: [0.1, 1], sum: '11.50' },
    { head: 'name', isRight: false, cells: ['Küche', ''] },
  ]
  expect(drawTable(columns, 36)).toEqual([
    'day        kWh                 name',
    '────────────────────────────────────',
    'Mon       1.00  █▎             Küche',
    'Tuesday  10.50  █████████████',
    '────────────────────────────────────',
    'sum      11.50',
  ])
  expect(drawTable(columns, 20)[3]).toBe('Tuesday  10.50')
})

it('shows the least of more than nothing, and never more than there is room', () => {
  expect(bar(0, 10)).toBe('')
  expect(bar(0.0001, 10)).toBe('▏')
  expect(bar(0.5, 10)).toBe('█████')
  expect(bar(7, 10)).toBe('██████████')
})

it('writes every value of CSV so that a reader gets it back', () => {
  const entries = [
    { start_ms: 5, name: 'Oven, "big"', text: '' },
    { start_ms: 6, wh: -0.5, name: 'two\nlines' },
  ]
  expect(csvLines(entries).join('')).toBe('start_ms,name,text,wh\r\n5,"Oven, ""big""","",\r\n6,"two\nlines",,-0.5\r\n')
})

it('shows progress only to a person, and only of what takes longer than a second', () => {
  let at = 0
  const written: string[] = []
  const screen = { isTTY: true, columns: 60, write: (text: string) => written.push(text) }
  const quick = createProgress(screen, () => at)
  quick.at(1, 2)
  quick.end()
  expect(written).toEqual([])
  const slow = createProgress(screen, () => at)
  at = 1500
  slow.at(1, 2, 'battery')
  slow.at(2, 2, 'too soon')
  slow.end()
  expect(written).toHaveLength(2)
  expect(written[0]).toContain(`${'█'.repeat(12)}${'░'.repeat(12)}  50 %  battery`)
  expect(written[1]).toBe('\r\u001b[2K')
  const piped = createProgress({ ...screen, isTTY: false }, () => at)
  at = 5000
  piped.at(1, 2)
  piped.end()
  expect(written).toHaveLength(2)
})
