/** The settings of alerts: whom they are told, when, and the thresholds of the rules, made from the catalogue's. */
import { limitsText, THRESHOLDS, type ThresholdName } from './catalogue/alert-rule.ts'
import { alertIds, choice, decimal, quietHours, type Setting, text, url } from './setting-kinds.ts'

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
