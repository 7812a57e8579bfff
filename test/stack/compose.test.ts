import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readSettings } from '../../src/config.ts'
import { SETTINGS } from '../../src/settings.ts'
import { dealAccounts } from '../../src/simulator/account.ts'
import {
  againstSchema,
  type ComposeFile,
  complaintsOf,
  filled,
  mountedPaths,
  parseCompose,
  SERVICE_RULES,
  type Service,
  unpinnedBases,
} from './compose-file.ts'

const compose = parseCompose(readFileSync('docker-compose.yml', 'utf8'))
const dockerfile = readFileSync('Dockerfile', 'utf8')
const { services } = compose

describe('docker-compose.yml', () => {
  it('is what the Compose Specification describes', () => {
    expect(againstSchema(compose)).toEqual([])
  })

  it.each(Object.keys(SERVICE_RULES))('of each service: %s', (rule) => {
    expect(complaintsOf(rule, compose, dockerfile)).toEqual([])
  })

  it('holds the services that the pages tell of', () => {
    expect(Object.keys(services)).toEqual(['secrets', 'influxdb', 'powerkits', 'grafana', 'simulator'])
    expect(Object.entries(services).filter(([, { profiles }]) => profiles?.includes('demo'))).toHaveLength(1)
  })

  it('starts nothing before its secrets are there', () => {
    for (const name of ['influxdb', 'powerkits', 'grafana'])
      expect(services[name]?.depends_on).toEqual({ secrets: { condition: 'service_completed_successfully' } })
  })

  it('builds the image under the version of this checkout', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(services.powerkits?.image).toBe(`powerkits:${version}`)
    expect(services.simulator?.image).toBe(services.powerkits?.image)
  })

  it('hands every setting on to the collector, but for those that are its own', () => {
    const { environment = {} } = services.powerkits as Service
    const given = Object.keys(environment).map((name) => (name in SETTINGS ? name : name.replace(/_FILE$/, '')))
    const notHandedOn = ['INFLUX_USERNAME', 'INFLUX_PASSWORD']
    expect(Object.keys(SETTINGS).filter((name) => ![...given, ...notHandedOn].includes(name))).toEqual([])
    expect(given.filter((name) => !(name in SETTINGS))).toEqual([])
  })

  it('gives the collector settings that it takes', () => {
    const env = Object.fromEntries(
      Object.entries(services.powerkits?.environment ?? {}).map(([name, value]) => [name, filled(value ?? '')]),
    )
    const given = readFileSync('deploy/make-secrets.sh', 'utf8')
    const settings = readSettings(env, (path) => {
      expect(given).toContain(path.replace('/run/secrets/', 'give ').concat(' powerkits '))
      return `what stands in ${path}`
    })
    expect(settings.INFLUX_TOKEN).toBe('what stands in /run/secrets/influxdb-token')
    expect(settings.HTTP_TOKEN).toBe('what stands in /run/secrets/http-token')
    expect([settings.INFLUX_URL, settings.DATA_DIR, settings.HTTP_HOST]).toEqual([
      'http://influxdb:8086',
      '/data',
      '0.0.0.0',
    ])
  })

  it('mounts what is in the checkout', () => {
    const paths = mountedPaths(compose)
    expect(paths.length).toBeGreaterThan(3)
    expect(paths.filter((path) => !existsSync(path))).toEqual([])
  })

  it('keeps everything in named volumes', () => {
    const named = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.flatMap((volume) => (volume.startsWith('./') ? [] : [volume.split(':')[0] ?? ''])),
    )
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes ?? {}).sort())
  })
})

const changed = (name: string, change: object): ComposeFile => ({
  ...compose,
  services: { ...services, [name]: { ...services[name], ...change } },
})

describe('the rules go red', () => {
  it.each([
    ['its image is pinned by exact version', { image: 'grafana/grafana:latest' }],
    ['its image is pinned by exact version', { image: 'grafana/grafana' }],
    ['its image is pinned by exact version', { image: 'influxdb:2.7' }],
    ['it holds no secret', { environment: { GF_SECURITY_ADMIN_PASSWORD: 'admin' } }],
    ['it holds no secret', { environment: { INFLUX_TOKEN: '$' + '{INFLUX_TOKEN:-secret}' } }],
    ['its ports are on loopback unless told otherwise', { ports: ['3000:3000'] }],
    ['its ports are on loopback unless told otherwise', { ports: ['$' + '{POWERKITS_BIND:-0.0.0.0}:3000:3000'] }],
    ['it is confined', { read_only: false }],
    ['it is confined', { cap_drop: [] }],
    ['it is confined', { security_opt: [] }],
    ['it runs as an ordinary user', { user: '0:0' }],
    ['its health is looked after', { healthcheck: undefined }],
    ['it comes back', { restart: 'always' }],
    ['it has limits', { mem_limit: undefined }],
    ['it has limits', { cpus: 2 }],
    ['it has limits', { logging: undefined }],
  ])('%s: %o', (rule, change) => {
    expect(complaintsOf(rule, changed('grafana', change), dockerfile)).not.toEqual([])
  })

  it('where the image has no health check of its own', () => {
    expect(complaintsOf('its health is looked after', compose, 'FROM node:22.23.2')).toEqual([
      'powerkits: no health check',
    ])
  })

  it('by the schema', () => {
    for (const wrong of [
      { port: 1 },
      { mem_limit: [] },
      { restart: 'no', command: 7 },
      { stop_grace_period: 'a minute' },
      { depends_on: { secrets: { condition: 'done' } } },
    ])
      expect(againstSchema(changed('grafana', wrong)), JSON.stringify(wrong)).not.toEqual([])
    expect(againstSchema({ ...compose, extra: 1 })).toEqual(['/ must NOT have additional properties'])
  })
})

describe('the image', () => {
  it('is built on what is pinned', () => {
    expect(unpinnedBases(dockerfile)).toEqual([])
    expect(unpinnedBases('FROM node:22-slim AS build\nFROM node\n')).toEqual(['node:22-slim', 'node'])
  })

  it('runs as an unprivileged user, and is told nothing secret', () => {
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).not.toMatch(/PASSWORD|TOKEN|SECRET_KEY/)
  })
})

describe('the demonstration', () => {
  const demo = parseEnv(readFileSync('deploy/demo.env', 'utf8'))

  it('has volumes of its own and starts the simulator', () => {
    expect(demo.COMPOSE_PROJECT_NAME).toBe('powerkits-demo')
    expect(demo.COMPOSE_PROFILES).toBe('demo')
  })

  it('collects from the account that the simulator makes of its seed', () => {
    const { command } = parse(readFileSync('docker-compose.yml', 'utf8')).services.simulator as { command: string[] }
    const option = (name: string): string => command[command.indexOf(name) + 1] ?? ''
    const [account] = dealAccounts(1, Number(option('--seed')), 'eu', [])
    expect(demo.ECOFLOW_ACCESS_KEY).toBe(account?.accessKey)
    expect(demo.ECOFLOW_SECRET_KEY).toBe(account?.secretKey)
    expect(demo.ECOFLOW_URL).toBe(`http://127.0.0.1:${option('--http-port')}`)
  })
})
