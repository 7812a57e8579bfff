/** What an event is called, by its kind. Pure. */
import type { Verdict } from '../../api-shapes.ts'
import { isMessageKey, type MessageKey } from '../../language.ts'
import type { EventEntry } from '../../past-shapes.ts'

/** Of the language what is needed here. */
interface Words {
  t(key: MessageKey): string
  said(text: string): string
}

/** Instead of what it is, where a module was named by others and has not spoken itself. */
const LISTED = 'listed'

/** As the collector says it where the kind is a new one. */
export const eventName = ({ kind, text, details }: EventEntry, { t, said }: Words): string => {
  const key = `history.event.${kind === 'module_joined' && details === LISTED ? 'module_listed' : kind}`
  return isMessageKey(key) ? t(key) : said(text)
}

/** Kinds that a chart has a flag for: the others are many and stand in the list alone. */
const FLAGGED = new Set(['module_left', 'firmware_changed', 'restarted', 'clock_stepped', 'alert_fired'])

export const isFlagged = ({ kind }: EventEntry): boolean => FLAGGED.has(kind)

const VERDICTS = new Set<string>([
  'live',
  'quiet',
  'asleep',
  'degraded',
  'silent',
  'frozen',
  'offline',
  'cloud_down',
  'unheard',
] satisfies Verdict[])

/** An alert by its title, behind which its numbers stand. */
const ALERT = /^([^:]+): (.+)$/s

/** Of values that are words or stand for some. */
const SITE_VALUES: Readonly<Record<string, MessageKey>> = {
  nothing: 'history.site.nothing',
  'ac_input shore': 'history.shore',
  'ac_input generator': 'history.generator',
  'is_laid_up 0': 'history.site.no',
  'is_laid_up 1': 'history.site.yes',
}

const CHANGES = /, (?=[a-z_\d]+ from )/
const CHANGE = /^(\w+) from (.+?) to (.+)$/s

/** `Name: nothing → Seebär, …` */
const siteDetails = (details: string, t: Words['t']): string => {
  const value = (name: string, text: string): string => {
    const key = SITE_VALUES[text] ?? SITE_VALUES[`${name} ${text}`]
    return key === undefined ? text : t(key)
  }
  const inWords = (_: string, name: string, before: string, now: string): string => {
    const key = `history.site.${name}`
    return `${isMessageKey(key) ? t(key) : name}: ${value(name, before)} → ${value(name, now)}`
  }
  return details
    .split(CHANGES)
    .map((change) => change.replace(CHANGE, inWords))
    .join(', ')
}

/** What was before and what is now, with an arrow; words that the console has in its language. */
export const eventDetails = ({ kind, details = '' }: EventEntry, { t, said }: Words): string => {
  const word = (text: string) => (VERDICTS.has(text) ? t(`verdict.${text as Verdict}`) : text)
  if (kind === 'alert_fired' || kind === 'alert_cleared')
    return details.replace(ALERT, (_, title: string, numbers: string) => `${said(title)}: ${numbers}`)
  if (kind === 'site_changed') return siteDetails(details, t)
  if (kind === 'module_joined' && details === LISTED) return ''
  const [before, now] = details.split(' to ')
  return before !== undefined && now !== undefined ? `${word(before)} → ${word(now)}` : said(details)
}
