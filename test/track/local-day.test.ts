import { expect, it } from 'vitest'
import { dateOf, dayOf, monthOf, yearOf } from '../../src/track/local-day.ts'

const HOUR_MS = 3_600_000
const iso = (at: number): string => new Date(at).toISOString()
const day = (at: string, zone: string): [string, string, number] => {
  const { startAt, endAt } = dayOf(Date.parse(at), zone)
  return [iso(startAt), iso(endAt), (endAt - startAt) / HOUR_MS]
}

it('begins and ends at local midnight, also on days of 23 and 25 hours', () => {
  expect(day('2026-06-14T12:00:00.123Z', 'UTC')).toEqual(['2026-06-14T00:00:00.000Z', '2026-06-15T00:00:00.000Z', 24])
  expect(day('2026-06-14T23:30:00Z', 'Europe/Berlin')).toEqual([
    '2026-06-14T22:00:00.000Z',
    '2026-06-15T22:00:00.000Z',
    24,
  ])
  expect(day('2026-03-29T12:00:00Z', 'Europe/Berlin')[2]).toBe(23)
  expect(day('2026-10-25T12:00:00Z', 'Europe/Berlin')[2]).toBe(25)
  expect(day('2026-06-14T03:00:00Z', 'Asia/Kathmandu')).toEqual([
    '2026-06-13T18:15:00.000Z',
    '2026-06-14T18:15:00.000Z',
    24,
  ])
})

it('begins where the clock goes on from, in zones that change at midnight', () => {
  // 2026-03-29 began at 01:00 in Beirut; on 2026-10-25 the hour before midnight came twice.
  expect(day('2026-03-29T12:00:00Z', 'Asia/Beirut')).toEqual([
    '2026-03-28T22:00:00.000Z',
    '2026-03-29T21:00:00.000Z',
    23,
  ])
  expect(day('2026-10-24T12:00:00Z', 'Asia/Beirut')).toEqual([
    '2026-10-23T21:00:00.000Z',
    '2026-10-24T22:00:00.000Z',
    25,
  ])
})

it('follows without a hole: each day ends where the next begins', () => {
  for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut', 'Pacific/Apia']) {
    let { startAt } = dayOf(Date.UTC(2026, 0, 1), zone)
    for (let i = 0; i < 366; i++) {
      const { startAt: from, endAt } = dayOf(startAt, zone)
      expect(from).toBe(startAt)
      expect(dayOf(endAt - 1, zone)).toEqual({ startAt: from, endAt })
      startAt = endAt
    }
  }
})

it('takes a zone that nobody knows for UTC', () => {
  expect(day('2026-06-14T12:00:00Z', 'Nowhere/At All')[0]).toBe('2026-06-14T00:00:00.000Z')
})

it('knows the local month and year, with the hours that clocks take and give', () => {
  const hours = ({ startAt, endAt }: { startAt: number; endAt: number }): [string, number] => [
    iso(startAt),
    (endAt - startAt) / HOUR_MS,
  ]
  const of = (at: string): number => Date.parse(at)
  expect(hours(monthOf(of('2026-03-31T21:59:59.999Z'), 'Europe/Berlin'))).toEqual(['2026-02-28T23:00:00.000Z', 743])
  expect(hours(monthOf(of('2026-03-31T22:00:00Z'), 'Europe/Berlin'))).toEqual(['2026-03-31T22:00:00.000Z', 720])
  expect(hours(monthOf(of('2026-12-31T23:00:00Z'), 'UTC'))).toEqual(['2026-12-01T00:00:00.000Z', 744])
  expect(hours(yearOf(of('2026-12-31T20:00:00Z'), 'Asia/Kathmandu'))).toEqual(['2026-12-31T18:15:00.000Z', 8760])
  expect(hours(yearOf(of('2028-07-01T00:00:00Z'), 'America/New_York'))).toEqual(['2028-01-01T05:00:00.000Z', 8784])
})

it('knows the local date', () => {
  expect(dateOf(Date.parse('2026-06-01T18:14:59.999Z'), 'Asia/Kathmandu')).toBe('2026-06-01')
  expect(dateOf(Date.parse('2026-06-01T18:15:00Z'), 'Asia/Kathmandu')).toBe('2026-06-02')
})
