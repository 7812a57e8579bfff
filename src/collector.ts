/**
 * The collector, put together: parts start in order and stop in the reverse. Everything that waits or times is here;
 * what becomes of a value is in the line.
 */
import { hostname } from 'node:os'
import { setImmediate as breathe } from 'node:timers/promises'
import type { AccountStatus } from './cloud/account-status.ts'
import { clientIdOf } from './cloud/client-id.ts'
import type { SignIn } from './cloud/link.ts'
import { openMqttLink } from './cloud/mqtt-link.ts'
import { openSession, type Session } from './cloud/session.ts'
import { collectorRow } from './collector-row.ts'
import type { Settings } from './config.ts'
import { startHttp } from './http/server.ts'
import type { CollectorStatus } from './http/status.ts'
import { minuteInput } from './intake.ts'
import { type Line, openLine } from './line.ts'
import type { Log } from './log.ts'
import { everyMinute } from './minutes.ts'
import { noteworthy } from './noteworthy.ts'
import { machineTimers } from './timers.ts'

export interface Collector {
  readonly line: Line
  /** Where the read API answers. */
  readonly url: string
  status(): CollectorStatus
  stop(): Promise<void>
}

const SNAPSHOT_MINUTES = 5
const EXPIRY_MINUTES = 24 * 60
const MINUTE_MS = 60_000
/** Kits per turn of a minute, so that a fleet's keyframes never block the line for long. */
const KITS_A_TURN = 50
const STOP_DRAIN_MS = 5_000
/** A broker is asked again for what was refused at most this often. */
const ROOM_EVERY_MS = 10_000

/** The vendor's exact topics, or those of the settings; without named kits every kit of an own broker. */
const topicsOf = (settings: Settings): string[] => {
  if (settings.MQTT_TOPICS.length > 0) return settings.MQTT_TOPICS
  const kits = Object.keys(settings.KITS)
  const account = settings.ECOFLOW_ACCOUNT ?? '+'
  return (kits.length > 0 ? kits : ['+']).flatMap((sn) =>
    ['quota', 'status', 'set_reply'].map((channel) => `/open/${account}/${sn}/${channel}`),
  )
}

const listen = async (settings: Settings, line: Line, log: Log): Promise<Session | undefined> => {
  if (settings.MQTT_URL === undefined) return undefined
  const { intake, spool, clock } = line
  const signIn: SignIn = {
    url: settings.MQTT_URL,
    username: settings.MQTT_USERNAME,
    password: settings.MQTT_PASSWORD,
  }
  const session = openSession({
    name: 'MQTT',
    signIn: async () => ({ isOk: true, value: signIn }),
    openLink: openMqttLink,
    clientId: await clientIdOf(settings.DATA_DIR),
    protocolVersion: settings.MQTT_VERSION === '5' ? 5 : 4,
    topics: topicsOf(settings),
    timers: machineTimers(clock.now),
    random: Math.random,
    log,
    onMessage: (topic, bytes, isDuplicate, qos) => {
      const at = clock.now()
      const seq = intake.accept({ at, source: 'mqtt', topic, bytes, isDuplicate })
      if (seq === undefined && qos === 0) intake.lose({ records: 1, fromAt: at, toAt: at })
      return seq
    },
  })
  let askedAt = 0
  spool.onDurable((seq) => {
    session.onDurable(seq)
    if (clock.now() - askedAt < ROOM_EVERY_MS) return
    askedAt = clock.now()
    session.onRoom()
  })
  return session
}

const statusOf = (settings: Settings, session: Session): AccountStatus => ({
  name: 'main',
  kind: 'broker',
  host: new URL(settings.MQTT_URL!).host,
  kits: Object.keys(settings.KITS),
  session: session.status(),
  http: undefined,
  clockOffsetMs: undefined,
})

/** The minute's turns, and what is due every few minutes. Keeps nothing of a minute that failed but the log line. */
const onMinute = async (line: Line, session: Session | undefined, at: number, log: Log): Promise<void> => {
  const { intake, spool } = line
  const parts = Math.max(1, Math.ceil(intake.track.state.kits.size / KITS_A_TURN))
  const row = collectorRow(line, hostname(), session?.status().isConnected ?? false, at)
  for (let part = 0; part < parts; part++) {
    intake.accept(minuteInput(at, part, parts), part === 0 ? row : '')
    await breathe()
  }
  const minute = at / MINUTE_MS
  if (minute % SNAPSHOT_MINUTES === 0) await line.saveSnapshot()
  if (minute % EXPIRY_MINUTES === 0) {
    const expired = await line.opened.expire(at)
    if (expired.length > 0) log.info(`Removed raw values past their time: ${expired.join(', ')}.`)
  }
  log.debug({ spool: spool.stats() }, 'minute')
}

/** Starts everything. Throws CollectorError where it cannot work; broker and store may be down. */
export const startCollector = async (settings: Settings, log: Log, version: string): Promise<Collector> => {
  const line = await openLine(settings, log)
  const { intake, clock } = line
  const fleet = new TextEncoder().encode(JSON.stringify(settings.KITS))
  intake.accept({ at: clock.now(), source: 'tick', topic: 'fleet', bytes: fleet })
  let session: Session | undefined
  const startedAt = clock.now()
  const status = (): CollectorStatus => ({
    version,
    startedAt,
    counters: line.counters,
    spool: line.spool.stats(),
    drain: line.drain.status(),
    accounts: session === undefined ? [] : [statusOf(settings, session)],
    store: line.opened.store.name,
  })
  const http = await startHttp({
    host: settings.HTTP_HOST,
    port: settings.HTTP_PORT,
    token: settings.HTTP_TOKEN,
    state: () => intake.track.state,
    status,
    ready: { blindMs: settings.READY_BLIND_SECONDS * 1000, storeMs: settings.READY_STORE_SECONDS * 1000 },
    now: clock.now,
    log,
  }).catch(async (error: unknown) => {
    await line.close(0)
    throw error
  })
  // Last: the vendor keeps one session per account, and a start that fails must not end another one's.
  session = await listen(settings, line, log)
  let counted = new Map(line.counters)
  const stopMinutes = everyMinute(clock.now, (at) => {
    for (const sentence of noteworthy(counted, line.counters)) log.warn(sentence)
    counted = new Map(line.counters)
    onMinute(line, session, at, log).catch((error: Error) => log.error(error, 'This minute’s rows could not be made.'))
  })
  const stop = async (): Promise<void> => {
    stopMinutes()
    await http.close()
    await session?.close()
    await line.close(STOP_DRAIN_MS)
  }
  return { line, url: http.url, status, stop }
}
