/** Links and sessions against a real mosquitto: what it redelivers, whom it refuses, what a restart of it costs. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openMqttLink } from '../../src/cloud/mqtt-link.ts'
import { openSession } from '../../src/cloud/session.ts'
import { machineTimers } from '../../src/timers.ts'
import { onlyFor } from '../servers/dynamic-security.ts'
import { startMosquitto } from '../servers/mosquitto.ts'
import { SELF_SIGNED_CERTIFICATE, SELF_SIGNED_KEY } from '../servers/self-signed.ts'
import { createServerDir } from '../servers/unprivileged-server.ts'
import { keepLink } from './kept-link.ts'
import { createKeptLog } from './kept-log.ts'

type Broker = Awaited<ReturnType<typeof startMosquitto>>
const TOPIC = '/open/account/M109ZAB4Z000001F/quota'

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 20 })

const publish = async (broker: Broker, texts: readonly string[]): Promise<void> => {
  const kit = await connectAsync(broker.url, { username: 'account', password: 'right' })
  for (const text of texts) await kit.publishAsync(TOPIC, text, { qos: 1 })
  await kit.endAsync()
}

describe('a broker that keeps sessions', () => {
  let broker: Broker
  beforeAll(async () => {
    broker = await startMosquitto({ persistent: true })
  })
  afterAll(() => broker.close())

  it.each([4, 5] as const)(
    'version %i: sends again on the next link what was not acknowledged on this one',
    async (v) => {
      const options = { url: broker.url, clientId: `kept-${v}`, protocolVersion: v }
      const first = keepLink(options)
      await until(() => expect(first.ups).toEqual([false]))
      expect(await first.link.subscribe(TOPIC)).toBe(1)
      await publish(broker, ['a', 'b', 'c', 'd'])
      await until(() => expect(first.heard).toHaveLength(4))
      first.link.onDurable(1)
      await first.link.close()
      await publish(broker, ['e'])

      const second = keepLink(options)
      await until(() => expect(second.heard).toHaveLength(4))
      expect(second.ups).toEqual([true])
      expect(second.heard.map(({ text, isDuplicate }) => [text, isDuplicate])).toEqual([
        ['b', true],
        ['c', true],
        ['d', true],
        ['e', false],
      ])
      // What the first link had heard is nothing to the second: its numbers are of another connection.
      first.link.onDurable(4)
      expect(second.link.unacknowledged()).toBe(4)
      second.link.onDurable(4)
      await second.link.close()

      const third = keepLink(options)
      await until(() => expect(third.ups).toEqual([true]))
      await third.link.close()
      expect(third.heard).toEqual([])
    },
  )

  it.each([4, 5] as const)('version %i: hands on what we publish once, and keeps nothing of it', async (v) => {
    const topic = `/open/account/M109ZAB4Z000001F/set${v}`
    const heard: string[] = []
    const kit = await connectAsync(broker.url)
    kit.on('message', (_topic, bytes, { retain }) => void heard.push(`${bytes.toString()} ${retain}`))
    await kit.subscribeAsync(topic, { qos: 1 })
    const { link, ups } = keepLink({ url: broker.url, clientId: `sends-${v}`, protocolVersion: v })
    await until(() => expect(ups).toHaveLength(1))
    expect(await link.publish(topic, new TextEncoder().encode('{"id":1}'))).toBe('taken')
    await until(() => expect(heard).toEqual(['{"id":1} false']))
    await link.close()
    await kit.endAsync()
    const later = await connectAsync(broker.url)
    later.on('message', () => void heard.push('kept'))
    await later.subscribeAsync(topic, { qos: 1 })
    await later.endAsync()
    expect(heard).toHaveLength(1)
  })

  it('that freezes does not keep us from closing', async () => {
    const { link, ups, ends } = keepLink({ url: broker.url, clientId: 'frozen' })
    await until(() => expect(ups).toHaveLength(1))
    broker.pause()
    await link.close()
    broker.resume()
    expect(ends.map(({ reason }) => reason)).toEqual(['closed'])
  })

  it('that another link with our client id comes to, ends ours', async () => {
    const first = keepLink({ url: broker.url, clientId: 'twice', protocolVersion: 5 })
    await until(() => expect(first.ups).toHaveLength(1))
    const second = keepLink({ url: broker.url, clientId: 'twice', protocolVersion: 5 })
    await until(() => expect(first.ends).toHaveLength(1))
    expect([first.ends[0]?.reason, second.ends]).toEqual(['closed', []])
    await second.link.close()
  })

  it('that restarts has the session back by itself, and what was sent meanwhile', async () => {
    const { log, said } = createKeptLog()
    const heard: string[] = []
    const session = openSession({
      name: 'Broker boat',
      protocolVersion: 4,
      signIn: async () => ({ isOk: true, value: { url: broker.url } }),
      openLink: openMqttLink,
      clientId: 'restart',
      topics: [TOPIC],
      timers: machineTimers(Date.now),
      random: Math.random,
      log,
      onMessage: (_topic, bytes) => {
        const seq = heard.push(Buffer.from(bytes).toString())
        queueMicrotask(() => session.onDurable(seq))
        return seq
      },
    })
    await until(() => expect(session.status().granted.get(TOPIC)).toBe(1))
    await publish(broker, ['before'])
    await until(() => expect(heard).toEqual(['before']))
    await broker.stop()
    await until(() => expect(session.status()).toMatchObject({ isConnected: false, granted: new Map() }))
    await broker.restart()
    await publish(broker, ['after'])
    await until(() => expect(heard).toEqual(['before', 'after']))
    expect(session.status()).toMatchObject({ isConnected: true, problem: '', connects: undefined })
    expect(said.filter((line) => line.startsWith('warn: Broker boat: The broker closed the connection'))).toHaveLength(
      1,
    )
    await session.close()
  })
})

describe('a broker that asks who comes', () => {
  let broker: Broker
  beforeAll(async () => {
    broker = await startMosquitto({ settings: onlyFor('account', 'right', [TOPIC]) })
  })
  afterAll(() => broker.close())

  it.each([4, 5] as const)('version %i: refuses a wrong password, which is told as one of credentials', async (v) => {
    const wrong = { url: broker.url, username: 'account', password: 'wrong', protocolVersion: v }
    const { ends, ups } = keepLink(wrong)
    await until(() => expect(ends).toHaveLength(1))
    expect(ups).toEqual([])
    expect(ends[0]?.reason).toBe('refused')
    expect([4, 5]).toContain(ends[0]?.code)
    expect(JSON.stringify(ends)).not.toContain('wrong')
  })

  it.each([4, 5] as const)('version %i: refuses a topic, and carries the others', async (v) => {
    const right = { url: broker.url, username: 'account', password: 'right', clientId: `acl-${v}`, protocolVersion: v }
    const { link, ups, heard } = keepLink(right)
    await until(() => expect(ups).toHaveLength(1))
    const topics = ['/open/account/+/quota', TOPIC, '/open/other/M109ZAB4Z000001F/quota']
    const [wildcard, own, foreign] = await Promise.all(topics.map((topic) => link.subscribe(topic)))
    expect(own).toBe(1)
    for (const qos of [wildcard, foreign]) expect(qos).toBeGreaterThanOrEqual(128)
    await publish(broker, ['hello'])
    await until(() => expect(heard.map(({ text }) => text)).toEqual(['hello']))
    link.onDurable(1)
    await link.close()
  })
})

describe('a broker whose certificate nobody vouches for', () => {
  it('is not spoken to', async () => {
    const dir = createServerDir('certificate')
    const [certificate, key] = [join(dir, 'c.pem'), join(dir, 'k.pem')]
    writeFileSync(certificate, SELF_SIGNED_CERTIFICATE)
    writeFileSync(key, SELF_SIGNED_KEY, { mode: 0o644 })
    const broker = await startMosquitto({ settings: [`certfile ${certificate}`, `keyfile ${key}`] })
    const url = broker.url.replace('mqtt:', 'mqtts:')
    const trusting = await connectAsync(url, { ca: SELF_SIGNED_CERTIFICATE })
    const { ends, ups } = keepLink({ url })
    await until(() => expect(ends).toHaveLength(1))
    expect([ups, ends[0]?.reason]).toEqual([[], 'untrusted'])
    expect(ends[0]?.text).toMatch(/self.signed certificate/)
    expect(trusting.connected).toBe(true)
    await trusting.endAsync()
    await broker.close()
  })
})
