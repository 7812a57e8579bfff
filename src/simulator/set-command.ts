/**
 * A set command on its way through a kit: read from the wire, obeyed, answered as real kits answer, which is oddly:
 * battery broadcasts are answered by some pack, panel commands by the inverter, a scene under another id.
 */
import { type Command, obey, type Replier } from './commands.ts'
import type { Kit } from './kit-model.ts'
import { bootTime } from './kit-voice.ts'
import { mix } from './noise.ts'

/** A command with the id its sender gave it. */
export interface SetCommand extends Command {
  readonly id: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads a parsed message as a command; undefined when it is none. */
export const readSetCommand = (message: unknown): SetCommand | undefined => {
  if (!isObject(message) || !isObject(message.params) || typeof message.operateType !== 'string') return undefined
  return {
    id: message.id,
    operateType: message.operateType,
    moduleSn: typeof message.moduleSn === 'string' ? message.moduleSn : '',
    moduleType: typeof message.moduleType === 'number' ? message.moduleType : 0,
    params: message.params,
  }
}

const signer = (kit: Kit, command: SetCommand, replier: Replier): { moduleSn: string; moduleType: number } => {
  const { plan, state } = kit
  const { moduleSn, moduleType } = command
  if (replier === 'pack')
    return { moduleSn: plan.packs[mix(plan.seed, state.at) % plan.packs.length]!.sn, moduleType: 15371 }
  if (replier === 'iclow') return { moduleSn: plan.modules.iclow ?? plan.packs[0]!.sn, moduleType: 15362 }
  return replier === 'wireless' ? { moduleSn: plan.wirelessSn, moduleType } : { moduleSn, moduleType }
}

const dataOf = (kit: Kit, operateType: string, isDone: boolean): Record<string, unknown> =>
  operateType === 'readProName'
    ? { nameLen: Buffer.byteLength(kit.settings.name), name: kit.settings.name }
    : { retSta: isDone ? 0 : 1 }

/** Obeys a command at `at` and returns the set reply; undefined when the kit keeps silent. */
export const carryOut = (kit: Kit, command: SetCommand, at: number): Record<string, unknown> | undefined => {
  if (kit.settings.isOff) return undefined
  kit.advance(at)
  const outcome = obey(kit.settings, command)
  if (outcome === undefined) return undefined
  kit.refresh()
  return {
    version: '1.0',
    id: command.operateType === 'setScenes' ? mix(kit.plan.seed, at) >>> 1 : command.id,
    ...signer(kit, command, outcome.replier),
    operateType: command.operateType,
    time: at - bootTime(kit, at),
    data: dataOf(kit, command.operateType, outcome.isDone),
  }
}
