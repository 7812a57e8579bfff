/** Notices bundled into one message, so that a storm of them is one thing to read. */
import { moment, type Notice } from './notice.ts'

export interface Message {
  readonly title: string
  readonly text: string
  /** The worst of what fires in it. */
  readonly severity: Notice['severity']
  readonly alerts: readonly Notice[]
  /** How many were given up before, because too many waited. */
  readonly dropped: number
}

const LATE_MS = 600_000
const MOST_LINES = 20
const ORDER = ['info', 'warning', 'critical'] as const

const heading = ({ label, title, what }: Notice): string => `${label}: ${what === 'cleared' ? `over: ${title}` : title}`

const lateness = ({ at_ms, time_zone }: Notice, at: number): string =>
  at - at_ms > LATE_MS ? ` (noticed ${moment(at_ms, time_zone)})` : ''

const inFull = (notice: Notice, at: number): string => {
  const said = `${notice.text.charAt(0).toUpperCase()}${notice.text.slice(1)}.${lateness(notice, at)}`
  return notice.what === 'cleared' ? said : `${said}\n${notice.means}\nWhat to do: ${notice.todo}`
}

const inALine = (notice: Notice, at: number): string =>
  `- ${notice.what === 'cleared' ? 'over: ' : ''}${notice.label}: ${notice.text}${lateness(notice, at)}`

/** Notices of one rule together: what it means and what to do stands once, below those that fire. */
const byRule = (notices: readonly Notice[], at: number): string[] => {
  const rules = new Map<string, Notice[]>()
  for (const notice of notices) rules.set(notice.alert, [...(rules.get(notice.alert) ?? []), notice])
  return [...rules.values()].flatMap((ofRule) => {
    const [first] = ofRule as [Notice]
    const advice = ofRule.some(({ what }) => what === 'fired') ? [first.means, `What to do: ${first.todo}`] : []
    return [`${first.title}`, ...ofRule.map((notice) => inALine(notice, at)), ...advice, '']
  })
}

const rankOf = ({ severity }: Notice): number => ORDER.indexOf(severity)

const worst = (notices: readonly Notice[]): Notice['severity'] => {
  const ranks = notices.filter(({ what }) => what !== 'cleared').map(rankOf)
  return ORDER[Math.max(0, ...ranks)]!
}

const MOST_NAMED = 2

/** The rules by name, the worst first: a phone shows the title alone. */
const titleOfMany = (notices: readonly Notice[]): string => {
  const fired = notices.filter(({ what }) => what !== 'cleared')
  const told = (fired.length > 0 ? fired : [...notices]).sort((a, b) => rankOf(b) - rankOf(a))
  const names = [...new Set(told.map(({ title }) => title))]
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  const places = [...new Set(notices.map(({ kit_sn }) => kit_sn))]
  const where = places.length === 1 ? notices[0]!.label.split(',')[0] : `${places.length} places`
  const over = notices.length - fired.length
  const ended = over === 0 ? '' : fired.length > 0 ? `; ${over} over` : ''
  return `${where}: ${fired.length > 0 ? '' : 'over: '}${names.slice(0, MOST_NAMED).join(', ')}${more}${ended}`
}

/** One message of all these notices, at least one, as it is sent at `at` (epoch ms). */
export const messageOf = (notices: readonly Notice[], dropped: number, at: number): Message => {
  const [first] = notices
  const isOne = notices.length === 1 && first !== undefined
  const lines = isOne ? [inFull(first, at)] : byRule(notices.slice(0, MOST_LINES), at)
  const left = notices.length - MOST_LINES
  if (left > 0) lines.push(`… and ${left} more.`)
  if (dropped > 0) lines.push(`${dropped} older ones were given up: too many waited to be sent.`)
  return {
    title: isOne ? heading(first) : titleOfMany(notices),
    text: lines.join('\n').trimEnd(),
    severity: worst(notices),
    alerts: notices,
    dropped,
  }
}
