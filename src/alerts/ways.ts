/** The ways to a person that the settings name. */
import type { Settings } from '../config.ts'
import type { Way } from './delivery.ts'
import { sendMail } from './mail.ts'
import { postMessage } from './webhook.ts'

/** None where nothing is set. */
export const waysOf = (settings: Settings, send: typeof fetch): Way[] => {
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_FORMAT: format, ALERT_WEBHOOK_TOKEN: token } = settings
  const { ALERT_MAIL_TO: to, ALERT_MAIL_FROM: from, SMTP_URL: smtpUrl } = settings
  const ways: Way[] = []
  if (url !== undefined)
    ways.push({ name: 'webhook', send: (message) => postMessage(send, { url, format, token }, message) })
  if (to.length > 0 && smtpUrl !== undefined)
    ways.push({ name: 'mail', send: (message) => sendMail({ smtpUrl, to, from }, message) })
  return ways
}
