/** Local days of energy around changes of the clocks; `npm run show dst` has whole years of them. */
import { expect, it } from 'vitest'
import { liveByCalendar } from './calendar-life.ts'
import { calendarFound } from './calendar-verdict.ts'
import { moveComplaints } from './move-verdict.ts'

const DAY_MS = 86_400_000

it.each([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['America/New_York', '2027-03-14', 23],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Asia/Kathmandu', '2026-12-31', 24],
])('in %s %s has %s hours, and holds its quarters', (timeZone, date, hours) => {
  const at = Date.parse(date)
  const found = calendarFound(liveByCalendar(timeZone, at - 3 * DAY_MS, at + 3 * DAY_MS), timeZone)
  expect(found).toEqual({ days: expect.any(Number), oddDays: hours === 24 ? {} : { [date]: hours }, complaints: [] })
  expect(found.days).toBeGreaterThan(5)
})

it('counts a new time zone from the next day on', () => {
  expect(moveComplaints('Europe/Berlin', 'Asia/Kathmandu')).toEqual([])
})

it('would be told if days were cut in another zone', () => {
  const life = liveByCalendar('Europe/Berlin', Date.UTC(2026, 5, 1), Date.UTC(2026, 5, 3))
  expect(calendarFound(life, 'America/New_York').complaints.length).toBeGreaterThan(0)
})
