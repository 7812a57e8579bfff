import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseCompose } from './compose-file.ts'

interface Provisioned {
  readonly datasources?: readonly {
    readonly uid: string
    readonly type: string
    readonly url: string
    readonly jsonData: Readonly<Record<string, string>>
    readonly secureJsonData: Readonly<Record<string, string>>
  }[]
  readonly providers?: readonly { readonly allowUiUpdates: boolean; readonly options: { readonly path: string } }[]
}

const FOLDER = 'grafana/provisioning'
const read = (folder: string): [string, string][] =>
  readdirSync(join(FOLDER, folder)).map((name) => [name, readFileSync(join(FOLDER, folder, name), 'utf8')])
const files = [...read('datasources'), ...read('dashboards')]
const { datasources = [] } = parse(new Map(read('datasources')).get('powerkits.yaml') ?? '') as Provisioned
const { providers = [] } = parse(new Map(read('dashboards')).get('powerkits.yaml') ?? '') as Provisioned
const { environment = {}, volumes = [] } = parseCompose(readFileSync('docker-compose.yml', 'utf8')).services.grafana!

/** Names of the environment that Grafana fills into its files. */
const variablesIn = (text: string): string[] => [...text.matchAll(/\$\{?([A-Z]\w*)/g)].map(([, name]) => name ?? '')
const secretFilesIn = (text: string): string[] =>
  [...text.matchAll(/\$__file\{\/run\/secrets\/([^}]+)\}/g)].map(([, name]) => name ?? '')

describe('what Grafana is told at its start', () => {
  it('is one data source for each database, asked in InfluxQL', () => {
    expect(datasources.map(({ uid, type, url, jsonData }) => [uid, type, url, jsonData.dbName])).toEqual([
      ['powerkits-raw', 'influxdb', '$INFLUX_URL', '$INFLUX_BUCKET'],
      ['powerkits-history', 'influxdb', '$INFLUX_URL', '$INFLUX_HISTORY_BUCKET'],
    ])
    for (const { jsonData } of datasources) {
      expect(jsonData.version).toBeUndefined()
      expect(jsonData.httpHeaderName1).toBe('Authorization')
    }
  })

  it('names only variables and secrets that docker-compose.yml gives it', () => {
    const given = readFileSync('deploy/make-secrets.sh', 'utf8')
    const asked = files.flatMap(([, text]) => variablesIn(text))
    expect(asked).toContain('INFLUX_URL')
    expect(asked.filter((name) => !(name in environment))).toEqual([])
    const secrets = files.flatMap(([, text]) => secretFilesIn(text))
    expect(secrets).toHaveLength(2)
    expect(secrets.filter((name) => !given.includes(`give ${name} grafana `))).toEqual([])
  })

  it('holds no secret itself', () => {
    for (const { secureJsonData } of datasources)
      for (const value of Object.values(secureJsonData)) expect(value).toMatch(/^\$__file\{[^}]+\}$/)
  })

  it('reads the boards where docker-compose.yml mounts them', () => {
    expect(providers).toHaveLength(1)
    const path = providers[0]?.options.path
    expect(volumes).toContain(`./grafana/dashboards:${path}:ro`)
    const home = environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? ''
    expect(existsSync(home.replace(path ?? '', 'grafana/dashboards'))).toBe(true)
    expect(volumes).toContain('./grafana/provisioning:/etc/grafana/provisioning:ro')
    expect(providers[0]?.allowUiUpdates).toBe(false)
  })
})
