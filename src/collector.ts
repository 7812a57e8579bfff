/**
 * The collector, put together: parts start in order and stop in the reverse. Everything that waits or times is here;
 * what becomes of a value is in the line.
 */
import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { openAlerts } from './alerts/open-alerts.ts'
import { askTime } from './cloud/ask-time.ts'
import { type ClockOffset, createClockOffset } from './cloud/clock-offset.ts'
import { HOSTS } from './cloud/region.ts'
import type { Source } from './cloud/source.ts'
import type { Settings } from './config.ts'
import type { Control } from './control/control.ts'
import { openControl } from './control/open-control.ts'
import { createDiagnostics } from './diagnostics.ts'
import { createDoctor } from './doctor/standing-doctor.ts'
import type { Fleet } from './fleet.ts'
import { createFleetNews } from './fleet-news.ts'
import { collectorView } from './http/collector-view.ts'
import { startHttp } from './http/server.ts'
import type { CollectorStatus } from './http/status.ts'
import { readTokens } from './http/tokens.ts'
import { type Line, openLine } from './line.ts'
import { startMinutes } from './line-minutes.ts'
import { holdOperation } from './local/hold.ts'
import { readOperations } from './local/operations.ts'
import { createLocalService } from './local/service.ts'
import type { Log } from './log.ts'
import type { Secrets } from './redact.ts'
import type { Setup } from './setup/contract.ts'
import { openSources } from './sources.ts'
import { MACHINE, type World } from './world.ts'

export interface Collector {
  readonly line: Line
  /** Where the read API answers. */
  readonly url: string
  readonly control: Control
  status(): CollectorStatus
  stop(): Promise<void>
}

/** What to collect from, and with what. */
export interface CollectorParts {
  readonly settings: Settings
  readonly fleet: Fleet
  readonly log: Log
  readonly version: string
  /** Kept out of logs and diagnostics; those learnt while running are added. */
  readonly secrets: Secrets
  /** Whether the fleet is a simulated one; left out: no. */
  readonly isDemonstration?: boolean
  /** Where the console's files are; absolute. */
  readonly consoleDir?: string
  /** Files with secrets that others on this machine can read. */
  readonly exposed?: () => readonly string[]
  /** Where a person connects an account meanwhile. */
  readonly setup?: Setup | undefined
  readonly world?: World
}

const DAY_MS = 86_400_000
const STOP_DRAIN_MS = 5_000
/** A broker is asked again for what was refused at most this often. */
const ROOM_EVERY_MS = 10_000

const tick = (line: Line, topic: string, content?: unknown): void => {
  const bytes = new TextEncoder().encode(content === undefined ? '' : JSON.stringify(content))
  line.intake.accept({ at: line.clock.now(), source: 'tick', topic, bytes })
}

/** Which kits there are and what their owner says of them, told to the line whenever that changes. */
const createFleetTeller = (line: Line, { fleet, settings }: CollectorParts, sources: () => readonly Source[]) => {
  const newsOf = createFleetNews(fleet, settings)
  return (): void => {
    const news = newsOf(sources().map((source) => ({ name: source.status().name, kits: source.kits() })))
    if (news !== undefined) tick(line, 'fleet', news)
  }
}

/** Acknowledges what is durable, and asks for what was refused as soon as there is room. */
const follow = ({ spool, clock }: Line, sources: readonly Source[]): void => {
  let askedAt = 0
  spool.onDurable((seq) => {
    for (const source of sources) source.onDurable(seq)
    if (clock.now() - askedAt < ROOM_EVERY_MS) return
    askedAt = clock.now()
    for (const source of sources) source.onRoom()
  })
}

const listen = async (
  line: Line,
  parts: CollectorParts,
  world: World,
  clockOffset: ClockOffset,
  observe: Control['observe'],
): Promise<readonly Source[]> => {
  const { intake, clock } = line
  const { settings, secrets, log } = parts
  const diagnostics = createDiagnostics({ dataDir: settings.DATA_DIR, secrets, log, now: clock.now })
  let sources: readonly Source[] = []
  const tellFleet = createFleetTeller(line, parts, () => sources)
  tellFleet()
  sources = await openSources(parts.fleet, {
    ...parts,
    world,
    openLink: world.openLink,
    timers: world.timers(clock.now),
    random: world.random,
    clockOffset,
    counters: line.counters,
    keepSecret: parts.secrets.add,
    keepStrange: diagnostics.keepStrange,
    state: () => intake.track.state,
    accept: (input) => {
      const seq = intake.accept(input)
      if (seq !== undefined) observe(input)
      return seq
    },
    lose: (at) => intake.lose({ records: 1, fromAt: at, toAt: at }),
    onKits: () => tellFleet(),
  })
  tellFleet()
  follow(line, sources)
  return sources
}

/** The line over a clock that what the cloud says of the time corrects. */
const openCorrectedLine = async ({ settings, fleet, log }: CollectorParts, world: World, others: RequestListener) => {
  const clockOffset = createClockOffset()
  const { wall, monotonic } = world.time
  const [account] = fleet.accounts
  const timers = world.timers(wall)
  if (account) await askTime(world.fetch, account.url ?? HOSTS.eu, clockOffset, wall, timers)
  const line = await openLine(settings, log, { wall: () => wall() + clockOffset.offsetMs(), monotonic }, others)
  return { line, clockOffset }
}

const takeCommands = (
  { intake, spool, clock, counters }: Line,
  { settings, log, world = MACHINE }: CollectorParts,
  sources: () => readonly Source[],
): Control =>
  openControl({
    track: intake.track,
    accept: intake.accept,
    durable: spool.flush,
    sources,
    timers: world.timers(clock.now),
    newId: randomUUID,
    allow: settings.CONTROL_ALLOW,
    deny: settings.CONTROL_DENY,
    addressing: settings.COMMAND_ADDRESSEES,
    counters,
    log,
  })

const serve = (line: Line, parts: CollectorParts, control: Control, status: () => CollectorStatus) => {
  const { settings, log, isDemonstration = false, exposed = () => [], world = MACHINE } = parts
  const { now } = line.clock
  return startHttp({
    ...world.timers(now),
    host: settings.HTTP_HOST,
    port: settings.HTTP_PORT,
    token: settings.HTTP_TOKEN,
    controlTokens: readTokens(settings.CONTROL_TOKENS).tokens,
    origins: settings.CONTROL_ORIGINS,
    commandsAMinute: settings.CONTROL_COMMANDS_PER_MINUTE,
    control,
    answers: line.opened.store,
    rawKeptMs: settings.RAW_RETENTION_DAYS * DAY_MS,
    isDemonstration,
    consoleDir: parts.consoleDir,
    doctor: createDoctor({ ...parts, world, exposed, now, view: () => collectorView(status(), now()) }),
    setup: parts.setup,
    state: () => line.intake.track.state,
    status,
    ready: { blindMs: settings.READY_BLIND_SECONDS * 1000, storeMs: settings.READY_STORE_SECONDS * 1000 },
    log,
  }).catch(async (error: unknown) => {
    await line.close(0)
    throw error
  })
}

/** Starts everything. Throws CollectorError where it cannot work; cloud, broker and store may be down. */
export const startCollector = async (parts: CollectorParts): Promise<Collector> => {
  const { version, log, world = MACHINE } = parts
  const local = createLocalService(version)
  const { line, clockOffset } = await openCorrectedLine(parts, world, local.listener)
  tick(line, 'start')
  let sources: readonly Source[] = []
  const startedAt = line.clock.now()
  const status = (): CollectorStatus => ({
    version,
    startedAt,
    counters: line.counters,
    spool: line.spool.stats(),
    drain: line.drain.status(),
    accounts: sources.map((source) => source.status()),
    store: line.opened.store.name,
  })
  const control = takeCommands(line, parts, () => sources)
  const http = await serve(line, parts, control, status)
  const giveUp = async (error: unknown): Promise<never> => {
    await http.close()
    await control.close()
    await Promise.all(sources.map((source) => source.close()))
    await line.close(0)
    throw error
  }
  // Last: the vendor keeps one session per account, and a start that fails must not end another one's.
  sources = await listen(line, parts, world, clockOffset, control.observe).catch(giveUp)
  const alerts = await openAlerts(line, parts.settings, world.fetch, log).catch(giveUp)
  const stopMinutes = startMinutes(line, sources, alerts, world.timers(line.clock.now), log)
  local.open({ ...readOperations(line.opened.store, () => line.intake.track.state), hold: holdOperation(line) })
  const stop = async (): Promise<void> => {
    stopMinutes()
    const told = alerts.close()
    await local.close()
    await http.close()
    await control.close()
    await Promise.all(sources.map((source) => source.close()))
    await line.close(STOP_DRAIN_MS)
    await told
  }
  return { line, url: http.url, control, status, stop }
}
