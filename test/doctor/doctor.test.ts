import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type CollectorParts, startCollector } from '../../src/collector.ts'
import { readSettings } from '../../src/config.ts'
import { lockDataDir } from '../../src/lock.ts'
import { createLog } from '../../src/log.ts'
import { readFleet } from '../../src/read-fleet.ts'
import { createSecrets } from '../../src/redact.ts'
import { ownFleet } from '../../src/shard.ts'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { MACHINE } from '../../src/world.ts'
import { freePort } from '../servers/unprivileged-server.ts'
import { startScripted } from '../store/scripted-influx.ts'
import { type Clinic, leadTo, openClinic } from './clinic.ts'

let clinic: Clinic
let van = ''

beforeEach(async () => {
  clinic = await openClinic()
  van = clinic.simulator.kitSns[0]!
})
afterEach(() => clinic.close())

/** `fail main, keys` for each line but the last. */
const states = (lines: readonly string[]): string[] =>
  lines.slice(0, -1).map((line) => line.replace(/^(\w+) {2}([^:]+):.*$/, '$1 $2').replace(/ “.*”/, ''))

const lineOf = (lines: readonly string[], what: string): string => lines.find((line) => line.includes(what)) ?? ''

it('passes a healthy collector on every count', async () => {
  const { lines, isWell } = await clinic.look()
  const [one, other] = clinic.simulator.kitSns
  expect(states(lines)).toEqual([
    'pass data directory',
    'pass disk',
    'pass collector',
    'pass main, DNS',
    'pass main, keys',
    'pass main, region',
    `pass main, kit ${one}`,
    `pass main, kit ${other}`,
    'pass main, client id',
    'pass main, broker',
    'pass main, subscriptions',
    'pass clock',
    'pass store',
  ])
  expect(lineOf(lines, 'subscriptions')).toContain('6 topics granted')
  expect(lines.at(-1)).toBe('13 passed, 0 to look at, 0 failed, 0 not looked at.')
  expect(isWell).toBe(true)
})

it('tells of a clock that is off, and goes on', async () => {
  clinic.simulator.faults.skewClock(180_000)
  const { lines, isWell } = await clinic.look()
  expect(lineOf(lines, 'clock')).toMatch(/^warn {2}clock: 3 min behind the cloud’s; .* — Set the clock/)
  expect(lineOf(lines, 'main, keys')).toMatch(/^pass/)
  expect(isWell).toBe(true)
})

it('names the region the keys belong to', async () => {
  const sockets = { host: '127.0.0.1', mqttPort: 0, httpPort: 0, now: Date.now }
  const us = await startSimulator({ ...sockets, kits: 1, seed: 5, region: 'us' })
  clinic.simulator.faults.wrongRegion('account-1')
  const world = {
    fetch: leadTo({ 'https://api-e.ecoflow.com': clinic.simulator.httpUrl, 'https://api-a.ecoflow.com': us.httpUrl }),
  }
  const lookup = async (): Promise<string> => '127.0.0.1'
  const wrong = await clinic.look({ env: { ECOFLOW_URL: '', ECOFLOW_REGION: 'eu' }, world, lookup })
  expect(lineOf(wrong.lines, 'region')).toMatch(/^fail .*the keys belong to us, not to eu — .*to us .*or to auto/)
  expect(states(wrong.lines)).toContain('skip main, kits')
  expect(wrong.isWell).toBe(false)
  const auto = await clinic.look({ env: { ECOFLOW_URL: '' }, world, lookup })
  expect(lineOf(auto.lines, 'region')).toBe('pass  main, region: us, at api-a.ecoflow.com')
  await us.stop()
})

it('says which kit is not permitted, in words, and looks at the others', async () => {
  clinic.simulator.faults.http(van, { kind: 'code', code: '1006' })
  const { lines, isWell } = await clinic.look()
  expect(lineOf(lines, van)).toMatch(/^fail .*does not open this device to its API \(code 1006\) — .*Power Kit v2/)
  expect(lineOf(lines, clinic.simulator.kitSns[1]!)).toMatch(/^pass/)
  expect(isWell).toBe(false)
  const stranger = `accounts:\n - name: x\n   access_key: a\n   secret_key: b\n   url: ${clinic.simulator.httpUrl}\n`
  const named = await clinic.look({ env: { KITS: 'M109ZAB4Z000009F=Gone' }, fleet: stranger })
  expect(lineOf(named.lines, 'M109ZAB4Z000009F')).toMatch(/^fail .*no permission for this kit \(code 8512\)/)
  expect(lineOf(named.lines, 'x, keys')).toMatch(/^fail .*does not know the access key \(code 8513\)/)
})

it('tells a kit that is offline from one that is refused', async () => {
  clinic.simulator.faults.freeze(van, 0)
  const { lines, isWell } = await clinic.look()
  expect(lineOf(lines, van)).toMatch(/^warn .*offline/)
  expect(isWell).toBe(true)
})

it('says what a broker refuses', async () => {
  clinic.simulator.faults.refuseTopics(van)
  const refused = await clinic.look()
  expect(lineOf(refused.lines, 'subscriptions')).toMatch(new RegExp(`^fail .*refused: .*/${van}/quota`))
  clinic.simulator.faults.lockOut('account-1')
  const lockedOut = await clinic.look()
  expect(lineOf(lockedOut.lines, 'broker')).toMatch(/^fail .*not authorised — .*ten client ids a day/)
  expect(states(lockedOut.lines)).toContain('skip main, subscriptions')
})

it('uses one client id and the budget, and none when it is spent', async () => {
  const env = { MQTT_CONNECTS_PER_DAY: '3' }
  await clinic.look({ env })
  await clinic.look({ env })
  const third = await clinic.look({ env })
  expect(lineOf(third.lines, 'client id')).toContain('2 of 3 connects of 24 hours and 1 of 10 client ids')
  const { lines, isWell } = await clinic.look({ env })
  expect(lineOf(lines, 'client id')).toMatch(/^fail .*3 of 3 connects/)
  expect(states(lines)).toContain('skip main, broker')
  expect(isWell).toBe(false)
})

it('looks at a broker of one’s own with its own topics', async () => {
  const { account, password, mqttUrl } = clinic.simulator
  const fleet = (secret: string, topic: string): string =>
    `brokers:\n - name: own\n   url: ${mqttUrl}\n   username: ${account}\n   password: ${secret}\n   topics: ['${topic}']\n`
  const env = { ECOFLOW_ACCESS_KEY: '', ECOFLOW_SECRET_KEY: '' }
  const good = await clinic.look({ env, fleet: fleet(password, `/open/${account}/${van}/quota`) })
  expect(states(good.lines)).toContain('pass own, broker')
  expect(lineOf(good.lines, 'subscriptions')).toContain('1 topics granted')
  expect(lineOf(good.lines, 'clock')).toMatch(/^skip .*only the vendor’s cloud tells the time/)
  const refused = await clinic.look({ env, fleet: fleet(password, '/open/+/+/quota') })
  expect(states(refused.lines)).toContain('fail own, subscriptions')
  const wrong = await clinic.look({ env, fleet: fleet('wrong-password', '/open/+/+/quota') })
  expect(lineOf(wrong.lines, 'own, broker')).toMatch(/^fail .*user name or password are wrong/)
})

it('says when the cloud is not there, and leaves alone what depends on it', async () => {
  clinic.simulator.faults.unreachable('http')
  const { lines } = await clinic.look()
  expect(states(lines)).toEqual(
    expect.arrayContaining(['fail main, cloud', 'skip main, kits', 'skip main, broker', 'skip clock', 'pass store']),
  )
  const lookup = async (): Promise<string> => Promise.reject(new Error('ENOTFOUND'))
  const nameless = await clinic.look({ lookup })
  expect(states(nameless.lines)).toEqual(expect.arrayContaining(['fail main, DNS', 'skip main, keys']))
})

it('tells a store that refuses its token, and one that forgets', async () => {
  const refusing = await startScripted(() => ({ status: 401, body: { code: 'unauthorized', message: 'unauthorized' } }))
  const env = { INFLUX_URL: refusing.url, INFLUX_TOKEN: 'a-wrong-token-of-ours' }
  const denied = await clinic.look({ env })
  expect(lineOf(denied.lines, 'store')).toMatch(/^fail .* — .*token/)
  expect(denied.lines.join()).not.toContain('a-wrong-token-of-ours')
  expect(denied.isWell).toBe(false)
  await refusing.close()
  const forgetting = await startScripted(({ path }) =>
    path.includes('query') ? { status: 200, body: { results: [{ statement_id: 0 }] } } : { status: 204 },
  )
  const forgotten = await clinic.look({ env: { INFLUX_URL: forgetting.url } })
  expect(lineOf(forgotten.lines, 'store')).toMatch(/^fail .*is not there when read back/)
  await forgetting.close()
})

it('warns of a full disk, of open secrets, and of a directory it cannot write', async () => {
  const full = await clinic.look({ freeBytes: async () => 20 * 1024 ** 2, exposed: ['powerkits.yaml'] })
  expect(lineOf(full.lines, 'disk')).toMatch(/^fail .*20 MB free.*soon nothing more can be recorded/)
  expect(lineOf(full.lines, 'secrets')).toMatch(/^warn .*can read powerkits.yaml — chmod 600 powerkits.yaml/)
  const scarce = await clinic.look({ freeBytes: async () => 800 * 1024 ** 2 })
  expect(lineOf(scarce.lines, 'disk')).toMatch(/^warn/)
  const occupied = join(clinic.dataDir, 'a-file')
  writeFileSync(occupied, '')
  const { lines, isWell } = await clinic.look({ env: { DATA_DIR: join(occupied, 'below') } })
  expect(states(lines)).toEqual(['fail data directory', 'skip disk', 'skip accounts', 'skip store'])
  expect(isWell).toBe(false)
})

it('looks into the folders of the data directory', async () => {
  const folder = join(clinic.dataDir, 'spool')
  writeFileSync(folder, 'a file where the spool should be')
  const { lines } = await clinic.look()
  expect(lines[0]).toMatch(/^fail {2}data directory: cannot write in .*spool \(ENOTDIR\)/)
})

it('says that nothing is to be collected', async () => {
  const { lines } = await clinic.look({ env: { ECOFLOW_ACCESS_KEY: '', ECOFLOW_SECRET_KEY: '' } })
  expect(lineOf(lines, 'accounts')).toMatch(/^warn .*only the demonstration/)
})

it('asks a running collector instead of opening a second session', async () => {
  const port = String(await freePort())
  const env = { HTTP_PORT: port, HTTP_TOKEN: 'a-token-of-sixteen-characters' }
  const settings = readSettings({ DATA_DIR: clinic.dataDir, ...clinic.keys, ...env })
  const fleet = ownFleet(
    readFleet({ ...settings, FLEET_FILE: undefined }, () => ''),
    settings.SHARD,
  )
  const log = createLog('silent', 'json')
  const parts: CollectorParts = { settings, fleet, log, version: '1.2.3', secrets: createSecrets() }
  const collector = await startCollector(parts)
  while ((collector.status().accounts[0]?.session.granted.size ?? 0) < 6) await sleep(20)
  const opened: string[] = []
  const openLink: typeof MACHINE.openLink = (options, events) => {
    opened.push(options.url)
    return MACHINE.openLink(options, events)
  }
  const { lines, isWell } = await clinic.look({ env, world: { openLink } })
  expect(opened).toEqual([])
  expect(lineOf(lines, 'pass  collector')).toContain('version 1.2.3 runs in this data directory')
  expect(lineOf(lines, 'main, broker')).toContain('the running collector is connected since')
  expect(lineOf(lines, 'main, subscriptions')).toContain('6 topics granted')
  expect(lineOf(lines, 'main, client id')).toContain('1 of 100 connects')
  expect(lineOf(lines, 'store: ')).toContain('the running collector’s takes rows')
  expect(isWell).toBe(true)
  const unasked = await clinic.look({ env: { HTTP_PORT: port, HTTP_TOKEN: 'another-token-of-sixteen' } })
  expect(lineOf(unasked.lines, 'warn  collector')).toContain('its read API answers 401')
  expect(states(unasked.lines)).toEqual(expect.arrayContaining(['skip main, broker', 'skip store']))
  expect(collector.status().accounts[0]?.session.isConnected).toBe(true)
  await collector.stop()
})

it('lets no collector start meanwhile, and leaves the directory free', async () => {
  const lookup = async (): Promise<string> => {
    await expect(lockDataDir(clinic.dataDir)).rejects.toMatchObject({ code: 'data_dir_in_use' })
    return '127.0.0.1'
  }
  const { lines } = await clinic.look({ lookup })
  expect(lineOf(lines, 'main, DNS')).toMatch(/^pass/)
  await (await lockDataDir(clinic.dataDir))()
})
