/** Alerts of a running collector: its rules, its ways, its quiet hours, over its line. */
import { join } from 'node:path'
import { ALERTS } from '../catalogue/alerts.ts'
import type { Settings } from '../config.ts'
import type { Line } from '../line.ts'
import type { Log } from '../log.ts'
import { nodeFiles } from '../store/files.ts'
import { rulesOf } from './evaluate.ts'
import { isQuiet } from './quiet-hours.ts'
import { ALERTS_FILE } from './state-file.ts'
import { type AlertWatch, openAlertWatch } from './watch.ts'
import { waysOf } from './ways.ts'

/** Begins with how alerts stood when the collector last ran. */
export const openAlerts = (line: Line, settings: Settings, send: typeof fetch, log: Log): Promise<AlertWatch> => {
  const { intake, clock } = line
  return openAlertWatch({
    rules: rulesOf(ALERTS, settings, settings.ALERT_OFF),
    ways: waysOf(settings, send),
    isHeldBack: ({ severity, time_zone }, at) =>
      severity !== 'critical' && isQuiet(settings.ALERT_QUIET, time_zone, at),
    state: () => intake.track.state,
    tell: (news) => {
      const bytes = new TextEncoder().encode(JSON.stringify(news))
      intake.accept({ at: clock.now(), source: 'tick', topic: 'alert', bytes })
    },
    files: nodeFiles,
    path: join(settings.DATA_DIR, ALERTS_FILE),
    log,
  })
}
