/** Every secret that the settings and the fleet hold, so that it can be kept out of whatever leaves the process. */
import type { Settings } from './config.ts'
import type { Fleet } from './fleet.ts'
import { readTokens } from './http/tokens.ts'
import type { Setting } from './setting-kinds.ts'
import { SETTINGS } from './settings.ts'

const LEAST_TOKEN = 16

/** The password in an address, as it is meant; empty where there is none. */
const passwordIn = (address: string | undefined): string => {
  const password = address !== undefined && URL.canParse(address) ? new URL(address).password : ''
  try {
    return decodeURIComponent(password)
  } catch {
    return password
  }
}

/** Parts of a path that are long enough to be a token. */
const tokensIn = (address: string | undefined): string[] =>
  address !== undefined && URL.canParse(address)
    ? new URL(address).pathname.split('/').filter(({ length }) => length >= LEAST_TOKEN)
    : []

export const secretsOf = (settings: Settings, { accounts, brokers }: Fleet): string[] => {
  const rows = Object.entries<Setting>(SETTINGS).filter(([, setting]) => setting.secret)
  return [
    ...rows.map(([name]) => String(settings[name as keyof Settings] ?? '')),
    ...readTokens(settings.CONTROL_TOKENS).tokens.map(({ token }) => token),
    ...[
      settings.INFLUX_URL,
      settings.MQTT_URL,
      settings.ECOFLOW_URL,
      settings.ALERT_WEBHOOK_URL,
      settings.SMTP_URL,
    ].map(passwordIn),
    ...tokensIn(settings.ALERT_WEBHOOK_URL),
    ...accounts.flatMap(({ accessKey, secretKey, url }) => [accessKey, secretKey, passwordIn(url)]),
    ...brokers.flatMap(({ password, url }) => [password ?? '', passwordIn(url)]),
  ].filter((secret) => secret !== '')
}
