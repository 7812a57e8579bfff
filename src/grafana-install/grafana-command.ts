/** `powerkits grafana install`: what is wanted, from the settings of the collector and what was typed. */
import { Command, Option } from 'commander'
import type { Settings } from '../config.ts'
import { CollectorError } from '../errors.ts'
import { openGrafana } from './grafana-api.ts'
import { installGrafana, type Source, type Tell } from './install.ts'
import { SHIPPED, shippedBoards, shippedRules } from './shipped.ts'

export interface InstallOptions {
  readonly url: string
  readonly token: string
  /** Where Grafana reaches the InfluxDB; that of the settings where it is not told. */
  readonly influxUrl?: string
}

interface Shell {
  readonly send: typeof fetch
  readonly print: (line: string) => void
}

/** As the collector itself asks: 1.x before 1.8 knows users by Basic alone, all others also as `Token user:password`. */
const authorizationOf = (settings: Settings): string | undefined => {
  const { INFLUX_API, INFLUX_TOKEN, INFLUX_USERNAME, INFLUX_PASSWORD = '' } = settings
  const user = INFLUX_USERNAME === undefined ? undefined : `${INFLUX_USERNAME}:${INFLUX_PASSWORD}`
  const token = INFLUX_TOKEN ?? user
  if (token === undefined) return undefined
  const isUser = INFLUX_API === 'v1' && token.includes(':')
  return isUser ? `Basic ${Buffer.from(token).toString('base64')}` : `Token ${token}`
}

/** The two data sources that boards and rules name by their uid. */
const sourcesOf = (settings: Settings, url: string): Source[] => {
  const authorization = authorizationOf(settings)
  const header = authorization === undefined ? {} : { httpHeaderName1: 'Authorization' }
  const source = (kind: 'raw' | 'history', dbName: string): Source => ({
    uid: `powerkits-${kind}`,
    name: `Power Kits (${kind})`,
    url,
    jsonData: { dbName, httpMode: 'POST', ...header },
    ...(authorization !== undefined && { secureJsonData: { httpHeaderValue1: authorization } }),
  })
  return [source('raw', settings.INFLUX_BUCKET), source('history', settings.INFLUX_HISTORY_BUCKET)]
}

const addressOf = (name: string, text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '')
    throw new CollectorError('grafana_address_invalid', `${name} is no address such as http://host:3000.`)
  return text
}

/** Installs from `from`, and tells each part. */
export const installAsTyped = async (
  { url, token, influxUrl }: InstallOptions,
  settings: Settings,
  { send, print }: Shell,
  from: URL = SHIPPED,
): Promise<void> => {
  const store = influxUrl ?? settings.INFLUX_URL
  if (store === undefined)
    throw new CollectorError(
      'grafana_without_influx',
      'Neither --influx-url nor INFLUX_URL says where the InfluxDB is.',
    )
  const wanted = {
    sources: sourcesOf(settings, addressOf('--influx-url', store)),
    boards: shippedBoards(from),
    rules: shippedRules(from, settings),
  }
  const tell: Tell = (what, outcome, more = '') =>
    print(`${outcome.padEnd(9)}  ${what}${more === '' ? '' : `: ${more}`}`)
  await installGrafana(openGrafana(addressOf('--url', url), token, send), wanted, tell)
}

/** The command for the command line. */
export const grafanaCommand = (settings: () => Settings, shell: Shell): Command => {
  const install = new Command('install')
    .description('bring data sources, boards and rules of alerts into a Grafana, again after each upgrade')
    .requiredOption('--url <url>', 'where this machine reaches Grafana, such as http://127.0.0.1:3000')
    .addOption(
      new Option('--token <token>', 'of a service account of the role Admin')
        .env('GRAFANA_TOKEN')
        .makeOptionMandatory(),
    )
    .option('--influx-url <url>', 'where Grafana reaches the InfluxDB; default: INFLUX_URL')
    .action((options: InstallOptions) => installAsTyped(options, settings(), shell))
  return new Command('grafana').description('boards and alerts for a Grafana of your own').addCommand(install)
}
