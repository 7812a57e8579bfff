/** Where the values of the demonstration kit live: beside those of real ones, never among them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from './config.ts'

/** A directory and a database of its own; nobody is told of its alerts. */
export const demonstrationSettings = (settings: Settings): Settings => ({
  ...settings,
  DATA_DIR: join(settings.DATA_DIR, 'demo'),
  INFLUX_BUCKET: `${settings.INFLUX_BUCKET}_demo`,
  INFLUX_HISTORY_BUCKET: `${settings.INFLUX_HISTORY_BUCKET}_demo`,
  ALERT_WEBHOOK_URL: undefined,
  ALERT_MAIL_TO: [],
})

const isUsed = ({ DATA_DIR }: Settings): boolean => existsSync(join(DATA_DIR, 'spool'))

/** What to look at: the demonstration's where nothing else was ever collected. */
export const collectedSettings = (settings: Settings): Settings => {
  const demonstration = demonstrationSettings(settings)
  return !isUsed(settings) && isUsed(demonstration) ? demonstration : settings
}
