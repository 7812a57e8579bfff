/**
 * The MQTT side of the stand-in on real sockets (3.1.1 and 5): from packets to the gate, which holds the rules, and back.
 * Everything is granted and sent at QoS 0, no session is kept, as the vendor's broker does.
 */
import { createServer, type Socket } from 'node:net'
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet'
import type { Gate, Session } from './gate.ts'
import { closed, listen } from './listen.ts'

export interface Broker {
  readonly port: number
  readonly stop: () => Promise<void>
}

export interface BrokerOptions {
  readonly host: string
  /** 0 = a free one. */
  readonly port: number
  readonly gate: Gate
  readonly isReachable: () => boolean
}

/** Refusals of MQTT 3.1.1 in the words of MQTT 5. */
const REASONS: Readonly<Record<number, number>> = { 4: 134, 5: 135 }

interface Client {
  version: number
  session: Session | undefined
}

/** Answers one CONNECT. */
const welcome = (packet: IConnectPacket, socket: Socket, client: Client, gate: Gate): void => {
  client.version = packet.protocolVersion ?? 4
  const send = (answer: Packet): boolean => socket.write(generate(answer, { protocolVersion: client.version }))
  const login = { username: packet.username, password: packet.password?.toString(), clientId: packet.clientId }
  const admitted = gate.admit(login, {
    deliver: (topic, bytes) =>
      void send({ cmd: 'publish', topic, payload: Buffer.from(bytes), qos: 0, retain: false, dup: false }),
    close: () => socket.destroy(),
  })
  const code = typeof admitted === 'number' ? admitted : 0
  send({ cmd: 'connack', returnCode: code, reasonCode: REASONS[code] ?? code, sessionPresent: false })
  if (typeof admitted === 'number') socket.end()
  else client.session = admitted
  // One and a half times the keep-alive without a word, and the client counts as gone.
  socket.setTimeout((packet.keepalive ?? 0) * 1500, () => socket.destroy())
}

/** What answers a packet of an admitted client, if anything does. */
const answerTo = (packet: Packet, session: Session): Packet | undefined => {
  const { messageId = 0 } = packet
  switch (packet.cmd) {
    case 'subscribe':
      return { cmd: 'suback', messageId, granted: packet.subscriptions.map(({ topic }) => session.subscribe(topic)) }
    case 'unsubscribe':
      for (const topic of packet.unsubscriptions) session.unsubscribe(topic)
      return { cmd: 'unsuback', messageId, granted: packet.unsubscriptions.map(() => 0) }
    case 'publish':
      session.command(packet.topic, Buffer.from(packet.payload))
      return packet.qos === 1 ? { cmd: 'puback', messageId } : undefined
    case 'pingreq':
      return { cmd: 'pingresp' }
    default:
      return undefined
  }
}

const serve = (socket: Socket, gate: Gate): void => {
  const client: Client = { version: 4, session: undefined }
  const packets = parser()
  packets.on('packet', (packet) => {
    if (packet.cmd === 'connect' && client.session === undefined) return welcome(packet, socket, client, gate)
    if (packet.cmd === 'disconnect' || client.session === undefined) return void socket.end()
    const answer = answerTo(packet, client.session)
    if (answer) socket.write(generate(answer, { protocolVersion: client.version }))
  })
  packets.on('error', () => socket.destroy())
  socket.on('data', (bytes) => packets.parse(bytes))
  // A client that vanishes harms nobody else.
  socket.on('error', () => socket.destroy())
  socket.on('close', () => client.session?.leave())
}

/** Resolves when it listens. Throws `simulator_port_taken`. */
export const startBroker = async ({ host, port, gate, isReachable }: BrokerOptions): Promise<Broker> => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    if (!isReachable()) return void socket.destroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serve(socket, gate)
  })
  const stop = async (): Promise<void> => {
    const done = closed(server)
    for (const socket of sockets) socket.destroy()
    await done
  }
  return { port: await listen(server, host, port), stop }
}
