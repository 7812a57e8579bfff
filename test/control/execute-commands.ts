/**
 * Every set command asked of the real collector and carried out by a simulated kit, one after the other in virtual time:
 * first only planned, then sent, then read back.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Transport } from '../../src/catalogue/command.ts'
import { COMMANDS } from '../../src/catalogue/commands.ts'
import { type CommandRecord, hasEnded } from '../../src/control/command-record.ts'
import type { Answer, Asked, Control } from '../../src/control/control.ts'
import type { ReceivedCommand } from '../../src/simulator/command-log.ts'
import type { VirtualCollector } from '../virtual-collector.ts'

export interface Executed {
  readonly name: string
  readonly params: Readonly<Record<string, unknown>>
  /** How many messages the planning sent. */
  readonly sentByDryRun: number
  /** Undefined where it was refused. */
  readonly record: CommandRecord | undefined
  /** What the simulator had of it. */
  readonly received: readonly ReceivedCommand[]
  /** What must show the effect, or why nothing can. */
  readonly readBack: string
  /** Of a refused one why. */
  readonly refusal: string
}

type Params = Readonly<Record<string, unknown>>

/** Two that each change the other's setting, so that a read-back shows the command and not what was before. */
const PARAMS: Readonly<Record<string, readonly [Params, Params]>> = {
  'dc-input.charging': [
    { paused: true, amperes: 30, voltage_limit: true, volts: 12.3, vibration_check: false, cable_metres: 8 },
    { paused: false, amperes: 50, voltage_limit: false, volts: 13, vibration_check: true, cable_metres: 6 },
  ],
  'dc-input.work-mode': [{ mode: 2 }, { mode: 1 }],
  'dc-output.switch': [{ on: false }, { on: true }],
  'dc-output.voltage': [{ volts: 24 }, { volts: 12 }],
  'ac-output.switch': [{ on: false }, { on: true }],
  'ac-input.current-limit': [{ amperes: 10 }, { amperes: 20 }],
  'ac-input.grid-priority': [{ on: true }, { on: false }],
  'ac-input.charging': [{ on: false }, { on: true }],
  'battery.charge-limit': [{ percent: 90 }, { percent: 95 }],
  'battery.discharge-limit': [{ percent: 15 }, { percent: 20 }],
  'battery.screen-off': [{ seconds: 60 }, { seconds: 0 }],
  'battery.low-power-shutdown': [{ minutes: 600 }, { minutes: 720 }],
  'generator.start-limit': [{ percent: 20 }, { percent: 25 }],
  'generator.stop-limit': [{ percent: 80 }, { percent: 75 }],
  'dc-panel.circuit-switch': [
    { circuit: 3, on: false },
    { circuit: 3, on: true },
  ],
  'hub.scene': [{ scene: 3 }, { scene: 4 }],
}

const LONGEST_MS = 5 * 60_000
const STEP_MS = 500
/** A kit that was off reports again after this. */
const AWAKE_MS = 60_000

/** While the disk is waited for, time passes slowly: fsync takes its own. */
const passSlowly = async (virtual: VirtualCollector): Promise<void> => {
  await sleep(2)
  await virtual.advance(20)
}

/** Time passes while an answer is waited for. */
const waitFor = async <T>(virtual: VirtualCollector, work: Promise<T>): Promise<T> => {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  while (!isDone) await passSlowly(virtual)
  return done
}

/** In two steps where the first asks for the second. */
const ask = async (virtual: VirtualCollector, control: Control, asked: Asked): Promise<Answer> => {
  const answer = await waitFor(virtual, control.ask(asked))
  if (answer.isOk || answer.refusal.confirmation === undefined) return answer
  return waitFor(virtual, control.ask({ ...asked, confirmation: answer.refusal.confirmation.token }))
}

const ended = async (virtual: VirtualCollector, control: Control, id: string): Promise<CommandRecord> => {
  const until = virtual.time.now() + LONGEST_MS
  for (;;) {
    const record = control.get(id)!
    if (hasEnded(record) || virtual.time.now() >= until) return record
    if (record.state === 'accepted') await passSlowly(virtual)
    else await virtual.advance(STEP_MS)
  }
}

const execute = async (
  virtual: VirtualCollector,
  control: Control,
  name: string,
  params: Params,
): Promise<Executed> => {
  const { received } = virtual.cloud.commands
  const kitSn = virtual.cloud.kits[0]!.plan.hubSn
  const asked: Asked = { kitSn, command: name, params, by: 'test', mayDanger: true, isDryRun: false }
  const before = received.length
  await waitFor(virtual, control.ask({ ...asked, isDryRun: true }))
  const sentByDryRun = received.length - before
  const answer = await ask(virtual, control, asked)
  const nothing = { name, params, sentByDryRun, record: undefined, received: [], readBack: '', refusal: '' }
  if (!answer.isOk) return { ...nothing, refusal: answer.refusal.text }
  const { record, plan } = answer
  if (record === undefined) return { ...nothing, refusal: 'it was only planned' }
  const end = await ended(virtual, control, record.id)
  return {
    ...nothing,
    record: end,
    received: received.filter(({ id }) => id === end.wireId),
    readBack: plan.readBack,
  }
}

/** All commands to the first kit, that which turns it off last; `round` 0 and 1 undo each other. */
export const executeAll = async (virtual: VirtualCollector, control: Control, round: 0 | 1): Promise<Executed[]> => {
  const isLast = (name: string): boolean => name === 'battery.power-off'
  const ordered = [...COMMANDS].sort((a, b) => Number(isLast(a.name)) - Number(isLast(b.name)))
  const executed: Executed[] = []
  for (const { name, example } of ordered) {
    executed.push(await execute(virtual, control, name, PARAMS[name]?.[round] ?? example))
    await virtual.advance(STEP_MS)
  }
  virtual.cloud.faults.switchOn(virtual.cloud.kits[0]!.plan.hubSn)
  await virtual.advance(AWAKE_MS)
  return executed
}

/** The set reply itself is the answer. */
const ANSWERED = 'hub.ask-name'

/** What is wrong with how it went, over this way; empty where nothing is. */
export const faultOf = ({ name, sentByDryRun, record, received, refusal }: Executed, way: Transport): string => {
  if (record === undefined) return `refused: ${refusal}`
  const isReadable = typeof record.readBack !== 'string'
  const expected = isReadable || (name === ANSWERED && way === 'mqtt') ? 'confirmed' : 'unconfirmed'
  const transport = COMMANDS.find((command) => command.name === name)?.transports.includes(way) ? way : 'http'
  return [
    sentByDryRun === 0 ? '' : 'the dry run sent something',
    received.length === 1 ? '' : `${received.length} messages`,
    received[0]?.fate === 'done' ? '' : `the simulator says ${received[0]?.fate}`,
    received[0]?.transport === transport ? '' : `went by ${received[0]?.transport}`,
    record.state === expected ? '' : `${record.state} and not ${expected}: ${record.text}`,
  ]
    .filter((fault) => fault !== '')
    .join('; ')
}
