/** Shows that days, months and years of energy are those of the site's own calendar: 23, 25, 23.5 and 24.5 hours too. */
import { liveByCalendar } from '../test/history/calendar-life.ts'
import { calendarFound } from '../test/history/calendar-verdict.ts'
import { moveComplaints } from '../test/history/move-verdict.ts'

export const title = 'days of 23, 24, 25 and 24½ hours: a year of quarters in four time zones, and a kit that moves'

const DAY_MS = 86_400_000

/** Days that have not 24 hours, by the law of each place. */
const ZONES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'Europe/Berlin': { '2026-03-29': 23, '2026-10-25': 25, '2027-03-28': 23, '2027-10-31': 25 },
  'America/New_York': { '2026-03-08': 23, '2026-11-01': 25, '2027-03-14': 23, '2027-11-07': 25 },
  'Asia/Kathmandu': {},
  'Australia/Lord_Howe': { '2026-04-05': 24.5, '2026-10-04': 23.5, '2027-04-04': 24.5, '2027-10-03': 23.5 },
}

/** Whole years of quarters: from the last days of 2025 to the first of 2028. */
const FROM = Date.UTC(2025, 11, 30)
const UNTIL = Date.UTC(2028, 0, 3)

const showZone = (timeZone: string, expected: Readonly<Record<string, number>>): boolean => {
  const { days, oddDays, complaints } = calendarFound(liveByCalendar(timeZone, FROM, UNTIL), timeZone)
  const isRight = JSON.stringify(oddDays) === JSON.stringify(expected) && complaints.length === 0
  const told = Object.entries(oddDays).map(([date, hours]) => `${date} ${hours} h`)
  console.log(`${isRight ? 'ok   ' : 'WRONG'} ${timeZone.padEnd(20)} ${days} days  ${told.join('  ') || 'all of 24 h'}`)
  for (const complaint of complaints.slice(0, 10)) console.log(`      ${complaint}`)
  return isRight
}

const showMove = (from: string, to: string): boolean => {
  const complaints = moveComplaints(from, to)
  console.log(`${complaints.length === 0 ? 'ok   ' : 'WRONG'} ${from} to ${to}: counts from the next day on`)
  for (const complaint of complaints) console.log(`      ${complaint}`)
  return complaints.length === 0
}

export const run = async (): Promise<boolean> => {
  console.log(`${(UNTIL - FROM) / DAY_MS} days of quarters in each zone; days, months and years summed from them\n`)
  const zones = Object.entries(ZONES).map(([zone, expected]) => showZone(zone, expected))
  const moves = [
    showMove('Europe/Berlin', 'Asia/Kathmandu'),
    showMove('Europe/Berlin', 'America/New_York'),
    showMove('America/New_York', 'Europe/Berlin'),
  ]
  return [...zones, ...moves].every(Boolean)
}
