/**
 * The MQTT session. A QoS 1 message is acknowledged only once its record is durable in the spool: the client library
 * is told to leave the acknowledgement to us, and packets go out in the order received, never on another connection
 * than the one they came on. A message that the spool refused stays unacknowledged; when there is room again the
 * session reconnects, since a broker sends again only then. Nothing is ever published from here.
 */
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt'
import type { Log } from '../log.ts'

export interface SessionOptions {
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly clientId: string
  readonly protocolVersion: 4 | 5
  readonly topics: readonly string[]
  readonly log: Log
  /** Takes a message; its record's sequence number, or undefined when it was refused. */
  onMessage(topic: string, bytes: Uint8Array, isDuplicate: boolean, qos: number): number | undefined
}

export interface SessionStatus {
  readonly isConnected: boolean
  /** Epoch ms of the last change of `isConnected`. */
  readonly sinceAt: number
  /** Granted QoS by topic; 128 and above is a refusal. */
  readonly granted: ReadonlyMap<string, number>
  readonly unacknowledged: number
  readonly problem: string
}

export interface Session {
  status(): SessionStatus
  /** Records up to this sequence number are durable: acknowledge their messages. */
  onDurable(seq: number): void
  /** There is room again: ask the broker for what was refused. */
  onRoom(): void
  close(): Promise<void>
}

const REFUSED_FROM = 128
/** MQTT 5: how many unacknowledged messages the broker may send. */
const RECEIVE_MAXIMUM = 1000

interface Waiting {
  readonly seq: number
  readonly messageId: number
}

/** A PUBACK packet; the same bytes in MQTT 3.1.1 and 5. */
const writePubacks = (client: MqttClient, acknowledged: readonly Waiting[]): void => {
  const bytes = Buffer.alloc(acknowledged.length * 4)
  acknowledged.forEach(({ messageId }, i) => {
    bytes.writeUInt32BE(0x40020000 + messageId, i * 4)
  })
  client.stream.write(bytes)
}

const clientOptions = (options: SessionOptions): IClientOptions => ({
  clientId: options.clientId,
  clean: false,
  protocolVersion: options.protocolVersion,
  keepalive: 30,
  reconnectPeriod: 2_000,
  connectTimeout: 10_000,
  resubscribe: false,
  queueQoSZero: false,
  ...(options.username === undefined ? {} : { username: options.username }),
  ...(options.password === undefined ? {} : { password: options.password }),
  ...(options.protocolVersion === 5
    ? { properties: { receiveMaximum: RECEIVE_MAXIMUM, sessionExpiryInterval: 86_400 } }
    : {}),
})

/** One SUBSCRIBE per topic: one that is refused must not spoil the others. src: foxthefox/ioBroker.ecoflow-mqtt #456 */
const subscribeAll = (client: MqttClient, options: SessionOptions, granted: Map<string, number>): void => {
  for (const topic of options.topics)
    client.subscribe(topic, { qos: 1 }, (error, grants) => {
      // Without a packet it was the connection that went: the next one subscribes again.
      if (error && (error as { packet?: unknown }).packet === undefined) return
      const qos = error ? REFUSED_FROM : (grants?.[0]?.qos ?? REFUSED_FROM)
      granted.set(topic, qos)
      if (qos >= REFUSED_FROM)
        options.log.error(
          `The broker refused the subscription to ${topic}: no reports will come on it. ` +
            'Check account and serial number; the vendor’s broker takes exact topics only.',
        )
    })
}

/** Messages whose records are not durable yet, in the order received on this connection. */
interface Acknowledgements {
  readonly count: () => number
  readonly wait: (seq: number, messageId: number) => void
  readonly onDurable: (seq: number) => void
  /** The connection is gone: nothing of it may be acknowledged on another one. */
  readonly forget: () => void
}

const createAcknowledgements = (client: MqttClient): Acknowledgements => {
  let waiting: Waiting[] = []
  return {
    count: () => waiting.length,
    wait: (seq, messageId) => void waiting.push({ seq, messageId }),
    onDurable: (seq) => {
      let ready = 0
      while (ready < waiting.length && waiting[ready]!.seq <= seq) ready++
      if (ready > 0) writePubacks(client, waiting.splice(0, ready))
    },
    forget: () => {
      waiting = []
    },
  }
}

const advice = (reason: string): string =>
  /not authori[sz]ed|bad user ?name/i.test(reason) ? 'Check MQTT_USERNAME and MQTT_PASSWORD. ' : ''

/** Logs what a person should know of the connection, and keeps since when it is as it is. */
const watch = (client: MqttClient, options: SessionOptions, now: () => number, onChange: (isUp: boolean) => void) => {
  const state = { isConnected: false, sinceAt: now(), problem: '' }
  const change = (isUp: boolean): void => {
    if (isUp !== state.isConnected) state.sinceAt = now()
    state.isConnected = isUp
    onChange(isUp)
  }
  client.on('connect', () => {
    state.problem = ''
    options.log.info(`Connected to the broker at ${new URL(options.url).host}.`)
    change(true)
  })
  client.on('close', () => {
    if (state.isConnected && !client.disconnecting)
      options.log.warn('The broker closed the connection; connecting again. Nothing recorded is lost.')
    change(false)
  })
  client.on('error', (error) => {
    if (state.problem !== error.message)
      options.log.error(`No connection to the broker: ${error.message}. ${advice(error.message)}Trying again.`)
    state.problem = error.message
  })
  return state
}

// A callback with an error sends no PUBACK and goes on with the next packet: see the test that holds this in place.
const DEFERRED = new Error('acknowledged when durable')

/** Opens the session and keeps it open: it reconnects by itself until closed. */
export const openSession = (options: SessionOptions, now: () => number): Session => {
  const client = connect(options.url, clientOptions(options))
  const granted = new Map<string, number>()
  const acknowledgements = createAcknowledgements(client)
  let hasRefused = false

  client.handleMessage = (packet: IPublishPacket, done) => {
    const bytes = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    const seq = options.onMessage(packet.topic, bytes, packet.dup === true, packet.qos)
    if (packet.qos === 0) return done()
    if (seq === undefined) hasRefused = true
    else acknowledgements.wait(seq, packet.messageId!)
    done(DEFERRED)
  }
  const connection = watch(client, options, now, (isUp) => {
    acknowledgements.forget()
    if (isUp) subscribeAll(client, options, granted)
  })
  return {
    status: () => ({ ...connection, granted, unacknowledged: acknowledgements.count() }),
    onDurable: (seq) => {
      if (connection.isConnected) acknowledgements.onDurable(seq)
    },
    onRoom: () => {
      if (!hasRefused) return
      hasRefused = false
      options.log.info('There is room again: connecting anew so that the broker sends what was refused.')
      client.stream.destroy()
    },
    close: () => client.endAsync(),
  }
}
