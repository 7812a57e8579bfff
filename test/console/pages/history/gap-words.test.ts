/** Nothing is said to be whole that is not, or that nobody knows. */
import { expect, test } from 'vitest'
import type { LiveKit } from '../../../../src/console/api-shapes.ts'
import { messageIn } from '../../../../src/console/language.ts'
import { gapWords } from '../../../../src/console/pages/history/gap-words.ts'
import type { GapEntry } from '../../../../src/console/past-shapes.ts'

const NOW = Date.UTC(2026, 5, 3, 12)
const HOUR_MS = 3_600_000
const MIN_MS = 60_000

const words = {
  t: (key: Parameters<typeof messageIn>[1], values = {}) => messageIn('en', key, values),
  said: (text: string) => text,
  locale: 'en-GB',
}
const answer = (gaps: readonly GapEntry[] = [], from = NOW - HOUR_MS, to = NOW) => ({
  at: NOW,
  time_zone: 'UTC',
  from_ms: from,
  to_ms: to,
  gaps,
})
const gap = (end: number): GapEntry => ({
  start_ms: NOW - 10 * MIN_MS,
  end_ms: end,
  module_sn: 'all',
  duration_s: 1,
  cause: 'cloud_down',
  text: '',
  is_open: end === NOW,
})
const kit = (isLive: boolean, lastAt: number) =>
  ({ is_live: isLive, verdict_text: 'it is away', last_report_ms: lastAt }) as LiveKit
const away = kit(false, NOW - 10 * MIN_MS)

test('all is there of a kit that is heard', () => {
  expect(gapWords(answer(), undefined, kit(true, NOW - MIN_MS), words)).toEqual(['Nothing is missing in this time.'])
  expect(gapWords(answer([gap(NOW - MIN_MS)]), undefined, kit(true, NOW), words)).toEqual([])
})

test('a silence that is no gap yet is told, unless the range ended before it', () => {
  expect(gapWords(answer(), undefined, away, words)).toEqual([
    'Since 3 Jun 2026, 11:50 nothing has come of the kit: it is away.',
  ])
  expect(gapWords(answer([gap(NOW)]), undefined, away, words)).toEqual([])
  const before = answer([], NOW - HOUR_MS, NOW - 30 * MIN_MS)
  expect(gapWords(before, undefined, away, words)).toEqual(['Nothing is missing in this time.'])
})

test('what was before the first report is not said to be whole', () => {
  const began = NOW - 30 * MIN_MS
  expect(gapWords(answer(), began, kit(true, NOW), words)[0]).toMatch(/^Before .* since then nothing is missing/)
  const [first, ...more] = gapWords(answer(), began, away, words)
  expect(first).toMatch(/11:30 nothing is known of the kit\.$/)
  expect(more).toHaveLength(1)
})

test('a time that has not begun is not whole', () => {
  const later = answer([], NOW + HOUR_MS, NOW + 2 * HOUR_MS)
  expect(gapWords(later, undefined, kit(true, NOW), words)).toEqual(['This time has not begun yet.'])
})
