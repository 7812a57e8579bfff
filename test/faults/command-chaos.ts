/**
 * Random commands to simulated kits in virtual time, with every quirk of kits, faults of the cloud, and a collector that
 * is killed and started again; at the end what it says of them against what the simulator knows.
 */

import { setImmediate as turn } from 'node:timers/promises'
import { COMMAND_STATES, type CommandRecord } from '../../src/control/command-record.ts'
import type { Control } from '../../src/control/control.ts'
import type { Row } from '../../src/store/store.ts'
import { createVirtualCollector, type VirtualCollector } from '../virtual-collector.ts'
import { createStorm, type Storm } from './command-faults.ts'
import { type Disturbance, type Judgement, judge } from './command-oracle.ts'
import { createDraw, type Draw, pick, randomCommand, randomQuirk } from './random-commands.ts'

export interface ChaosOptions {
  readonly seed: number
  readonly commands: number
  readonly kits: number
  readonly accounts: number
  /** So many commands between two ends of the collector. */
  readonly perLife: number
}

export interface Chaos extends Judgement {
  readonly records: readonly CommandRecord[]
  /** How often each refusal came. */
  readonly refusals: ReadonlyMap<string, number>
  /** Not on disk when the collector was killed: nobody was told of them, and none was sent. */
  readonly unborn: number
  readonly kills: number
  readonly stops: number
  readonly faults: number
  /** Commands that came and were treated with a quirk. */
  readonly quirks: number
  /** Commands on their way when the collector was killed. */
  readonly flying: number
  readonly virtualMs: number
  /** Commands of which the store does not have one row with their last state. */
  readonly unstored: readonly CommandRecord[]
}

const START = Date.UTC(2026, 5, 14, 9)
const WARM_UP_MS = 3 * 60_000
/** Longer than any command may take, once everything is well again. */
const REST_MS = 10 * 60_000
const STEP_MS = 250
/** Every command may be sent, and breaking connections may not use up the budget of connects. */
const ENV = { CONTROL_DENY: 'none', MQTT_CONNECTS_PER_DAY: '10000' }

interface Game {
  readonly virtual: VirtualCollector
  readonly draw: Draw
  readonly storm: Storm
  readonly records: Map<string, CommandRecord>
  readonly refusals: Map<string, number>
  /** Ids that whoever asked was given. */
  readonly told: Set<string>
  readonly downs: { kitSns: readonly string[]; fromAt: number; toAt: number }[]
  /** Of the collector: another one after each kill. */
  life: number
  unborn: number
  flying: number
}

/** Notes how every command stands that is still known. */
const look = ({ virtual, records }: Game): void => {
  for (const record of virtual.collector().control.list()) records.set(record.id, record)
}

const ask = async (game: Game, control: Control, asked: Parameters<Control['ask']>[0]): Promise<void> => {
  const { refusals, told, life } = game
  const answer = await control.ask(asked)
  // A killed collector answers nobody.
  if (game.life !== life) return
  if (answer.isOk) return void told.add(answer.record!.id)
  const { code, confirmation } = answer.refusal
  if (confirmation && asked.confirmation === undefined)
    return ask(game, control, { ...asked, confirmation: confirmation.token })
  refusals.set(code, (refusals.get(code) ?? 0) + 1)
}

/** Asks for one command of a kit, treated with a quirk of its own. */
const play = (game: Game): void => {
  const { virtual, draw } = game
  const kitSn = pick(draw, virtual.cloud.kits).plan.hubSn
  const { command, params } = randomCommand(draw)
  const quirk = randomQuirk(draw)
  if (Object.keys(quirk).length > 0) virtual.cloud.faults.quirk(kitSn, quirk, { times: 1 })
  const asked = { kitSn, command, params, by: 'chaos', mayDanger: true, isDryRun: false }
  void ask(game, virtual.collector().control, asked)
}

/** Virtual time would pass by hours while a disk works. */
const onDisk = async ({ virtual }: Game): Promise<void> => {
  await turn()
  await virtual.collector().line.spool.flush()
}

/** The owner presses the button of kits that were turned off, sooner or later. */
const wake = ({ virtual, draw }: Game): void => {
  for (const { settings, plan } of virtual.cloud.kits)
    if (settings.isOff && draw(1, 200) === 1) virtual.cloud.faults.switchOn(plan.hubSn)
}

const pass = async (game: Game, ms: number): Promise<void> => {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    await game.virtual.advance(STEP_MS)
    wake(game)
    look(game)
  }
}

/** What was accepted in the last moment before a kill and had not reached the disk never was. */
const forgetUnborn = (game: Game): void => {
  const { virtual, records, told } = game
  const { control } = virtual.collector()
  for (const [id, record] of records) {
    if (COMMAND_STATES[record.state].isFinal || told.has(id) || control.get(id) !== undefined) continue
    records.delete(id)
    game.unborn++
  }
}

/** In the middle of things: commands just asked for, on their way to disk, to the broker, to the kit. */
const die = async (game: Game): Promise<void> => {
  const { virtual, draw, records } = game
  for (let left = draw(1, 4); left > 0; left--) play(game)
  if (draw(0, 2) > 0) await onDisk(game)
  await virtual.advance(draw(0, 150))
  look(game)
  game.flying += [...records.values()].filter(({ state }) => !COMMAND_STATES[state].isFinal).length
  game.life++
  await virtual.kill()
}

const restart = async (game: Game, isKill: boolean): Promise<void> => {
  const { virtual, draw, downs } = game
  const down = { kitSns: [], fromAt: virtual.time.now(), toAt: Number.POSITIVE_INFINITY }
  downs.push(down)
  if (isKill) await die(game)
  else await virtual.stop()
  await virtual.advance(draw(1_000, 60_000))
  await virtual.start()
  down.toAt = virtual.time.now()
  forgetUnborn(game)
}

/** Until everything has ended, or should have. */
const settle = async (game: Game): Promise<void> => {
  game.storm.calm()
  for (const { plan } of game.virtual.cloud.kits) game.virtual.cloud.faults.switchOn(plan.hubSn)
  const until = game.virtual.time.now() + REST_MS
  const isOpen = (): boolean => [...game.records.values()].some(({ state }) => !COMMAND_STATES[state].isFinal)
  do await pass(game, 10_000)
  while (isOpen() && game.virtual.time.now() < until)
}

const playAll = async (game: Game, { commands, perLife }: ChaosOptions) => {
  const { virtual, storm, draw } = game
  let [kills, stops] = [0, 0]
  await virtual.advance(WARM_UP_MS)
  while (game.records.size < commands) {
    storm.blow()
    play(game)
    await onDisk(game)
    await pass(game, draw(1, 12) * STEP_MS)
    if (draw(1, perLife) > 1) continue
    const isKill = draw(1, 4) > 1
    await restart(game, isKill)
    if (isKill) kills++
    else stops++
  }
  await settle(game)
  return { kills, stops }
}

const unstoredOf = (records: readonly CommandRecord[], rows: readonly Row[]): CommandRecord[] => {
  const states = new Map<unknown, unknown[]>()
  for (const { values } of rows) states.set(values.id, [...(states.get(values.id) ?? []), values.state])
  return records.filter(({ id, state }) => states.get(id)?.join() !== state)
}

/** Plays it; the virtual hours depend on the number of commands, at about one in two seconds. */
export const runChaos = async (options: ChaosOptions): Promise<Chaos> => {
  const { seed, kits, accounts } = options
  const draw = createDraw(seed)
  const virtual = createVirtualCollector({ kits, accounts, seed, startAt: START, env: ENV })
  const storm = createStorm(virtual.cloud, virtual.time, draw, 12)
  const game: Game = {
    virtual,
    draw,
    storm,
    records: new Map(),
    refusals: new Map(),
    told: new Set(),
    downs: [],
    life: 0,
    unborn: 0,
    flying: 0,
  }
  await virtual.start()
  const ends = await playAll(game, options)
  await virtual.drained()
  const { store } = virtual.collector().line.opened
  const rows = await store.rows({ bucket: 'history', measurement: 'command', from: 0, to: 1e14 })
  const records = [...game.records.values()]
  const disturbances: Disturbance[] = [...storm.disturbances, ...game.downs]
  const judgement = judge({ records, log: virtual.cloud.commands, kits: virtual.cloud.kits, disturbances })
  const virtualMs = virtual.time.now() - START
  await virtual.end()
  return {
    ...judgement,
    ...ends,
    records,
    refusals: game.refusals,
    faults: storm.disturbances.length,
    unborn: game.unborn,
    flying: game.flying,
    quirks: virtual.cloud.commands.received.filter(({ quirk }) => Object.keys(quirk).length > 0).length,
    virtualMs,
    unstored: unstoredOf(records, rows),
  }
}
