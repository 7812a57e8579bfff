/** Shows that days, months and years of energy are those of the site's own calendar: 23, 25, 23.5 and 24.5 hours too. */
import { liveByCalendar } from '../test/history/calendar-life.ts'
import { calendarFound } from '../test/history/calendar-verdict.ts'
import { moveComplaints } from '../test/history/move-verdict.ts'

export const title = 'days of 23, 24, 25 and 24½ hours: years of quarters in four time zones, and a kit that moves'

const DAY_MS = 86_400_000

interface Zone {
  readonly name: string
  /** Days of each year that have not 24 hours, by the law of the place. */
  readonly odd: Readonly<Record<string, Readonly<Record<string, number>>>>
}

const ZONES: readonly Zone[] = [
  {
    name: 'Europe/Berlin',
    odd: { 2026: { '2026-03-29': 23, '2026-10-25': 25 }, 2027: { '2027-03-28': 23, '2027-10-31': 25 } },
  },
  {
    name: 'America/New_York',
    odd: { 2026: { '2026-03-08': 23, '2026-11-01': 25 }, 2027: { '2027-03-14': 23, '2027-11-07': 25 } },
  },
  { name: 'Asia/Kathmandu', odd: { 2026: {}, 2027: {} } },
  {
    name: 'Australia/Lord_Howe',
    odd: { 2026: { '2026-04-05': 24.5, '2026-10-04': 23.5 }, 2027: { '2027-04-04': 24.5, '2027-10-03': 23.5 } },
  },
]

/** The whole of a year with some days around it; of the next one the months in which clocks change. */
const SPANS: readonly (readonly [from: number, until: number])[] = [
  [Date.UTC(2025, 11, 30), Date.UTC(2027, 0, 3)],
  [Date.UTC(2027, 2, 1), Date.UTC(2027, 3, 8)],
  [Date.UTC(2027, 8, 30), Date.UTC(2027, 10, 10)],
]

const showSpan = ({ name, odd }: Zone, from: number, until: number): boolean => {
  const { days, oddDays, complaints } = calendarFound(liveByCalendar(name, from, until), name)
  const year = new Date(until - 7 * DAY_MS).getUTCFullYear()
  const expected = Object.entries(odd[year]!).filter(([date]) => Date.parse(date) >= from && Date.parse(date) <= until)
  const isRight = JSON.stringify(Object.entries(oddDays)) === JSON.stringify(expected) && complaints.length === 0
  const told = Object.entries(oddDays).map(([date, hours]) => `${date} ${hours} h`)
  const span = [from, until].map((at) => new Date(at).toISOString().slice(0, 10)).join(' to ')
  console.log(
    `${isRight ? 'ok   ' : 'WRONG'} ${name.padEnd(20)} ${span}  ${String(days).padStart(3)} days  ${told.join('  ') || 'all of 24 h'}`,
  )
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
  const spans = ZONES.flatMap((zone) => SPANS.map(([from, until]) => showSpan(zone, from, until)))
  const moves = [
    showMove('Europe/Berlin', 'Asia/Kathmandu'),
    showMove('Europe/Berlin', 'America/New_York'),
    showMove('America/New_York', 'Europe/Berlin'),
  ]
  return [...spans, ...moves].every(Boolean)
}
