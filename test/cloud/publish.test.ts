/** What becomes of a message that we publish, over real sockets and in a session: it goes out once, or not at all. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { generate, type Packet, parser } from 'mqtt-packet'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { keepLink } from './kept-link.ts'
import { begin, MINUTE, SECOND } from './scripted-session.ts'

const SET = '/open/account/M109ZAB4Z000001F/set'
const BYTES = new TextEncoder().encode('{"id":1}')

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

type Answer = (publish: Packet, say: (packet: Packet) => void, socket: Socket) => void

/** A broker that lets everybody in; its URL, and the messages that reached it. */
const serve = async (protocolVersion: 4 | 5, answer: Answer) => {
  const got: { topic: string; text: string; qos: number; dup: boolean }[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    const say = (packet: Packet): void => void socket.write(generate(packet, { protocolVersion }))
    const reader = parser({ protocolVersion })
    reader.on('packet', (packet) => {
      if (packet.cmd === 'connect') say({ cmd: 'connack', sessionPresent: true, returnCode: 0, reasonCode: 0 })
      if (packet.cmd !== 'publish') return
      const { topic, payload, qos, dup } = packet
      got.push({ topic, text: payload.toString(), qos, dup })
      answer(packet, say, socket)
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

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5_000, interval: 10 })

const up = async (url: string, protocolVersion: 4 | 5 = 4) => {
  const kept = keepLink({ url, protocolVersion })
  await until(() => expect(kept.ups).toHaveLength(1))
  return kept.link
}

const puback =
  (reasonCode = 0): Answer =>
  ({ messageId }, say) =>
    say({ cmd: 'puback', messageId: messageId!, reasonCode })

describe('a message on a link', () => {
  it.each([
    [4, 0, 'taken'],
    [5, 0, 'taken'],
    [5, 16, 'taken'],
    [5, 135, 'refused'],
  ] as const)('of MQTT version %i whose PUBACK says %i is %s', async (version, code, told) => {
    const { url, got } = await serve(version, puback(code))
    const link = await up(url, version)
    expect(await link.publish(SET, BYTES)).toBe(told)
    expect(got).toEqual([{ topic: SET, text: '{"id":1}', qos: 1, dup: false }])
    await link.close()
  })

  it('is unsent before the link is up and after it was closed', async () => {
    const { url, got } = await serve(4, puback())
    const { link } = keepLink({ url })
    expect(await link.publish(SET, BYTES)).toBe('unsent')
    await link.close()
    expect(await link.publish(SET, BYTES)).toBe('unsent')
    const closing = await up(url)
    const closed = closing.close()
    expect(await closing.publish(SET, BYTES)).toBe('unsent')
    await closed
    expect(got).toEqual([])
  })

  it('is unknown when the link ends before the answer, and no later link sends it again', async () => {
    const { url, got } = await serve(4, (_packet, _say, socket) => void socket.destroy())
    const link = await up(url)
    expect(await link.publish(SET, BYTES)).toBe('unknown')
    const next = await up(url)
    await new Promise((done) => setTimeout(done, 100))
    expect(got).toHaveLength(1)
    await next.close()
  })

  it('that is never answered does not keep the link from closing', async () => {
    const { url, got } = await serve(4, () => undefined)
    const link = await up(url)
    const told = link.publish(SET, BYTES)
    await until(() => expect(got).toHaveLength(1))
    await link.close()
    expect(await told).toBe('unknown')
  })
})

describe('a message in a session', () => {
  it('goes out while it is connected, and is refused at once while it is not', async () => {
    const { session, time, broker } = begin()
    await time.advance(SECOND)
    expect(await session.publish(SET, BYTES)).toBe('unsent')
    broker.last().up()
    expect(await session.publish(SET, BYTES)).toBe('taken')
    broker.last().end('closed')
    expect(await session.publish(SET, BYTES)).toBe('unsent')
    await time.advance(MINUTE)
    broker.last().up()
    await time.advance(MINUTE)
    expect(broker.links.map(({ published }) => published)).toEqual([[[SET, '{"id":1}']], []])
  })
})
