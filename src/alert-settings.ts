/** The settings of alerts: whom they are told, when, and the thresholds of the rules, made from the catalogue's. */
import { limitsText, THRESHOLDS, type ThresholdName } from './catalogue/alert-rule.ts'
import { address, addresses, alertIds, choice, decimal, quietHours, type Setting, text, url } from './setting-kinds.ts'

const thresholdOf = (name: ThresholdName) => {
  const { least, most, is } = THRESHOLDS[name]
  const preset: number = THRESHOLDS[name].default
  return {
    is: `threshold of alerts: ${is}`,
    read: decimal(least, most).default(preset),
    expected: limitsText(name),
  }
}

/** The cast: every name of the table and no other. */
const OF_RULES = Object.fromEntries(
  (Object.keys(THRESHOLDS) as ThresholdName[]).map((name) => [name, thresholdOf(name)]),
) as { readonly [Name in ThresholdName]: ReturnType<typeof thresholdOf> }

export const ALERT_SETTINGS = {
  ALERT_WEBHOOK_URL: {
    is: 'where alerts are posted to; it may hold a token',
    read: url('http:', 'https:'),
    expected: 'https://host/path',
    secret: true,
  },
  ALERT_WEBHOOK_FORMAT: {
    is: 'in what form: JSON of our own, or that of ntfy or of Telegram’s bots',
    read: choice('json', 'ntfy', 'telegram'),
    expected: 'json, ntfy or telegram',
  },
  ALERT_WEBHOOK_TOKEN: { is: 'bearer token that goes with them', read: text, expected: 'text', secret: true },
  ALERT_MAIL_TO: {
    is: 'whom alerts are mailed to',
    read: addresses,
    expected: 'mail addresses, separated by commas',
  },
  ALERT_MAIL_FROM: {
    is: 'who they are from; default: the user of SMTP_URL where that is an address',
    read: address,
    expected: 'a mail address',
  },
  SMTP_URL: {
    is: 'mail server that takes them, with user and password',
    read: url('smtp:', 'smtps:'),
    expected: 'smtps://user:password@host or smtp://user:password@host:587',
    secret: true,
  },
  ALERT_QUIET: {
    is: 'hours in which only critical alerts are told, where the kit is; the others come together afterwards',
    read: quietHours,
    expected: 'a span of the day such as 22:00-07:00',
  },
  ALERT_OFF: {
    is: 'rules of alerts that nobody wants to hear of',
    read: alertIds,
    expected: 'ids of rules as in docs/alerts.md, separated by commas',
  },
  ...OF_RULES,
} as const satisfies Record<string, Setting>

const LADDER = ['ALERT_SOC_EMPTY_PCT', 'ALERT_SOC_VERY_LOW_PCT', 'ALERT_SOC_LOW_PCT'] as const

/** One that could not be read is not there. */
interface WaySettings extends Readonly<Partial<Record<(typeof LADDER)[number], number>>> {
  readonly ALERT_MAIL_TO?: readonly string[]
  readonly SMTP_URL: string | undefined
  readonly ALERT_WEBHOOK_URL: string | undefined
  readonly ALERT_WEBHOOK_FORMAT: 'json' | 'ntfy' | 'telegram'
}

const hasChat = (address: string): boolean => (new URL(address).searchParams.get('chat_id') ?? '') !== ''

/** The marks of the charge are to be told one after the other. */
const ladderProblems = (settings: WaySettings): string[] =>
  LADDER.slice(1).flatMap((upper, index) => {
    const lower = LADDER[index]!
    const isInOrder = !(Number(settings[upper]) <= Number(settings[lower]))
    return isInOrder
      ? []
      : [`${upper}: got ${settings[upper]}, expected more than ${lower}, which is ${settings[lower]}`]
  })

/** What these settings need of each other. */
export const alertProblems = (settings: WaySettings): string[] => {
  const { ALERT_MAIL_TO: to, SMTP_URL: smtp, ALERT_WEBHOOK_URL: hook, ALERT_WEBHOOK_FORMAT: format } = settings
  return [
    ...(to !== undefined && to.length > 0 && smtp === undefined
      ? ['SMTP_URL: got nothing, expected the mail server for ALERT_MAIL_TO']
      : []),
    ...(to?.length === 0 && smtp !== undefined ? ['ALERT_MAIL_TO: got nothing, expected whom SMTP_URL is for'] : []),
    ...(format === 'telegram' && hook !== undefined && !hasChat(hook)
      ? ['ALERT_WEBHOOK_URL: got an address without chat_id, expected …/sendMessage?chat_id=… for Telegram']
      : []),
    ...ladderProblems(settings),
  ]
}
