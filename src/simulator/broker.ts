/**
 * The MQTT side of the stand-in: a broker (3.1.1 over TCP) that behaves towards the account as the vendor's does. One
 * user, exact topics of his own kits only, wildcards refused with SUBACK 128, messages at QoS 0. What a set command does
 * is the caller's to say.
 */
import { createServer, type Socket } from 'node:net'
import { Aedes, type AuthenticateError } from 'aedes'
import type { Message } from './kit-voice.ts'
import { closed, listen } from './listen.ts'

export interface Broker {
  readonly port: number
  readonly publish: (message: Pick<Message, 'topic' | 'bytes'>) => void
  readonly stop: () => Promise<void>
}

export interface BrokerOptions {
  readonly host: string
  /** 0 = a free one. */
  readonly port: number
  readonly account: string
  readonly password: string
  readonly kitSns: readonly string[]
  /** A set command arrived for one of the kits. */
  readonly onSet: (kitSn: string, bytes: Uint8Array) => void
}

const NOT_AUTHORIZED = 5

const refusal = (): AuthenticateError =>
  Object.assign(new Error('Not authorised: wrong certificate account or password.'), { returnCode: NOT_AUTHORIZED })

/** Resolves when it listens. Throws `simulator_port_taken`. */
export const startBroker = async (options: BrokerOptions): Promise<Broker> => {
  const { account, password } = options
  const setTopics = new Map(options.kitSns.map((sn) => [`/open/${account}/${sn}/set`, sn]))
  const readable = new Set(
    options.kitSns.flatMap((sn) => ['quota', 'status', 'set_reply'].map((end) => `/open/${account}/${sn}/${end}`)),
  )
  const aedes = await Aedes.createBroker({
    authenticate: (_client, user, secret, done) => {
      const isWelcome = user === account && secret?.toString() === password
      done(isWelcome ? null : refusal(), isWelcome)
    },
    authorizeSubscribe: (_client, subscription, done) =>
      done(null, readable.has(subscription.topic) ? subscription : null),
    authorizePublish: (client, packet, done) => {
      const isOurs = client === null || setTopics.has(packet.topic)
      done(isOurs ? null : new Error(`Publishing to ${packet.topic} is not allowed.`))
    },
  })
  aedes.on('publish', (packet, client) => {
    const sn = client === null ? undefined : setTopics.get(packet.topic)
    if (sn !== undefined) options.onSet(sn, Buffer.from(packet.payload))
  })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    aedes.handle(socket)
  })
  const port = await listen(server, options.host, options.port)
  const publish: Broker['publish'] = ({ topic, bytes }) =>
    aedes.publish({ cmd: 'publish', topic, payload: Buffer.from(bytes), qos: 0, retain: false, dup: false }, () => {})
  const stop = async (): Promise<void> => {
    const done = closed(server)
    await new Promise<void>((resolve) => aedes.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await done
  }
  return { port, publish, stop }
}
