/**
 * A simulated kit's life through the line, and beside it what is true: at its cadence, with losses, outages and restarts,
 * in virtual time. What is true of the covered time is summed from report to report by the harness itself, which knows
 * where it interrupted; the line's rows are left for `verdict.ts` to compare.
 */
import { createKit, type Kit } from '../../src/simulator/kit-model.ts'
import { planKit } from '../../src/simulator/kit-plan.ts'
import { modulesOf } from '../../src/simulator/modules.ts'
import { chance } from '../../src/simulator/noise.ts'
import { quotaAll } from '../../src/simulator/quota-all.ts'
import { type Interruption, interruptionsOf } from './interruptions.ts'
import { createRestartingLine, type RestartingLine } from './restarting-line.ts'
import { type CadenceOf, createSpeakingKit, type SpeakingKit } from './speaking-kit.ts'
import { createTrueEnergy, type TrueEnergy } from './true-energy.ts'

export interface Scenario {
  readonly name: string
  readonly days: number
  readonly seed: number
  readonly cadenceOf: CadenceOf
  /** The longest of its modules (ms). */
  readonly cadenceMs: number
  /** Share of the pushes that never arrive. */
  readonly lossRatio: number
  /** How often all quotas are asked for (ms); 0 = once behind each start. */
  readonly pollMs: number
}

/** An interruption as it turned out. */
export interface Hole extends Interruption {
  /** Whether the line counts it as time without values: always for outages, for restarts that are not too short. */
  isMissed: boolean
  /** Of each module its last report before and the first behind (epoch ms). */
  readonly lastAt: Map<string, number>
  readonly firstAt: Map<string, number>
  /** What really flowed between those reports (Wh), by channel. */
  readonly missedWh: Float64Array
}

/** What is true at a quarter's end, since the beginning, by channel. */
export interface Mark {
  readonly at: number
  readonly wh: readonly number[]
}

export interface Life {
  readonly scenario: Scenario
  readonly kit: Kit
  readonly from: number
  readonly until: number
  readonly names: readonly string[]
  /** Of the time covered by reports of the channel's module, by channel. */
  readonly coveredWh: Float64Array
  /** Squares of the jumps of power (W²), by channel. */
  readonly jumps: Float64Array
  /** Of each module how much of each quarter its reports cover (ms), by the quarter's start. */
  readonly coveredMs: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly marks: readonly Mark[]
  readonly holes: readonly Hole[]
  readonly line: RestartingLine
  readonly pushes: number
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
export const QUARTER_MS = 15 * MINUTE_MS
/** The first answer is asked for so soon behind a start. */
const FIRST_POLL_MS = 3_000
/** And then not before something was pushed, which proves that the cloud's snapshot is no old one. */
const BEHIND_PUSH_MS = 500

const TIME_ZONE = 'Europe/Berlin'
const START = Date.UTC(2026, 5, 1)

/** What is under way while a scenario runs. */
interface Run {
  readonly scenario: Scenario
  readonly kit: Kit
  readonly truth: TrueEnergy
  readonly line: RestartingLine
  readonly voice: SpeakingKit
  readonly modules: readonly string[]
  /** Of each module its last report that the line heard (epoch ms), with what was true then by channel. */
  readonly heardAt: Map<string, number>
  readonly heardWh: Float64Array
  readonly coveredWh: Float64Array
  readonly coveredMs: Map<string, Map<number, number>>
  readonly marks: Mark[]
  readonly holes: Hole[]
  readonly cutSince: Set<string>
  isDown: boolean
  isSilent: boolean
  minuteAt: number
  pollAt: number
  pushes: number
}

/** The time between two reports of a module is covered. */
const cover = (run: Run, sn: string, fromAt: number, toAt: number): void => {
  const quarters = run.coveredMs.get(sn) ?? new Map<number, number>()
  run.coveredMs.set(sn, quarters)
  for (let at = fromAt; at < toAt; ) {
    const startAt = Math.floor(at / QUARTER_MS) * QUARTER_MS
    const endAt = Math.min(toAt, startAt + QUARTER_MS)
    quarters.set(startAt, (quarters.get(startAt) ?? 0) + endAt - at)
    at = endAt
  }
}

/** The line heard of the module at `at`: what flowed since its last report is covered, unless a hole lies between. */
const hear = (run: Run, sn: string, at: number): void => {
  const { truth, heardWh, coveredWh, cutSince } = run
  const isMissed = run.line.wasMissed(run.kit.plan.hubSn, sn, at)
  const isKnown = run.heardAt.has(sn) && !cutSince.has(sn) && !isMissed
  if (isKnown) cover(run, sn, run.heardAt.get(sn)!, at)
  truth.channels.forEach((channel, index) => {
    if (channel.sn !== sn) return
    const wh = truth.of(index)
    if (isKnown) coveredWh[index]! += wh - heardWh[index]!
    else if (cutSince.has(sn)) run.holes.at(-1)!.missedWh[index] = wh - heardWh[index]!
    heardWh[index] = wh
  })
  if (cutSince.delete(sn)) run.holes.at(-1)!.firstAt.set(sn, at)
  run.heardAt.set(sn, at)
}

/** What was held before the hole counts no more. */
const cut = (run: Run, hole: Hole): void => {
  hole.isMissed = true
  for (const [sn, at] of run.heardAt) {
    hole.lastAt.set(sn, at)
    run.cutSince.add(sn)
  }
}

const push = (run: Run): void => {
  const at = run.voice.nextAt()
  const said = run.voice.speak(run.isSilent)
  if (said === undefined) return
  run.pushes++
  const isLost = chance(run.scenario.seed, run.pushes, 5) < run.scenario.lossRatio
  if (run.isDown || isLost) return
  run.line.feed({ at, source: 'mqtt', topic: said.message.topic, bytes: said.message.bytes })
  if (said.sn !== '') hear(run, said.sn, at)
  if (run.pollAt < 0) run.pollAt = Math.max(at + BEHIND_PUSH_MS, -run.pollAt)
}

const poll = (run: Run): void => {
  const { kit, line, scenario } = run
  const at = run.pollAt
  run.pollAt = scenario.pollMs === 0 ? Number.POSITIVE_INFINITY : at + scenario.pollMs
  if (run.isDown || run.isSilent) return
  const topic = `/iot-open/sign/device/quota/all?sn=${kit.plan.hubSn}`
  line.feed({ at, source: 'http', topic, bytes: Buffer.from(JSON.stringify(quotaAll(kit, 'B'))) })
  for (const sn of run.modules) if (line.heardAt(kit.plan.hubSn, sn) === at) hear(run, sn, at)
}

/** An interruption begins: at its place among those that are planned. */
const begin = (run: Run, interruption: Interruption): void => {
  const missedWh = new Float64Array(run.truth.channels.length)
  run.holes.push({ ...interruption, isMissed: false, lastAt: new Map(), firstAt: new Map(), missedWh })
  run.isSilent = interruption.kind === 'kit silent'
  run.isDown = !run.isSilent
  if (run.isDown) run.line.stop()
}

const end = (run: Run): void => {
  const hole = run.holes.at(-1)!
  if (run.isDown) {
    run.line.start(hole.toAt)
    // Negative until something was pushed.
    run.pollAt = -(hole.toAt + FIRST_POLL_MS)
  }
  run.isDown = false
  run.isSilent = false
  if (run.line.isMissing(run.kit.plan.hubSn)) cut(run, hole)
}

const minute = (run: Run): void => {
  const at = run.minuteAt
  run.minuteAt += MINUTE_MS
  if (!run.isDown) run.line.minute(at)
  if (at % QUARTER_MS === 0) run.marks.push({ at, wh: run.truth.channels.map((_, index) => run.truth.of(index)) })
}

const prepare = (scenario: Scenario): Run => {
  const kit = createKit(planKit(scenario.seed, 0, 'Truth'), START)
  const truth = createTrueEnergy(kit)
  const zeros = (): Float64Array => new Float64Array(truth.channels.length)
  return {
    scenario,
    kit,
    truth,
    line: createRestartingLine({ [kit.plan.hubSn]: { name: 'Truth', timeZone: TIME_ZONE } }, START),
    voice: createSpeakingKit(kit, scenario.cadenceOf, START),
    modules: modulesOf(kit).map(({ sn }) => sn),
    heardAt: new Map(),
    heardWh: zeros(),
    coveredWh: zeros(),
    coveredMs: new Map(),
    marks: [],
    holes: [],
    cutSince: new Set(),
    isDown: false,
    isSilent: false,
    minuteAt: START,
    pollAt: -(START + FIRST_POLL_MS),
    pushes: 0,
  }
}

/** What happens next, and when. */
const next = (run: Run, planned: readonly Interruption[]): { at: number; act: () => void } => {
  const { holes, voice, minuteAt, pollAt } = run
  const isInterrupted = run.isDown || run.isSilent
  const turnAt = isInterrupted ? holes.at(-1)!.toAt : (planned[holes.length]?.fromAt ?? Number.POSITIVE_INFINITY)
  const dueAt = pollAt < 0 ? Number.POSITIVE_INFINITY : pollAt
  const at = Math.min(turnAt, minuteAt, dueAt, voice.nextAt())
  if (at === turnAt) return { at, act: () => (isInterrupted ? end(run) : begin(run, planned[holes.length]!)) }
  if (at === minuteAt) return { at, act: () => minute(run) }
  return { at, act: () => (at === dueAt ? poll(run) : push(run)) }
}

/** Lets the kit live through the scenario, and some minutes more, so that the last quarter is final. */
export const live = (scenario: Scenario): Life => {
  const run = prepare(scenario)
  const until = START + scenario.days * DAY_MS
  const planned = interruptionsOf(START, until)
  for (;;) {
    const { at, act } = next(run, planned)
    if (at >= until) break
    run.truth.advance(at)
    act()
  }
  const { kit, truth, line, coveredWh, coveredMs, marks, holes, pushes } = run
  for (let at = until; at <= until + 2 * QUARTER_MS; at += MINUTE_MS) line.minute(at)
  const names = truth.channels.map(({ name }) => name)
  return {
    scenario,
    kit,
    from: START,
    until,
    names,
    coveredWh,
    jumps: truth.jumps,
    coveredMs,
    marks,
    holes,
    line,
    pushes,
  }
}
