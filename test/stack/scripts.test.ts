import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder, runScript, standIns } from './run-script.ts'

const MAKE_SECRETS = 'deploy/make-secrets.sh'
const MAKE_READER = 'deploy/make-reader.sh'
const FOLDERS = ['all', 'influxdb', 'powerkits', 'grafana']

const newVolumes = (): string => {
  const root = newFolder()
  for (const folder of FOLDERS) mkdirSync(join(root, folder))
  return root
}

/** Only root may give a file away: owners are noted instead. */
const noted = (root: string): string => standIns({ chown: `echo "$1 \${2#${root}/}" >> ${root}/owners` })

const filesOf = (root: string): Record<string, string> =>
  Object.fromEntries(
    FOLDERS.flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => [
        `${folder}/${name}`,
        readFileSync(join(root, folder, name), 'utf8'),
      ]),
    ),
  )

const NAMES = [
  'all/grafana-admin-password',
  'all/grafana-secret-key',
  'all/http-token',
  'all/influxdb-password',
  'all/influxdb-reader-password',
  'all/influxdb-token',
  'grafana/grafana-admin-password',
  'grafana/grafana-secret-key',
  'grafana/influxdb-authorization',
  'influxdb/influxdb-password',
  'influxdb/influxdb-reader-password',
  'influxdb/influxdb-token',
  'powerkits/http-token',
  'powerkits/influxdb-token',
]

describe('deploy/*.sh', () => {
  it.each([MAKE_SECRETS, MAKE_READER])('%s can be read by a shell, and run', (script) => {
    expect(spawnSync('sh', ['-n', script]).status).toBe(0)
    expect(statSync(script).mode & 0o111).toBe(0o111)
  })
})

describe('the secrets of the stack', () => {
  it('are random, each service has its own, and nothing is printed', () => {
    const root = newVolumes()
    expect(runScript(MAKE_SECRETS, [root], noted(root))).toEqual({ status: 0, output: '' })
    const files = filesOf(root)
    expect(Object.keys(files).sort()).toEqual(NAMES)
    const made = Object.entries(files).flatMap(([name, text]) => (name.startsWith('all/') ? [text] : []))
    for (const text of made) expect(text).toMatch(/^[\da-f]{48}$/)
    expect(new Set(made).size).toBe(made.length)
    for (const [name, text] of Object.entries(files))
      if (!/^all|authorization$/.test(name)) expect(text).toBe(files[name.replace(/^\w+/, 'all')])
  })

  it('are readable to the user of the service alone', () => {
    const root = newVolumes()
    runScript(MAKE_SECRETS, [root], noted(root))
    for (const name of NAMES)
      expect(statSync(join(root, name)).mode & 0o777, name).toBe(name.startsWith('all/') ? 0o600 : 0o400)
    expect(statSync(join(root, 'all')).mode & 0o777).toBe(0o700)
    const owners = readFileSync(join(root, 'owners'), 'utf8').trim().split('\n').sort()
    expect(owners).toEqual(
      NAMES.filter((name) => !name.startsWith('all/'))
        .map((name) => `${name.startsWith('grafana/') ? '472:0' : '1000:1000'} ${name}.new`)
        .sort(),
    )
  })

  it('stay what they are; what is gone is made anew', () => {
    const root = newVolumes()
    runScript(MAKE_SECRETS, [root], noted(root))
    const before = filesOf(root)
    expect(runScript(MAKE_SECRETS, [root], noted(root)).status).toBe(0)
    expect(filesOf(root)).toEqual(before)
    rmSync(join(root, 'all/http-token'))
    runScript(MAKE_SECRETS, [root], noted(root))
    const { 'all/http-token': made, 'powerkits/http-token': given, ...others } = filesOf(root)
    const { 'all/http-token': old, 'powerkits/http-token': _, ...kept } = before
    expect(made).not.toBe(old)
    expect(given).toBe(made)
    expect(others).toEqual(kept)
  })

  it('let Grafana in as the reader', () => {
    const root = newVolumes()
    runScript(MAKE_SECRETS, [root], noted(root))
    const files = filesOf(root)
    const [scheme, text = ''] = files['grafana/influxdb-authorization']?.split(' ') ?? []
    expect(scheme).toBe('Basic')
    expect(Buffer.from(text, 'base64').toString()).toBe(`grafana:${files['all/influxdb-reader-password']}`)
  })

  it('give way to the token of an InfluxDB of one’s own', () => {
    const root = newVolumes()
    const given = { INFLUX_TOKEN: 'user:a $pass" word' }
    expect(runScript(MAKE_SECRETS, [root], noted(root), given)).toEqual({ status: 0, output: '' })
    const files = filesOf(root)
    expect(files['powerkits/influxdb-token']).toBe(given.INFLUX_TOKEN)
    expect(files['grafana/influxdb-authorization']).toBe(`Token ${given.INFLUX_TOKEN}`)
    runScript(MAKE_SECRETS, [root], noted(root), { ...given, INFLUX_API: 'v1' })
    const user = Buffer.from(given.INFLUX_TOKEN).toString('base64')
    expect(filesOf(root)['grafana/influxdb-authorization']).toBe(`Basic ${user}`)
    expect(files['influxdb/influxdb-token']).toMatch(/^[\da-f]{48}$/)
  })

  it('are never half there: a run that fails leaves what was, and the next one mends it', () => {
    const root = newVolumes()
    runScript(MAKE_SECRETS, [root], noted(root))
    const before = filesOf(root)
    expect(runScript(MAKE_SECRETS, [root], standIns({ chown: 'exit 1' })).status).not.toBe(0)
    const { 'influxdb/influxdb-password.new': left, ...others } = filesOf(root)
    expect(left).toBeDefined()
    expect(others).toEqual(before)
    expect(runScript(MAKE_SECRETS, [root], noted(root)).status).toBe(0)
    expect(filesOf(root)).toEqual(before)
  })
})

describe('the reader of InfluxDB', () => {
  const SECRET = 'a-password'
  const env = { DOCKER_INFLUXDB_INIT_BUCKET_ID: '0000000000000raw', INFLUX_HISTORY_BUCKET: 'powerkits_history' }

  it('may read both buckets and nothing else', () => {
    const root = newFolder()
    const commands = standIns({
      cat: `[ "$*" = /run/secrets/influxdb-reader-password ] && printf ${SECRET}`,
      influx: `echo "$*" >> ${root}/calls; [ "$1" != bucket ] || printf '0000000000history\\tpowerkits_history\\tinfinite\\n'`,
    })
    expect(runScript(MAKE_READER, [], commands, env)).toEqual({ status: 0, output: '' })
    const calls = readFileSync(join(root, 'calls'), 'utf8').trim().split('\n')
    expect(calls).toEqual([
      'bucket create --name powerkits_history --retention 0 --hide-headers',
      `v1 auth create --username grafana --password ${SECRET} --read-bucket 0000000000000raw --read-bucket 0000000000history --hide-headers`,
    ])
  })

  it.each(['bucket', 'v1'])('is missed when "influx %s" fails: the set-up fails and is done again', (failing) => {
    const commands = standIns({ cat: 'printf x', influx: `[ "$1" != ${failing} ] || exit 1; echo 1` })
    expect(runScript(MAKE_READER, [], commands, env).status).not.toBe(0)
  })
})
