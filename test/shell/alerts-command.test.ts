import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSettings } from '../../src/config.ts'
import { alertsAsTyped } from '../../src/shell/alerts-command.ts'
import { openReceiver } from '../alerts/receiver.ts'
import { START, VAN } from '../alerts/rows-of.ts'

let dir: string
let printed: string[]
const print = (line: string): void => {
  printed.push(line)
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'powerkits-alerts-'))
  printed = []
})
afterEach(() => rmSync(dir, { recursive: true }))

const ask = (what: string, env: Record<string, string> = {}) =>
  alertsAsTyped(what, readSettings({ DATA_DIR: dir, TIME_ZONE: 'UTC', ...env }), { send: fetch, now: START, print })

describe('powerkits alerts list', () => {
  it('shows thresholds as they are set, what is off, and what fires', async () => {
    const standing = { sinceAt: START - 60_000, firedAt: START, subject: VAN, value: 4 }
    const state = { version: 1, standings: [[`kit-silent kit ${VAN.kitSn}`, standing]], boxes: {} }
    writeFileSync(join(dir, 'alerts.json'), JSON.stringify(state))
    expect(await ask('list', { ALERT_SOC_LOW_PCT: '45', ALERT_OFF: 'completeness' })).toBe(true)
    const lines = printed.join('\n')
    expect(lines).toMatch(/soc-low-30 +info +kit\.soc_pct +below 45 +120 s +Battery is getting low/)
    expect(lines).toMatch(/completeness +off/)
    expect(lines).toContain('These fire:\n  kit-silent  Van  since 1 Jun, 13:59')
  })

  it('says when none fires', async () => {
    expect(await ask('list')).toBe(true)
    expect(printed.at(-1)).toBe('None fires.')
  })
})

describe('powerkits alerts test', () => {
  it('says what came back, and whether all took it', async () => {
    const receiver = await openReceiver()
    expect(await ask('test', { ALERT_WEBHOOK_URL: `${receiver.url}/topic`, ALERT_WEBHOOK_FORMAT: 'ntfy' })).toBe(true)
    receiver.answer(403, 'forbidden')
    expect(await ask('test', { ALERT_WEBHOOK_URL: receiver.url })).toBe(false)
    await receiver.close()
    expect(printed).toEqual([
      'webhook: taken; it answered 200 and said: ok.',
      'webhook: NOT taken; it answered 403 and said: forbidden.',
    ])
    expect(receiver.received[0]!.body).toMatchObject({ topic: 'topic', title: 'The collector: Test of the alerts' })
  })

  it('is no success where no way is set', async () => {
    expect(await ask('test')).toBe(false)
    expect(printed).toEqual([expect.stringContaining('No way is set')])
  })
})

it.each([
  [{ ALERT_MAIL_TO: 'me@home.example' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://mail.example' }, 'ALERT_MAIL_TO'],
  [{ ALERT_MAIL_TO: 'me', SMTP_URL: 'smtp://mail.example' }, 'ALERT_MAIL_TO: got'],
  [{ ALERT_WEBHOOK_FORMAT: 'telegram', ALERT_WEBHOOK_URL: 'https://a.example/bot1:secret/sendMessage' }, 'chat_id'],
  [{ ALERT_QUIET: '22-7' }, 'a span of the day such as 22:00-07:00'],
  [{ ALERT_OFF: 'kit-silent,kit-slient' }, 'ids of rules'],
  [{ ALERT_SOC_LOW_PCT: '120' }, 'per cent from 1 to 99'],
])('settings %o are refused in words, without their secrets', (env, words) => {
  const reading = () => readSettings(env)
  expect(reading).toThrow(words)
  expect(reading).not.toThrow('bot1:secret')
})
