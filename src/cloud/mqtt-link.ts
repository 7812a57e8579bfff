/**
 * A link over real sockets: one CONNECT by the client library, which is told never to connect again, never to subscribe
 * by itself and to leave acknowledgements to us. A QoS 1 message is acknowledged only once its record is durable, in
 * the order received, on the connection it came on; one that was refused stays unacknowledged, and the broker sends it
 * again on the next link. What we publish goes out once: it is kept for no other connection. TLS is always verified.
 */
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt'
import { writeToStream } from 'mqtt-packet'
import { type Acknowledgements, createAcknowledgements } from './acknowledgements.ts'
import type { Link, LinkEnd, LinkEvents, LinkOptions, OpenLink, Published } from './link.ts'

// The library would hold a buffer for each of 65,536 numbers, 8 MB in all, for the handful that goes out.
Object.assign(writeToStream, { cacheNumbers: false })

const REFUSED = 128
/** MQTT 5: how many unacknowledged messages the broker may send. */
const RECEIVE_MAXIMUM = 1000
const CONNECT_MS = 10_000
/** A broker that does not answer a farewell is left. */
const FAREWELL_MS = 2_000

const clientOptions = (options: LinkOptions): IClientOptions => ({
  clientId: options.clientId,
  clean: false,
  protocolVersion: options.protocolVersion,
  keepalive: 30,
  reconnectPeriod: 0,
  connectTimeout: CONNECT_MS,
  resubscribe: false,
  queueQoSZero: false,
  rejectUnauthorized: true,
  ...(options.username === undefined ? {} : { username: options.username }),
  ...(options.password === undefined ? {} : { password: options.password }),
  ...(options.protocolVersion === 5
    ? { properties: { receiveMaximum: RECEIVE_MAXIMUM, sessionExpiryInterval: 86_400 } }
    : {}),
})

/** Refusals of MQTT 5 as those of 3.1.1; the others have no counterpart. */
const CODES_OF_5: Readonly<Record<number, number>> = { 132: 1, 133: 2, 134: 4, 135: 5, 136: 3, 137: 3, 138: 5 }
/** DISCONNECT of MQTT 5, where the reason says something to a person. */
const FAREWELLS: Readonly<Record<number, string>> = {
  139: 'it shuts down',
  141: 'it heard nothing from us in time',
  142: 'another connection with the same client id took over',
  147: 'too many messages waited for their acknowledgement',
  150: 'too many messages',
  151: 'its quota is used up',
  152: 'its operator ended the session',
}
/** As Node names what it finds wrong with a certificate. */
const DISTRUST = /CERT|LEAF_SIGNATURE|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH/

type Fault = Error & { readonly code?: string | number }

/** Of several addresses tried in vain the error has a code but no message. */
const wordsOf = (fault: Fault): string => fault.message || String(fault.code ?? 'unknown')

const endBeforeUp = (fault: Fault | undefined): LinkEnd => {
  if (fault === undefined) return { reason: 'unreachable', text: 'the connection was closed before an answer came' }
  if (typeof fault.code === 'number')
    return { reason: 'refused', code: CODES_OF_5[fault.code] ?? fault.code, text: wordsOf(fault) }
  const isDistrust = DISTRUST.test(fault.code ?? '')
  return { reason: isDistrust ? 'untrusted' : 'unreachable', text: wordsOf(fault) }
}

const endOf = (wasUp: boolean, fault: Fault | undefined, farewell: number | undefined): LinkEnd => {
  if (!wasUp) return endBeforeUp(fault)
  if (farewell !== undefined) return { reason: 'closed', text: FAREWELLS[farewell] ?? `reason ${farewell}` }
  return { reason: 'closed', text: fault === undefined ? '' : wordsOf(fault) }
}

// A callback with an error sends no PUBACK and goes on with the next packet: see the test that holds this in place.
const DEFERRED = new Error('acknowledged when durable')

const hear = (client: MqttClient, events: LinkEvents, acknowledgements: Acknowledgements): void => {
  client.handleMessage = (packet: IPublishPacket, done) => {
    const bytes = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    const seq = events.onMessage(packet.topic, bytes, packet.dup === true, packet.qos)
    if (packet.qos === 0) return done()
    if (seq !== undefined) acknowledgements.wait(seq, packet.messageId!)
    done(DEFERRED)
  }
}

const subscribe = (client: MqttClient, topic: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    client.subscribe(topic, { qos: 1 }, (error, grants, packet) => {
      if (!error) return resolve(grants?.[0]?.qos ?? REFUSED)
      const code = packet?.granted?.[0]
      // Without an answer it was the connection that went, unless the topic is none that can be asked for.
      resolve(typeof code === 'number' ? code : /^Invalid topic/.test(error.message) ? REFUSED : undefined)
    })
  })

/** As the library tells it, which calls back with an error for a PUBACK of MQTT 5 that says no. */
const publishedBy = (error: Fault | null | undefined): Published => {
  if (!error) return 'taken'
  if (typeof error.code === 'number') return 'refused'
  return error.message === 'client disconnecting' ? 'unsent' : 'unknown'
}

const publish = (client: MqttClient, topic: string, bytes: Uint8Array, over: Promise<void>): Promise<Published> =>
  new Promise((resolve) => {
    // The library says nothing of what a connection took with it.
    void over.then(() => resolve('unknown'))
    client.publish(topic, Buffer.from(bytes), { qos: 1 }, (error) =>
      resolve(publishedBy(error as Fault | null | undefined)),
    )
  })

/** Opens a connection to a real broker. */
export const openMqttLink: OpenLink = (options, events): Link => {
  const client = connect(options.url, clientOptions(options))
  const acknowledgements = createAcknowledgements((bytes) => void client.stream.write(bytes))
  let state: 'opening' | 'up' | 'over' = 'opening'
  let fault: Fault | undefined
  let farewell: number | undefined
  hear(client, events, acknowledgements)
  client.on('connect', ({ sessionPresent }) => {
    state = 'up'
    events.onUp(sessionPresent)
  })
  client.on('error', (error) => {
    fault ??= error as Fault
  })
  client.on('disconnect', ({ reasonCode }) => {
    farewell = reasonCode
  })
  const over = new Promise<void>((resolve) => {
    client.once('close', () => {
      const wasUp = state === 'up'
      state = 'over'
      acknowledgements.forget()
      events.onEnd(endOf(wasUp, fault, farewell))
      resolve()
    })
  })
  return {
    subscribe: (topic) => (state === 'up' ? subscribe(client, topic) : Promise.resolve(undefined)),
    publish: (topic, bytes) => (state === 'up' ? publish(client, topic, bytes, over) : Promise.resolve('unsent')),
    onDurable: (seq) => {
      if (state === 'up') acknowledgements.onDurable(seq)
    },
    unacknowledged: acknowledgements.count,
    close: () => {
      if (state === 'over') return over
      client.end(state === 'opening')
      const leave = setTimeout(() => client.stream.destroy(), FAREWELL_MS)
      return over.finally(() => clearTimeout(leave))
    },
  }
}
