/** A link against a server that says exactly what the test wants: refusals, farewells, odd answers, silence. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { generate, type Packet, parser } from 'mqtt-packet'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { freePort } from '../servers/unprivileged-server.ts'
import { keepLink } from './kept-link.ts'

type Answer = (packet: Packet, say: (packet: Packet) => void, socket: Socket) => void

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** Its URL, and every packet that reached it. */
const serve = async (protocolVersion: 4 | 5, answer: Answer) => {
  const got: Packet[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    const reader = parser({ protocolVersion })
    reader.on('packet', (packet) => {
      got.push(packet)
      answer(packet, (said) => void socket.write(generate(said, { protocolVersion })), socket)
    })
    socket.on('data', (bytes) => void reader.parse(bytes)).on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, got }
}

const connack = (code: number): Packet => ({
  cmd: 'connack',
  sessionPresent: false,
  returnCode: code,
  reasonCode: code,
})

const publish = (messageId: number): Packet => ({
  cmd: 'publish',
  topic: 't',
  payload: `message ${messageId}`,
  qos: 1,
  dup: false,
  retain: false,
  messageId,
})

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5_000, interval: 10 })

describe('the first words', () => {
  it('ask for the session that stands, and for messages until acknowledged', async () => {
    const { url, got } = await serve(5, (packet, say) => (packet.cmd === 'connect' ? say(connack(0)) : undefined))
    const { link, ups } = keepLink({ url, protocolVersion: 5, username: 'account', password: 'made-up' })
    await until(() => expect(ups).toEqual([false]))
    expect(got[0]).toMatchObject({
      cmd: 'connect',
      clientId: 'powerkits-test',
      clean: false,
      keepalive: 30,
      username: 'account',
      properties: { receiveMaximum: 1000, sessionExpiryInterval: 86_400 },
    })
    await link.close()
  })
})

describe('a refusal', () => {
  it.each([
    [4, 4, 4],
    [4, 5, 5],
    [4, 3, 3],
    [5, 134, 4],
    [5, 135, 5],
    [5, 133, 2],
    [5, 136, 3],
    [5, 159, 159],
  ] as const)(
    'of MQTT version %i with %i is told as %i, once, and nothing is tried again',
    async (version, said, told) => {
      const { url, got } = await serve(version, (_packet, say) => say(connack(said)))
      const { link, ends, ups } = keepLink({ url, protocolVersion: version })
      await until(() => expect(ends).toHaveLength(1))
      expect(ends[0]).toMatchObject({
        reason: 'refused',
        code: told,
        text: expect.stringMatching(/^Connection refused: \w/),
      })
      await link.close()
      await new Promise((done) => setTimeout(done, 100))
      expect([ups, ends.length, got.filter(({ cmd }) => cmd === 'connect').length]).toEqual([[], 1, 1])
    },
  )
})

describe('no answer', () => {
  it('where nobody listens', async () => {
    const { ends } = keepLink({ url: `mqtt://127.0.0.1:${await freePort()}` })
    await until(() => expect(ends).toHaveLength(1))
    expect(ends[0]).toMatchObject({ reason: 'unreachable', text: expect.stringContaining('ECONNREFUSED') })
  })

  it('where the name is of nobody', async () => {
    const { ends } = keepLink({ url: 'mqtts://nobody.invalid:8883' })
    await until(() => expect(ends).toHaveLength(1))
    expect(ends[0]).toMatchObject({ reason: 'unreachable', text: expect.stringContaining('nobody.invalid') })
  })

  it('where the connection is closed instead', async () => {
    const { url } = await serve(4, (_packet, _say, socket) => void socket.destroy())
    const { ends } = keepLink({ url })
    await until(() => expect(ends).toHaveLength(1))
    expect(ends[0]?.reason).toBe('unreachable')
  })

  it('where TLS meets a server that speaks none', async () => {
    const { url } = await serve(4, (_packet, _say, socket) => void socket.destroy())
    const { ends, link } = keepLink({ url: url.replace('mqtt:', 'mqtts:') })
    await link.close()
    expect(ends).toHaveLength(1)
    expect(ends[0]?.reason).toBe('unreachable')
  })
})

describe('an end', () => {
  it.each([
    [142, /same client id took over/],
    [139, /shuts down/],
    [160, /reason 160/],
  ])('that MQTT 5 announces with %i is told in words', async (reasonCode, words) => {
    const { url } = await serve(5, (_packet, say, socket) => {
      say(connack(0))
      say({ cmd: 'disconnect', reasonCode })
      socket.end()
    })
    const { ends, ups } = keepLink({ url, protocolVersion: 5 })
    await until(() => expect(ends).toHaveLength(1))
    expect([ups.length, ends[0]?.reason]).toEqual([1, 'closed'])
    expect(ends[0]?.text).toMatch(words)
  })

  it('of ours comes even where the broker does not answer the farewell', async () => {
    const { url } = await serve(4, (packet, say, socket) => {
      if (packet.cmd !== 'connect') return
      say(connack(0))
      socket.pause()
      socket.end = () => socket
    })
    const { link, ups, ends } = keepLink({ url })
    await until(() => expect(ups).toHaveLength(1))
    const answer = link.subscribe('never answered')
    await link.close()
    expect(ends).toHaveLength(1)
    expect(await answer).toBeUndefined()
    expect(await link.subscribe('too late')).toBeUndefined()
    await link.close()
    expect(ends).toHaveLength(1)
  })

  it('of ours comes while it still connects', async () => {
    const { url } = await serve(4, () => undefined)
    const { link, ends, ups } = keepLink({ url })
    await link.close()
    expect([ups, ends.length]).toEqual([[], 1])
  })
})

describe('subscriptions and acknowledgements', () => {
  it('go one topic a packet, each with the answer it got', async () => {
    const { url, got } = await serve(5, (packet, say) => {
      if (packet.cmd === 'connect') say(connack(0))
      if (packet.cmd !== 'subscribe') return
      const code = { good: 0, better: 1, bad: 135 }[packet.subscriptions[0]!.topic]!
      say({ cmd: 'suback', messageId: packet.messageId!, granted: [code] })
    })
    const { link, ups } = keepLink({ url, protocolVersion: 5 })
    await until(() => expect(ups).toHaveLength(1))
    const topics = ['good', 'bad', 'better', 'of no#form']
    expect(await Promise.all(topics.map((topic) => link.subscribe(topic)))).toEqual([0, 135, 1, 128])
    const asked = got.flatMap((packet) => (packet.cmd === 'subscribe' ? [packet.subscriptions] : []))
    expect(asked).toMatchObject([
      [{ topic: 'good', qos: 1 }],
      [{ topic: 'bad', qos: 1 }],
      [{ topic: 'better', qos: 1 }],
    ])
    await link.close()
  })

  it.each([4, 5] as const)(
    'version %i: only what is durable, in order, and nothing is ever published',
    async (version) => {
      const { url, got } = await serve(version, (packet, say) => {
        if (packet.cmd !== 'connect') return
        say(connack(0))
        for (const id of [40_000, 7, 65_535, 300]) say(publish(id))
      })
      const { link, heard } = keepLink({ url, protocolVersion: version })
      await until(() => expect(heard).toHaveLength(4))
      expect(link.unacknowledged()).toBe(4)
      link.onDurable(0)
      link.onDurable(2)
      link.onDurable(2)
      expect(link.unacknowledged()).toBe(2)
      const acknowledged = () => got.flatMap((packet) => (packet.cmd === 'puback' ? [packet.messageId] : []))
      await until(() => expect(acknowledged()).toEqual([40_000, 7]))
      link.onDurable(9)
      await until(() => expect(acknowledged()).toEqual([40_000, 7, 65_535, 300]))
      await link.close()
      link.onDurable(9)
      expect(new Set(got.map(({ cmd }) => cmd))).toEqual(new Set(['connect', 'puback', 'disconnect']))
    },
  )
})
