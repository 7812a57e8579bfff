/** The rules of alerts as a page for people: docs/alerts.md. Pure; bin/fields.mjs writes it and a test keeps it current. */
import { type Alert, THRESHOLDS, type ThresholdName } from './alert-rule.ts'
import { ROWS } from './rows.ts'
import { UNITS } from './units.ts'

const INTRODUCTION = `# Alerts

The collector looks at every kit, module, active error and at itself once a minute, and tells when a rule finds what it
looks for. It looks at what it knows itself, never at the store: alerts work while the store is down. Without any setting
they stand in the log and, those of kits, among the events of the kit (\`event\`, kinds \`alert_fired\` and
\`alert_cleared\`). This page is made from \`src/catalogue/alerts.ts\` by \`node bin/fields.mjs\`.

## How they reach you

\`\`\`sh
# ntfy: install its app and subscribe to a topic that nobody guesses
ALERT_WEBHOOK_URL=https://ntfy.sh/your-topic
ALERT_WEBHOOK_FORMAT=ntfy

# Telegram: make a bot with @BotFather, write to it, and take the id of the chat from its getUpdates
ALERT_WEBHOOK_URL=https://api.telegram.org/bot123456:your-token/sendMessage?chat_id=4711
ALERT_WEBHOOK_FORMAT=telegram

# mail: the server of your provider; a password is sent over an encrypted way only
ALERT_MAIL_TO=you@home.example
SMTP_URL=smtps://user:password@mail.example

# or your own program: a POST of JSON; ALERT_WEBHOOK_TOKEN goes with it as a bearer token
ALERT_WEBHOOK_URL=https://home.example/powerkits
\`\`\`

Webhook and mail can be set together. Addresses, token and password never appear in the log; each may stand in a file
(\`ALERT_WEBHOOK_URL_FILE\`, \`SMTP_URL_FILE\`). A redirect is not followed.

- \`powerkits alerts test\` sends one message on every way that is set, and says in words what came back.
- \`powerkits alerts list\` lists the rules with the thresholds that hold here, and those that fire.

An alert says what it is and of which kit, the value with its unit, since when, what it means and what to do. It is told
once when it fires and once when it is over, also across a restart of the collector. What changes within one minute
comes as one message, rule by rule. What cannot be sent is kept in \`DATA_DIR/alerts.json\` (the latest 500) and sent again after 1, 2,
4 … 60 minutes; then it says when it was noticed. If the collector dies just after sending, the same may come twice: \`id\`
and \`what\` in the JSON are the same then. The demonstration kit alerts nobody.

\`ALERT_QUIET=22:00-07:00\` holds back all but critical alerts while it is night where the kit is; what was held back comes
as one message afterwards. \`ALERT_OFF=completeness, soc-low-30\` switches rules off. A kit with \`laid_up: true\` in
\`powerkits.yaml\` alerts nobody, whatever it does.

Grafana has the same rules, for its own contact points: [dashboards.md](dashboards.md#alerts-in-grafana).

The JSON: \`source\` (powerkits), \`title\`, \`text\`, \`severity\`, \`dropped\` (alerts given up because more than 500 waited), and \`alerts\`, each with
\`id\`, \`what\` (fired, cleared, test), \`alert\` (the rule), \`title\`, \`severity\`, \`kit_sn\` and \`module_sn\` (empty where it is about
none), \`label\`, \`field\`, \`value\`, \`threshold\`, \`unit\`, \`since_ms\`, \`at_ms\`, \`time_zone\`, \`text\`, \`means\`, \`todo\`.

## When they fire

- *For*: so long without a break before it fires. A stop of the collector of up to three minutes is no break; after a
  longer one, or when it was killed, the time begins anew, and *since* with it. *Over*: the value beyond which it is over again, so that one that
  hovers around the threshold does not fire again and again; where *keep* is given, only after so long.
- A number that is not known does not fire a rule (but where *no data* says so) and, for a quarter of an hour, does not
  end it either; then it is told as no longer known, not as over.
- \`inverter_load_ratio\` is of 3600 VA, or of the kit's \`inverter_va\` in \`powerkits.yaml\`; \`circuit_load_ratio\` needs
  \`circuit_limits: { ac: 16, dc: 20 }\` (amperes) there.
- *solar-dead* needs \`latitude\` and \`longitude\`, and panels: named under \`panels\`, or seen to bring power in the last 30
  days. *generator-long* needs \`ac_input: generator\`. *ac-input-lost* and *firmware-changed* tell of a moment: that they are
  over is not told.
- Alerts about the collector itself hold whatever is laid up, and are no events of a kit.
`

const line = (columns: readonly string[]): string => `| ${columns.join(' | ')} |`

const stretch = (seconds: number): string => {
  if (seconds === 0) return ''
  return seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`
}

const unitOf = ({ row, field }: Alert): string => {
  const unit = ROWS[row]?.[field]?.unit ?? 'text'
  return unit === 'flag' || unit === 'code' || unit === 'count' ? '' : ` ${UNITS[unit]}`
}

const condition = (alert: Alert): string => {
  const { row, field, is, threshold, only } = alert
  const also = only === undefined ? '' : `, while \`${only.field}\` is ${only.is} ${only.value}`
  const value = typeof threshold === 'number' ? threshold : threshold.default
  return `\`${field}\` of \`${row}\` ${is} ${value}${unitOf(alert)}${also}`
}

const overOf = ({ threshold, clears, keepS }: Alert): string => {
  const value = typeof threshold === 'number' ? threshold : threshold.default
  return [value === clears ? '' : `${clears}`, keepS === 0 ? '' : `keep ${stretch(keepS)}`].filter(Boolean).join(', ')
}

const ruleText = (alert: Alert): string =>
  [
    `### ${alert.id}`,
    '',
    `${alert.title} (${alert.severity}). ${alert.means} *What to do*: ${alert.todo}`,
    '',
    `- Fires: ${condition(alert)}${alert.forS === 0 ? '' : `, for ${stretch(alert.forS)}`}${alert.noData === 'alerting' ? '; also on no data' : ''}.`,
    ...(overOf(alert) === '' ? [] : [`- Over: ${overOf(alert)}.`]),
    ...(typeof alert.threshold === 'number' ? [] : [`- Setting: \`${alert.threshold.setting}\`.`]),
    '',
  ].join('\n')

const thresholdRow = (name: ThresholdName): string => {
  const { is, unit, default: preset, least, most } = THRESHOLDS[name]
  return line([`\`${name}\``, is, UNITS[unit], String(preset), `${least} … ${most}`])
}

/** The whole page. */
export const alertsDocument = (alerts: readonly Alert[]): string =>
  [
    INTRODUCTION,
    '## Thresholds that can be set',
    '',
    line(['setting', 'what', 'unit', 'default', 'from … to']),
    line(['---', '---', '---', '---', '---']),
    ...(Object.keys(THRESHOLDS) as ThresholdName[]).map(thresholdRow),
    '',
    '## The rules',
    '',
    alerts.map(ruleText).join('\n'),
  ].join('\n')
