import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freshnessOf, readSettings, strangers } from '../src/config.ts'
import { CollectorError } from '../src/errors.ts'
import { FRESHNESS } from '../src/track/numbers.ts'

const problemsOf = (env: Record<string, string>): string => {
  try {
    readSettings(env)
  } catch (error) {
    expect(error).toBeInstanceOf(CollectorError)
    return (error as Error).message
  }
  return ''
}

it('runs without any setting', () => {
  const settings = readSettings({})
  expect(settings).toMatchObject({ DATA_DIR: 'data', HTTP_HOST: '127.0.0.1', RECORD_DAYS: 30, KITS: {} })
  expect(settings.MQTT_URL).toBeUndefined()
})

it('takes an empty value for none', () => {
  expect(readSettings({ HTTP_PORT: '', INFLUX_URL: ' ' })).toMatchObject({ HTTP_PORT: 8484 })
})

it('reads kits with and without names', () => {
  const { KITS } = readSettings({ KITS: 'M109ZAB4Z000001F=Van = home, M109ZAB4Z000002F' })
  expect(KITS).toEqual({ M109ZAB4Z000001F: 'Van = home', M109ZAB4Z000002F: '' })
})

it('reports every problem at once, as setting, got and expected', () => {
  const text = problemsOf({ HTTP_PORT: '70000', MQTT_URL: 'http://broker', SPOOL_WHEN_FULL: 'maybe' })
  expect(text).toContain('HTTP_PORT: got "70000", expected 0 to 65535')
  expect(text).toContain('MQTT_URL: got "http://broker", expected mqtt://host:port')
  expect(text).toContain('SPOOL_WHEN_FULL: got "maybe", expected refuse or drop-oldest')
})

it('never shows a secret', () => {
  expect(problemsOf({ HTTP_TOKEN: 'short-secret' })).not.toContain('short-secret')
  expect(problemsOf({ HTTP_TOKEN: 'short-secret' })).toContain('HTTP_TOKEN: got a secret that is not shown')
})

it('never shows a password that stands in an address', () => {
  const text = problemsOf({ INFLUX_URL: 'user:s3cret@host', MQTT_URL: 'ftp://me:s3cret@host' })
  expect(text).not.toContain('s3cret')
  expect(text.match(/may hold a password/g)).toHaveLength(2)
})

it('takes each kit once, by something that can be a serial number', () => {
  for (const KITS of ['nonsense!', '=,=;;', 'M109ZAB4Z000001F=Van, M109ZAB4Z000001F=Bus'])
    expect(problemsOf({ KITS })).toContain('KITS: got')
})

it('asks for a token together with all else when others can reach the read API', () => {
  const text = problemsOf({ HTTP_HOST: '0.0.0.0', MQTT_URL: 'foo' })
  expect(text).toContain('HTTP_TOKEN')
  expect(text).toContain('MQTT_URL')
})

it('finds names that are no settings', () => {
  expect(strangers(['HTTP_PROT', 'HTTP_PORT', 'MQTT_PASSWORD_FILE'])).toEqual(['HTTP_PROT'])
})

it('takes secrets from files, and says when one cannot be read', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'powerkits-')), 'token')
  writeFileSync(path, 'a-token-of-sixteen-characters\n')
  expect(readSettings({ HTTP_TOKEN_FILE: path }).HTTP_TOKEN).toBe('a-token-of-sixteen-characters')
  expect(problemsOf({ HTTP_TOKEN_FILE: `${path}.not` })).toContain('HTTP_TOKEN_FILE: cannot be read (ENOENT)')
})

it('needs nothing but its address of a broker of one’s own', () => {
  expect(problemsOf({ MQTT_URL: 'mqtt://localhost' })).toBe('')
})

it('needs both keys of the cloud or none', () => {
  expect(problemsOf({ ECOFLOW_ACCESS_KEY: 'an-access-key' })).toContain('ECOFLOW_SECRET_KEY: got nothing')
  expect(problemsOf({ ECOFLOW_SECRET_KEY: 'a-secret-key' })).toContain('ECOFLOW_ACCESS_KEY: got nothing')
  expect(problemsOf({ ECOFLOW_ACCESS_KEY: 'a', ECOFLOW_SECRET_KEY: 'b' })).toBe('')
})

it('reads which of several collectors this is', () => {
  expect(readSettings({}).SHARD).toEqual({ index: 1, count: 1 })
  expect(readSettings({ SHARD: '2/3' }).SHARD).toEqual({ index: 2, count: 3 })
  for (const SHARD of ['0/3', '4/3', '3', '1/0', '-1/2', '1/2/3', 'a/b'])
    expect(problemsOf({ SHARD })).toContain(`SHARD: got "${SHARD}", expected i/n`)
})

it('knows the time zones, and where this machine is', () => {
  expect(readSettings({ TIME_ZONE: 'Pacific/Auckland' }).TIME_ZONE).toBe('Pacific/Auckland')
  expect(readSettings({}).TIME_ZONE).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
  expect(problemsOf({ TIME_ZONE: 'Mars/Olympus' })).toContain('expected a name such as Europe/Berlin')
})

it('judges freshness by the defaults of the line when nothing is set', () => {
  expect(freshnessOf(readSettings({}))).toEqual(FRESHNESS)
  expect(freshnessOf(readSettings({ SILENT_SECONDS: '20', POLL_SECONDS: '30' }))).toMatchObject({
    silentMs: 20_000,
    pollMs: 30_000,
  })
})

it('the marks of the charge are to come one after the other', () => {
  const settings = { ALERT_SOC_LOW_PCT: '5' }
  expect(() => readSettings(settings)).toThrow(
    /ALERT_SOC_LOW_PCT: got 5, expected more than ALERT_SOC_VERY_LOW_PCT, which is 20/,
  )
  expect(readSettings({ ...settings, ALERT_SOC_VERY_LOW_PCT: '4', ALERT_SOC_EMPTY_PCT: '3' }).ALERT_SOC_LOW_PCT).toBe(5)
})

it('what cannot be read is not told to be missing as well', () => {
  const problems = (env: Record<string, string>): string => {
    try {
      readSettings(env)
      return ''
    } catch (error) {
      return String(error)
    }
  }
  const said = problems({ ALERT_MAIL_TO: 'a@home.example', SMTP_URL: 'ftp://mail.example' })
  expect(said.match(/SMTP_URL/g)).toHaveLength(1)
})
