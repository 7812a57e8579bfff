import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openMqttLink } from '../../src/cloud/mqtt-link.ts'
import { openSession } from '../../src/cloud/session.ts'
import type { Session } from '../../src/cloud/session-contract.ts'
import { createLog } from '../../src/log.ts'
import { machineTimers } from '../../src/timers.ts'
import { startMosquitto } from '../servers/mosquitto.ts'

const TOPIC = '/open/account/M109ZAB4Z000001F/quota'
let broker: Awaited<ReturnType<typeof startMosquitto>>
let kit: MqttClient

beforeAll(async () => {
  broker = await startMosquitto()
  kit = await connectAsync(broker.url)
})
afterAll(async () => {
  await kit.endAsync()
  await broker.stop()
})

const surroundings = {
  name: 'Account test',
  openLink: openMqttLink,
  timers: machineTimers(Date.now),
  random: Math.random,
  log: createLog('silent', 'json'),
}

/** A session that keeps what it hears; `room` says whether its spool takes messages. */
const listen = (clientId: string, protocolVersion: 4 | 5, hasRoom = () => true) => {
  const heard: { text: string; isDuplicate: boolean }[] = []
  const session = openSession({
    ...surroundings,
    signIn: async () => ({ isOk: true, value: { url: broker.url } }),
    clientId,
    protocolVersion,
    topics: [TOPIC],
    onMessage: (_topic, bytes, isDuplicate) => {
      if (!hasRoom()) return undefined
      return heard.push({ text: Buffer.from(bytes).toString(), isDuplicate })
    },
  })
  return { session, heard }
}

const subscribed = (session: Session): Promise<void> =>
  vi.waitFor(() => expect(session.status().granted.get(TOPIC)).toBe(1), { timeout: 10_000 })

const publish = async (from: number, to: number): Promise<void> => {
  for (let i = from; i < to; i++) await kit.publishAsync(TOPIC, `message ${i}`, { qos: 1 })
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 300))

describe.each([4, 5] as const)('an MQTT session of protocol version %i', (version) => {
  it('acknowledges a message only when its record is durable', async () => {
    const { session, heard } = listen(`durable-${version}`, version)
    await subscribed(session)
    await publish(0, 10)
    await vi.waitFor(() => expect(heard).toHaveLength(10))
    expect(session.status().unacknowledged).toBe(10)
    session.onDurable(4)
    expect(session.status().unacknowledged).toBe(6)
    await settle()
    await session.close()

    const again = listen(`durable-${version}`, version)
    await vi.waitFor(() => expect(again.heard).toHaveLength(6), { timeout: 10_000 })
    expect(again.heard.map(({ text }) => text)).toEqual([4, 5, 6, 7, 8, 9].map((i) => `message ${i}`))
    expect(again.heard.every(({ isDuplicate }) => isDuplicate)).toBe(true)
    again.session.onDurable(6)
    await settle()
    await again.session.close()
  })

  it('keeps hearing while acknowledgements wait, and hears what comes after them', async () => {
    const { session, heard } = listen(`window-${version}`, version)
    await subscribed(session)
    await publish(0, 15)
    await vi.waitFor(() => expect(heard).toHaveLength(15))
    session.onDurable(15)
    await publish(15, 40)
    await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(35))
    session.onDurable(heard.length)
    await vi.waitFor(() => expect(heard).toHaveLength(40))
    session.onDurable(40)
    await session.close()
  })

  it('asks again for what was refused once there is room', async () => {
    let hasRoom = false
    const { session, heard } = listen(`refused-${version}`, version, () => hasRoom)
    await subscribed(session)
    await publish(0, 5)
    await settle()
    expect(heard).toHaveLength(0)
    hasRoom = true
    session.onRoom()
    await vi.waitFor(() => expect(heard).toHaveLength(5), { timeout: 10_000 })
    session.onDurable(5)
    await session.close()
  })
})

it('tells which subscription was refused, and goes on with the others', async () => {
  const { startSimulator } = await import('../../src/simulator/simulator.ts')
  const cloud = await startSimulator({
    kits: 1,
    seed: 3,
    host: '127.0.0.1',
    mqttPort: 0,
    httpPort: 0,
    now: Date.now,
  })
  const { account, password } = cloud
  const [good, bad] = [`/open/${account}/${cloud.kitSns[0]}/quota`, `/open/${account}/+/quota`]
  const signIn = { url: cloud.mqttUrl, username: account, password }
  const session = openSession({
    ...surroundings,
    signIn: async () => ({ isOk: true, value: signIn }),
    clientId: 'wildcard',
    protocolVersion: 4,
    topics: [bad, good],
    onMessage: () => 1,
  })
  await vi.waitFor(() =>
    expect([...session.status().granted]).toEqual(
      expect.arrayContaining([
        [bad, 128],
        [good, expect.any(Number)],
      ]),
    ),
  )
  expect(session.status().granted.get(good)).toBeLessThan(128)
  await session.close()
  await cloud.stop()
})
