/**
 * A set command read from the wire, and the set reply to it, which real kits write oddly: battery broadcasts are
 * answered by some pack, panel commands by the inverter, a scene under another id.
 */
import type { Command, Replier } from './commands.ts'
import type { Kit } from './kit-model.ts'
import { bootTime } from './kit-voice.ts'
import { mix } from './noise.ts'
import type { Quirk } from './quirks.ts'

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

interface Signature {
  readonly moduleSn: string
  readonly moduleType: number
}

const PACK_TYPE = 15_371

const signer = ({ plan, state }: Kit, command: SetCommand, replier: Replier, { isForeign }: Quirk): Signature => {
  const { moduleSn, moduleType } = command
  const somePack = plan.packs[mix(plan.seed, state.at) % plan.packs.length]!.sn
  if (isForeign)
    return moduleSn === plan.consoleSn
      ? { moduleSn: somePack, moduleType: PACK_TYPE }
      : { moduleSn: plan.consoleSn, moduleType: moduleType + 1 }
  if (replier === 'pack') return { moduleSn: somePack, moduleType: PACK_TYPE }
  if (replier === 'iclow') return { moduleSn: plan.modules.iclow ?? plan.packs[0]!.sn, moduleType: 15_362 }
  return replier === 'wireless' ? { moduleSn: plan.wirelessSn, moduleType } : { moduleSn, moduleType }
}

/** What the reply says of success. A kit that was asked for something answers with that instead. */
const verdictOf = ({ settings }: Kit, operateType: string, retSta: number, { verdict = 'retSta' }: Quirk): object => {
  if (operateType === 'readProName' && retSta === 0)
    return { data: { nameLen: Buffer.byteLength(settings.name), name: settings.name } }
  if (verdict === 'bare' && retSta === 0) return { data: {} }
  if (verdict === 'ack') return { data: { ack: retSta } }
  return verdict === 'code' ? { code: retSta, data: {} } : { data: { retSta } }
}

const idOf = ({ plan }: Kit, { operateType, id }: SetCommand, { hasOtherId }: Quirk, at: number): unknown =>
  hasOtherId || operateType === 'setScenes' ? mix(plan.seed, at) >>> 1 : id

/** The reply of a kit that says it is done (0), or refuses with a code. */
export const setReply = (
  kit: Kit,
  command: SetCommand,
  said: { readonly replier: Replier; readonly retSta: number; readonly quirk: Quirk; readonly at: number },
): Record<string, unknown> => ({
  version: '1.0',
  id: idOf(kit, command, said.quirk, said.at),
  ...signer(kit, command, said.replier, said.quirk),
  operateType: command.operateType,
  time: said.at - bootTime(kit, said.at),
  ...verdictOf(kit, command.operateType, said.retSta, said.quirk),
})
