/** Whether a change of the time zone counts from the next day on, and leaves every quarter in exactly one day. */
import { liveByCalendar, localTimeOf } from './calendar-life.ts'
import { numberOf, sumOf } from './energy-verdict.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const FROM = Date.UTC(2026, 5, 8)
const MOVED_AT = Date.UTC(2026, 5, 10, 15)
const UNTIL = Date.UTC(2026, 5, 14)

/** The kit moves in the afternoon of 10 June from one zone to the other. */
export const moveComplaints = (from: string, to: string): string[] => {
  const life = liveByCalendar(from, FROM, UNTIL, { at: MOVED_AT, timeZone: to })
  const days = life.rows('energy_day')
  const complaints: string[] = []
  const say = (isRight: boolean, complaint: string): void => {
    if (!isRight) complaints.push(complaint)
  }
  const [told, quarters] = [sumOf(days, 'dc_out_wh'), sumOf(life.rows('energy'), 'dc_out_wh')]
  say(Math.abs(told - quarters) < 1e-3, `the days hold ${told} Wh, their quarters ${quarters}`)
  const before = days.find(({ fields }) => fields.local_date === '2026-06-10')
  say(
    before !== undefined && localTimeOf(before.at, from) === '2026-06-10 00:00',
    '10 June is not that of the old zone',
  )
  const behind = days.filter(({ at }) => at > MOVED_AT + DAY_MS)
  say(behind.length > 0, 'there are no days behind it')
  for (const row of behind) {
    say(localTimeOf(row.at, to) === `${row.fields.local_date} 00:00`, `${row.fields.local_date} is not of the new zone`)
    say(numberOf(row, 'hours_count') === 24, `${row.fields.local_date} has ${row.fields.hours_count} hours`)
  }
  return complaints
}
