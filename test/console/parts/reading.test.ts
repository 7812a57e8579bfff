import { expect, it } from 'vitest'
import { type Press, readingKeys } from '../../../src/console/parts/chart/keys.ts'
import { happenedAt, momentText } from '../../../src/console/parts/chart/reading.ts'

const HOUR_MS = 3_600_000

const press = (key: string, index: number | null, modifiers: Partial<Press> = {}) => {
  const done: unknown[] = []
  const keys = readingKeys({
    index,
    last: 100,
    point: (to) => done.push(to),
    range: { from: 0, to: 400 },
    settle: (from, to) => done.push([from, to]),
  })
  keys({ key, ctrlKey: false, metaKey: false, altKey: false, preventDefault: () => undefined, ...modifiers })
  return done
}

it('moves the crosshair within the values, from the newest on', () => {
  expect([press('ArrowLeft', null), press('ArrowLeft', 50), press('ArrowRight', 100), press('PageDown', 3)]).toEqual([
    [100],
    [49],
    [100],
    [0],
  ])
  expect([press('Home', 5), press('End', 5)]).toEqual([[0], [100]])
})

it('zooms in and out around the middle, and leaves other keys to the browser', () => {
  expect([press('+', 1), press('-', 1)]).toEqual([[[100, 300]], [[-200, 600]]])
  expect([press('a', 1), press('+', 1, { ctrlKey: true }), press('Tab', 1)]).toEqual([[], [], []])
})

it('tells gaps and events at a moment, each once', () => {
  const gaps = [
    { from: 0, to: HOUR_MS, text: 'away' },
    { from: HOUR_MS / 2, to: HOUR_MS, text: 'away' },
  ]
  const marks = [{ at: 2 * HOUR_MS, text: 'other firmware' }]
  expect(happenedAt({ gaps, marks }, HOUR_MS / 2 + 1, 60_000)).toEqual(['away'])
  expect(happenedAt({ gaps, marks }, 2 * HOUR_MS - 60_000, 60_000)).toEqual(['other firmware'])
  expect(happenedAt({ gaps, marks }, 3 * HOUR_MS, 60_000)).toEqual([])
  expect(happenedAt({}, 0, 60_000)).toEqual([])
})

it('names the moment by the clock of the kit, with seconds only where they tell something apart', () => {
  const at = Date.UTC(2026, 5, 1, 22, 5)
  expect(momentText(at, 60_000, 'Europe/Berlin', 'en-GB')).toBe('Tue, 2 Jun 2026, 00:05')
  expect(momentText(at, 10_000, 'Europe/Berlin', 'en-GB')).toBe('Tue, 2 Jun 2026, 00:05:00')
})
