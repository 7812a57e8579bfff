/** What an event is called, by its kind. Pure. */
import type { Verdict } from '../../api-shapes.ts'
import type { MessageKey } from '../../language.ts'
import type { EventEntry } from '../../past-shapes.ts'

/** Of the language what is needed here. */
interface Words {
  t(key: MessageKey): string
  said(text: string): string
}

const NAMES: Readonly<Record<string, MessageKey>> = {
  kit_joined: 'history.event.kit_joined',
  module_joined: 'history.event.module_joined',
  module_left: 'history.event.module_left',
  firmware_changed: 'history.event.firmware_changed',
  restarted: 'history.event.restarted',
  came_online: 'history.event.came_online',
  went_offline: 'history.event.went_offline',
  verdict_changed: 'history.event.verdict_changed',
  site_changed: 'history.event.site_changed',
  clock_stepped: 'history.event.clock_stepped',
  alert_fired: 'history.event.alert_fired',
  alert_cleared: 'history.event.alert_cleared',
}

/** As the collector says it where the kind is a new one. */
export const eventName = ({ kind, text }: EventEntry, { t, said }: Words): string => {
  const name = NAMES[kind]
  return name === undefined ? said(text) : t(name)
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

/** What was before and what is now, with an arrow; words that the console has in its language. */
export const eventDetails = ({ kind, details = '' }: EventEntry, { t, said }: Words): string => {
  const word = (text: string) => (VERDICTS.has(text) ? t(`verdict.${text as Verdict}`) : text)
  if (kind === 'alert_fired' || kind === 'alert_cleared')
    return details.replace(ALERT, (_, title: string, numbers: string) => `${said(title)}: ${numbers}`)
  const [before, now] = details.split(' to ')
  const isPlain = before !== undefined && now !== undefined && kind !== 'site_changed'
  return isPlain ? `${word(before)} → ${word(now)}` : said(details)
}
