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

const inALine = (notice: Notice, at: number): string => `- ${heading(notice)} (${notice.text})${lateness(notice, at)}`

const worst = (notices: readonly Notice[]): Notice['severity'] => {
  const ranks = notices.filter(({ what }) => what !== 'cleared').map(({ severity }) => ORDER.indexOf(severity))
  return ORDER[Math.max(0, ...ranks)]!
}

const titleOfMany = (notices: readonly Notice[]): string => {
  const fired = notices.filter(({ what }) => what === 'fired').length
  const places = [...new Set(notices.map(({ kit_sn }) => kit_sn))]
  const cleared = notices.length - fired
  const counts = [fired > 0 ? `${fired} ${fired === 1 ? 'alert' : 'alerts'}` : '', cleared > 0 ? `${cleared} over` : '']
  return `${counts.filter(Boolean).join(', ')} ${places.length === 1 ? `of ${notices[0]!.label.split(',')[0]}` : `in ${places.length} places`}`
}

/** One message of all these notices, at least one, as it is sent at `at` (epoch ms). */
export const messageOf = (notices: readonly Notice[], dropped: number, at: number): Message => {
  const [first] = notices
  const isOne = notices.length === 1 && first !== undefined
  const lines = isOne ? [inFull(first, at)] : notices.slice(0, MOST_LINES).map((notice) => inALine(notice, at))
  const left = notices.length - MOST_LINES
  if (left > 0) lines.push(`… and ${left} more.`)
  if (dropped > 0) lines.push(`${dropped} older ones were given up: too many waited to be sent.`)
  return {
    title: isOne ? heading(first) : titleOfMany(notices),
    text: lines.join('\n'),
    severity: worst(notices),
    alerts: notices,
    dropped,
  }
}
