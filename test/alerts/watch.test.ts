/** Alerts over a real line, real files and a real HTTP server; only time is made up. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rulesOf } from '../../src/alerts/evaluate.ts'
import { isQuiet, readQuietHours } from '../../src/alerts/quiet-hours.ts'
import { openAlertWatch } from '../../src/alerts/watch.ts'
import { waysOf } from '../../src/alerts/ways.ts'
import { ALERTS } from '../../src/catalogue/alerts.ts'
import { readSettings } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { nodeFiles } from '../../src/store/files.ts'
import type { Point } from '../../src/store/line-protocol.ts'
import type { AlertNews } from '../../src/track/alert-events.ts'
import { createLine, KIT, PACK, START, type VirtualLine } from '../track/virtual-line.ts'
import { openReceiver, type Receiver } from './receiver.ts'

const WELL = { is_store_taking: 1, heard_age_s: 0, spool_used_ratio: 0, quarantined_ratio: 0 }
let dir: string
let receiver: Receiver
let line: VirtualLine
let events: Point[]
/** Minute of the line, counted on across restarts. */
let minute: number

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'powerkits-alerts-'))
  receiver = await openReceiver()
  line = createLine()
  line.run({ at: START, source: 'tick', topic: 'fleet', bytes: Buffer.from(JSON.stringify({ [KIT]: 'Van' })) })
  events = []
  minute = 0
})
afterEach(async () => {
  await receiver.close()
  rmSync(dir, { recursive: true })
})

const tell = (news: AlertNews): void => {
  const at = START + minute * 60_000 + 1
  events.push(...line.run({ at, source: 'tick', topic: 'alert', bytes: Buffer.from(JSON.stringify(news)) }))
}

const open = (quiet = '') =>
  openAlertWatch({
    rules: rulesOf(ALERTS, {}, []),
    ways: waysOf(readSettings({ ALERT_WEBHOOK_URL: receiver.url }), fetch),
    isHeldBack: ({ severity, time_zone }, at) =>
      severity !== 'critical' && isQuiet(readQuietHours(quiet), time_zone, at),
    state: () => line.state,
    tell,
    files: nodeFiles,
    path: join(dir, 'alerts.json'),
    log: createLog('silent', 'json'),
  })

/** So many minutes in which the pack tells this state of charge every ten seconds, or nothing. */
const pass = async (
  watch: Awaited<ReturnType<typeof open>>,
  minutes: number,
  soc?: number,
  own = WELL,
): Promise<void> => {
  for (let i = 0; i < minutes; i++) {
    minute++
    if (soc !== undefined) for (let s = 50; s >= 0; s -= 10) line.push(minute * 60 - s - 1, PACK, { soc })
    line.minute(minute * 60)
    await watch.onMinute(START + minute * 60_000, own)
  }
  await watch.close()
}

const titles = (): unknown[] => receiver.received.map(({ body }) => body.title)

it('tells once when the charge is low, and once when it is not any more, also across a restart', async () => {
  await pass(await open(), 5, 28)
  expect(titles()).toEqual(['Van: Battery is getting low'])
  await pass(await open(), 5, 28)
  // The modules are heard again only after a while.
  await pass(await open(), 4)
  await pass(await open(), 3, 28)
  expect(titles()).toEqual(['Van: Battery is getting low'])
  await pass(await open(), 2, 40)
  expect(titles()).toEqual(['Van: Battery is getting low', 'Van: over: Battery is getting low'])
  expect(events.map(({ measurement, tags, fields }) => [measurement, tags.kit_sn, fields.kind])).toEqual([
    ['event', KIT, 'alert_fired'],
    ['event', KIT, 'alert_cleared'],
  ])
})

it('bundles what comes at once', async () => {
  await pass(await open(), 3, 9)
  expect(titles()).toEqual(['Van: Battery is nearly empty, Battery is low and 1 more'])
  expect(receiver.received[0]!.body).toMatchObject({ severity: 'critical' })
})

it('keeps what nobody takes, over a restart, and tells it when it goes', async () => {
  receiver.answer(500)
  await pass(await open(), 5, 28)
  const tries = receiver.received.length
  expect(tries).toBeGreaterThan(0)
  // After 1 and 2 minutes; then not before 4 have passed.
  expect(tries).toBeLessThan(4)
  receiver.answer(200)
  await pass(await open(), 8, 28)
  await pass(await open(), 2, 28)
  expect(receiver.received).toHaveLength(tries + 1)
  expect(receiver.received.at(-1)!.body).toMatchObject({ title: 'Van: Battery is getting low' })
})

it('holds back in quiet hours what is not critical, and tells it together afterwards', async () => {
  // START is noon.
  const watch = await open('12:00-12:20')
  await pass(watch, 4, 18)
  expect(titles()).toEqual([])
  await pass(watch, 4, 9)
  expect(titles()).toEqual(['Van: Battery is nearly empty'])
  await pass(watch, 12, 9)
  expect(titles()).toEqual(['Van: Battery is nearly empty', 'Van: Battery is low, Battery is getting low'])
})

it('tells of the collector itself, as no event of a kit', async () => {
  await pass(await open(), 12, 80, { ...WELL, is_store_taking: 0 })
  expect(titles()).toEqual(['The collector: The store takes nothing'])
  expect(events).toEqual([])
})

it('sets a file aside that is not its own, and begins anew', async () => {
  writeFileSync(join(dir, 'alerts.json'), '{"version":1,"standings":[[')
  await pass(await open(), 5, 28)
  expect(titles()).toEqual(['Van: Battery is getting low'])
  expect(readFileSync(join(dir, 'alerts.json.damaged'), 'utf8')).toContain('standings')
})
