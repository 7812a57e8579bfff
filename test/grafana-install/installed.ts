/** Runs the install against the stand-in, as it is typed. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readSettings } from '../../src/config.ts'
import { CollectorError } from '../../src/errors.ts'
import { installAsTyped } from '../../src/grafana-install/grafana-command.ts'
import { type StandIn, TOKENS } from './grafana-stand-in.ts'

export interface Run {
  readonly lines: readonly string[]
  /** Code of the error, where it ended with one. */
  readonly failed: string
  readonly message: string
  /** How many of the lines say so. */
  readonly made: number
  readonly changed: number
  readonly unchanged: number
}

/** Of the checkout, also when this is compiled elsewhere. */
const SHIPPED = pathToFileURL('grafana/')

interface Given {
  readonly token?: string
  readonly env?: Readonly<Record<string, string>>
  readonly from?: URL
  readonly url?: string
}

const ENV = { INFLUX_URL: 'http://influxdb:8086', INFLUX_TOKEN: 'influx-secret' }

export const install = async (grafana: StandIn, given: Given = {}): Promise<Run> => {
  const { token = TOKENS.admin, env = ENV, from = SHIPPED, url = grafana.url } = given
  const lines: string[] = []
  const shell = { send: fetch, print: (line: string) => void lines.push(line) }
  const failure = await installAsTyped({ url, token }, readSettings(env), shell, from).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (failure !== undefined && !(failure instanceof CollectorError)) throw failure
  const count = (what: string): number => lines.filter((line) => line.startsWith(what)).length
  return {
    lines,
    failed: failure?.code ?? '',
    message: failure?.message ?? '',
    ...{ made: count('made'), changed: count('changed'), unchanged: count('unchanged') },
  }
}

/** What is shipped, with one board and one rule as a later version might have them. */
export const laterVersion = (): URL => {
  const folder = mkdtempSync(join(tmpdir(), 'powerkits-grafana-'))
  for (const name of ['dashboards', 'provisioning'])
    cpSync(new URL(name, SHIPPED), join(folder, name), { recursive: true })
  const change = (name: string, from: string, to: string): void => {
    const text = readFileSync(join(folder, name), 'utf8')
    writeFileSync(join(folder, name), text.replace(from, to))
  }
  change('dashboards/solar.json', '"refresh": "1m"', '"refresh": "5m"')
  change('provisioning/alerting/powerkits.yaml', '"title": "Kit is silent"', '"title": "Kit has gone silent"')
  return pathToFileURL(`${folder}/`)
}
