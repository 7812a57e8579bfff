import { expect, it } from 'vitest'
import { readRange } from '../../src/shell/range.ts'

const BERLIN = { timeZone: 'Europe/Berlin', now: Date.parse('2026-06-20T12:34:00+02:00') }

const range = (from: string | undefined, to?: string, place = BERLIN): string[] => {
  const { fromAt, toAt } = readRange({ from, to }, '-30d', place)
  return [fromAt, toAt].map((at) => new Date(at).toISOString().replace(/:00\.000Z$/, 'Z'))
}

it('reads years, months and days where the kit is, the end included', () => {
  expect(range('2026', '2026')).toEqual(['2025-12-31T23:00Z', '2026-12-31T23:00Z'])
  expect(range('2026-03', '2026-03')).toEqual(['2026-02-28T23:00Z', '2026-03-31T22:00Z'])
  expect(range('2026-03-29', '2026-03-29')).toEqual(['2026-03-28T23:00Z', '2026-03-29T22:00Z'])
  expect(range('2026-06-01', '2026-06-02', { ...BERLIN, timeZone: 'Asia/Kathmandu' })).toEqual([
    '2026-05-31T18:15Z',
    '2026-06-02T18:15Z',
  ])
})

it('reads days and hours ago, up to now where no end is given', () => {
  expect(range('today')).toEqual(['2026-06-19T22:00Z', '2026-06-20T10:34Z'])
  expect(range('yesterday', 'yesterday')).toEqual(['2026-06-18T22:00Z', '2026-06-19T22:00Z'])
  expect(range('-7d')[0]).toBe('2026-06-12T22:00Z')
  expect(range('-2w')[0]).toBe('2026-06-05T22:00Z')
  expect(range('-3m')[0]).toBe('2026-03-19T23:00Z')
  expect(range('-1y')[0]).toBe('2025-06-19T22:00Z')
  expect(range('-6h')).toEqual(['2026-06-20T04:34Z', '2026-06-20T10:34Z'])
  expect(range(undefined)).toEqual(['2026-05-20T22:00Z', '2026-06-20T10:34Z'])
})

it('reads moments by the clock on the wall or with their offset', () => {
  expect(range('2026-06-01T12:00')[0]).toBe('2026-06-01T10:00Z')
  expect(range('2026-12-01 12:00', '2027')[0]).toBe('2026-12-01T11:00Z')
  expect(range('2026-06-01T12:00Z')[0]).toBe('2026-06-01T12:00Z')
  expect(range('2026-06-01T12:00:00-05:00')[0]).toBe('2026-06-01T17:00Z')
  expect(range('2026-03-29T03:30')[0]).toBe('2026-03-29T01:30Z')
  expect(range('2026-03-29T01:30')[0]).toBe('2026-03-29T00:30Z')
})

it('counts the usual range back from the end that is given', () => {
  expect(range(undefined, '2026-02-28')).toEqual(['2026-01-29T23:00Z', '2026-02-28T23:00Z'])
})

it('says what it cannot read', () => {
  for (const text of ['5', 'june', '2026-13', '2026-02-30', '2026-06-01T25:00', '2026-6-1', '', '-5', 'yesteryear'])
    expect(() => range(text), text).toThrow(/is no time: expected 2026/)
  expect(() => range('2026-06-10', '2026-06-09')).toThrow('The range from 2026-06-10 to 2026-06-09 has no time in it.')
  expect(() => range('2030')).toThrow('to now has no time')
})
