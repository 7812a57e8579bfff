/** `powerkits alerts`: the rules as they hold here, and a test of the ways on which they are told. */
import { join } from 'node:path'
import { type Rule, rulesOf } from '../alerts/evaluate.ts'
import { messageOf } from '../alerts/message.ts'
import { moment, testNotice } from '../alerts/notice.ts'
import { ALERTS_FILE, loadAlertState } from '../alerts/state-file.ts'
import { waysOf } from '../alerts/ways.ts'
import { ALERTS } from '../catalogue/alerts.ts'
import type { Settings } from '../config.ts'
import { collectedSettings } from '../demonstration.ts'
import { nodeFiles } from '../store/files.ts'
import { type Column, drawTable } from './table.ts'

/** What can be asked of alerts. */
export const ASKED = ['list', 'test'] as const

interface AlertsWorld {
  readonly send: typeof fetch
  /** Epoch ms. */
  readonly now: number
  readonly print: (line: string) => void
}

type Print = AlertsWorld['print']

const WIDTH = 120

const column = (head: string, cells: readonly string[], isRight = false): Column => ({ head, cells, isRight })

/** Of two conditions on one field both. */
const firesAt = ({ alert: { field, is, only }, fires }: Rule): string =>
  only?.field === field ? `${is} ${fires}, ${only.is} ${only.value}` : `${is} ${fires}`

/** Prints the rules with the thresholds that hold, and what fires according to the data directory. */
const listAlerts = async (settings: Settings, print: Print): Promise<void> => {
  const rules = rulesOf(ALERTS, settings, [])
  const isOff = (id: string): boolean => settings.ALERT_OFF.includes(id)
  const columns = [
    column(
      'rule',
      rules.map(({ alert }) => alert.id),
    ),
    column(
      'severity',
      rules.map(({ alert }) => (isOff(alert.id) ? 'off' : alert.severity)),
    ),
    column(
      'field',
      rules.map(({ alert }) => `${alert.row}.${alert.field}`),
    ),
    column('fires', rules.map(firesAt)),
    column(
      'for',
      rules.map(({ alert }) => `${alert.forS} s`),
      true,
    ),
    column(
      'what',
      rules.map(({ alert }) => alert.title),
    ),
  ]
  for (const line of drawTable(columns, WIDTH)) print(line)
  const known = await loadAlertState(nodeFiles, join(settings.DATA_DIR, ALERTS_FILE))
  const standings = known.standings.filter(([, { firedAt }]) => firedAt !== undefined)
  print('')
  print(standings.length === 0 ? 'None fires.' : 'These fire:')
  for (const [key, { subject, sinceAt }] of standings)
    print(`  ${key.split(' ')[0]}  ${subject.label}  since ${moment(sinceAt, subject.timeZone)}`)
}

/** Sends a message on every way that is set; false unless there is one and all took it. */
const testAlerts = async (settings: Settings, send: typeof fetch, now: number, print: Print): Promise<boolean> => {
  const ways = waysOf(settings, send)
  if (ways.length === 0)
    print(
      'No way is set: alerts stand in the log alone. Set ALERT_WEBHOOK_URL or ALERT_MAIL_TO; docs/alerts.md shows how.',
    )
  let areTaken = ways.length > 0
  for (const way of ways) {
    const { isTaken, text } = await way.send(messageOf([testNotice(now, settings.TIME_ZONE)], 0, now))
    print(`${way.name}: ${isTaken ? 'taken' : 'NOT taken'}; ${text}.`)
    areTaken &&= isTaken
  }
  return areTaken
}

/** `what` is one of ASKED. False where a test failed. */
export const alertsAsTyped = async (
  what: string,
  settings: Settings,
  { send, now, print }: AlertsWorld,
): Promise<boolean> => {
  if (what === 'test') return testAlerts(settings, send, now, print)
  await listAlerts(collectedSettings(settings), print)
  return true
}
