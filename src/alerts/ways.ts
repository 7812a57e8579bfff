/** The ways to a person that the settings name. */
import type { Settings } from '../config.ts'
import type { Way } from './delivery.ts'
import { postMessage } from './webhook.ts'

type WaySettings = Pick<Settings, 'ALERT_WEBHOOK_URL' | 'ALERT_WEBHOOK_FORMAT' | 'ALERT_WEBHOOK_TOKEN'>

/** None where nothing is set. */
export const waysOf = (settings: WaySettings, send: typeof fetch): Way[] => {
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_FORMAT: format, ALERT_WEBHOOK_TOKEN: token } = settings
  return url === undefined
    ? []
    : [{ name: 'webhook', send: (message) => postMessage(send, { url, format, token }, message) }]
}
