/** The simulated cloud seen from outside, over real sockets or within the process: the same questions to both. */
import { expect, vi } from 'vitest'
import type { Link, LinkEnd, OpenLink } from '../../src/cloud/link.ts'
import { openMqttLink } from '../../src/cloud/mqtt-link.ts'
import { type Signable, signedHeaders } from '../../src/cloud/signature.ts'
import type { SimulatedAccount } from '../../src/simulator/account.ts'
import { type Cloud, createCloud } from '../../src/simulator/cloud.ts'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { createVirtualTime } from '../virtual-time.ts'

type CloudSettings = Partial<Pick<Parameters<typeof createCloud>[0], 'accounts' | 'secondSession' | 'shape' | 'region'>>

export interface Front extends Pick<Cloud, 'accounts' | 'kits' | 'faults' | 'kitTime' | 'commands'> {
  readonly fetch: typeof fetch
  readonly openLink: OpenLink
  readonly httpUrl: string
  readonly mqttUrl: string
  readonly now: () => number
  /** Lets the check come true. */
  until(check: () => void): Promise<void>
  /** Lets the kits live for so many ms of theirs. */
  live(ms: number): Promise<void>
  stop(): Promise<void>
}

const SEED = 41
const KITS = 2
// A second of the test is this much of the kits' time.
const SPEED = 60

const overSockets = async (settings: CloudSettings): Promise<Front> => {
  const ports = { host: '127.0.0.1', mqttPort: 0, httpPort: 0 }
  const simulator = await startSimulator({
    kits: KITS,
    seed: SEED,
    speed: SPEED,
    now: Date.now,
    ...ports,
    ...settings,
  })
  return {
    ...simulator,
    fetch,
    openLink: openMqttLink,
    now: Date.now,
    until: (check) => vi.waitFor(check, { timeout: 8_000, interval: 15 }),
    live: (ms) => new Promise((resolve) => setTimeout(resolve, ms / SPEED)),
  }
}

const inProcess = async (settings: CloudSettings): Promise<Front & Pick<Cloud, 'gate'>> => {
  const time = createVirtualTime(Date.UTC(2026, 8, 9, 11))
  const cloud = createCloud({ kits: KITS, seed: SEED, timers: time, ...settings })
  return {
    ...cloud,
    httpUrl: 'http://cloud.invalid',
    mqttUrl: 'mqtt://cloud.invalid',
    now: time.now,
    until: async (check) => {
      const isTrue = (): boolean => {
        try {
          check()
          return true
        } catch {
          return false
        }
      }
      for (let turn = 0; turn < 3_000 && !isTrue(); turn++) await time.advance(200)
      check()
    },
    live: (ms) => time.advance(ms),
    stop: async () => cloud.stop(),
  }
}

export const FRONTS = { 'over sockets': overSockets, 'in the process': inProcess }

export interface Envelope {
  readonly code: string
  readonly data: Record<string, unknown> & { readonly sn: string; readonly online: number }[]
}

export interface Heard {
  readonly status: number
  readonly type: string
  /** Epoch ms of the `Date` header. */
  readonly serverAt: number
  readonly text: string
  readonly reply: Envelope
}

interface Ask {
  readonly account?: SimulatedAccount
  readonly sn?: string
  readonly host?: string
  readonly put?: Readonly<Record<string, Signable>>
}

const PATHS = {
  certification: '/iot-open/sign/certification',
  list: '/iot-open/sign/device/list',
  all: '/iot-open/sign/device/quota/all',
  set: '/iot-open/sign/device/quota',
}

const parsed = (text: string): Envelope => {
  try {
    return JSON.parse(text) as Envelope
  } catch {
    return { code: 'no JSON', data: [] as unknown as Envelope['data'] }
  }
}

/** Asks as the account's owner would; rejects where no answer comes. */
export const ask = async (
  front: Front,
  path: keyof typeof PATHS,
  { account = front.accounts[0]!, sn, host = front.httpUrl, put }: Ask = {},
): Promise<Heard> => {
  const query = sn === undefined ? {} : { sn }
  const headers: Record<string, string> = {
    ...signedHeaders(put ?? query, account, { nonce: '123456', timestamp: String(front.now()) }),
    ...(put ? { 'content-type': 'application/json;charset=UTF-8' } : {}),
  }
  const init = put ? { method: 'PUT', headers, body: JSON.stringify(put) } : { headers }
  const request = async (): Promise<Heard> => {
    const response = await front.fetch(`${host}${PATHS[path]}?${new URLSearchParams(query)}`, init)
    const text = await response.text()
    const [type, date] = ['content-type', 'date'].map((name) => response.headers.get(name) ?? '')
    return { status: response.status, type: type!, serverAt: Date.parse(date!), text, reply: parsed(text) }
  }
  let isDone = false
  const outcome = request().finally(() => {
    isDone = true
  })
  // Whoever is told of a failure only later would otherwise be told twice.
  outcome.catch(() => undefined)
  await front.until(() => expect(isDone).toBe(true))
  return outcome
}

export const codeOf = async (...question: Parameters<typeof ask>): Promise<string> =>
  (await ask(...question)).reply.code

export interface Listener {
  readonly link: Link
  /** `quota {…}` and the like, as they came. */
  readonly heard: { channel: string; sn: string; text: string }[]
  readonly ended: LinkEnd[]
  readonly isUp: () => boolean
  readonly grants: Map<string, number | undefined>
}

interface Login {
  readonly account?: SimulatedAccount
  readonly password?: string
  readonly clientId?: string
  readonly version?: 4 | 5
}

/** Connects and subscribes to all channels of the account's kits. */
export const listen = async (
  front: Front,
  { account = front.accounts[0]!, password, clientId = 'powerkits-test', version = 4 }: Login = {},
): Promise<Listener> => {
  const heard: Listener['heard'] = []
  const ended: LinkEnd[] = []
  const grants: Listener['grants'] = new Map()
  let isUp = false
  const link = front.openLink(
    {
      url: front.mqttUrl,
      username: account.account,
      password: password ?? account.password,
      clientId,
      protocolVersion: version,
    },
    {
      onUp: () => {
        isUp = true
      },
      onEnd: (end) => void ended.push(end),
      onMessage: (topic, bytes) => {
        const [, , , sn = '', channel = ''] = topic.split('/')
        heard.push({ channel, sn, text: Buffer.from(bytes).toString() })
        return 1
      },
    },
  )
  await front.until(() => expect(isUp || ended.length > 0).toBe(true))
  if (isUp && ended.length === 0) {
    const topics = account.kitSns.flatMap((sn) =>
      ['quota', 'status', 'set_reply'].map((end) => `/open/${account.account}/${sn}/${end}`),
    )
    for (const topic of [...topics, `/open/${account.account}/+/quota`, '/open/#'])
      void link.subscribe(topic).then((qos) => grants.set(topic, qos))
    await front.until(() => expect(grants.size).toBe(topics.length + 2))
  }
  return { link, heard, ended, isUp: () => isUp && ended.length === 0, grants }
}
