/** Every command of the catalogue is carried out by a simulated kit and ends as it must, by either way. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMMANDS } from '../../src/catalogue/commands.ts'
import { createVirtualCollector } from '../virtual-collector.ts'
import { type Executed, executeAll, faultOf } from './execute-commands.ts'

const MINUTE = 60_000
const virtual = createVirtualCollector({
  kits: 1,
  seed: 7,
  startAt: Date.UTC(2026, 4, 12, 10),
  env: { CONTROL_DENY: 'none' },
})

beforeAll(async () => {
  await virtual.start()
  await virtual.advance(3 * MINUTE)
})
afterAll(() => virtual.end())

const faults = (all: readonly Executed[], way: 'mqtt' | 'http'): string[] =>
  all.map((one) => `${one.name} ${faultOf(one, way)}`.trim()).filter((text) => text.includes(' '))

test('each is planned without sending, sent once, and read back: over MQTT, then over HTTP', {
  timeout: 60_000,
}, async () => {
  const byMqtt = await executeAll(virtual, virtual.collector().control, 0)
  expect(byMqtt).toHaveLength(COMMANDS.length)
  expect(faults(byMqtt, 'mqtt')).toEqual([])
  virtual.cloud.faults.unreachable('mqtt')
  await virtual.advance(MINUTE)
  const byHttp = await executeAll(virtual, virtual.collector().control, 1)
  expect(faults(byHttp, 'http')).toEqual([])
  const [one] = byMqtt
  expect(faultOf({ ...one!, received: [] }, 'mqtt')).toMatch(/0 messages/)
  expect(faultOf({ ...one!, sentByDryRun: 1 }, 'mqtt')).toMatch(/the dry run sent something/)
  expect(faultOf(one!, 'http')).toMatch(/went by mqtt/)
  expect(faultOf({ ...one!, record: { ...one!.record!, state: 'contradicted' } }, 'mqtt')).toMatch(/not confirmed/)
  expect(faultOf({ ...one!, record: undefined, refusal: 'no' }, 'mqtt')).toBe('refused: no')
})
