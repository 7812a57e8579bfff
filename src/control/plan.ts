/**
 * From what a person asks to what goes over the wire: parameters checked, against what the kit reports too, the module
 * found that it is addressed to, the message for either transport, and what must be read back. Pure: it sends nothing,
 * and leaves to others whether the kit may be controlled and can be reached.
 */
import type { Addressee, Command, ReadBack, Reported, WireValue } from '../catalogue/command.ts'
import { COMMANDS, commandNamed } from '../catalogue/commands.ts'
import type { SetBody } from '../cloud/api-contract.ts'
import { nearest } from '../nearest.ts'
import { type KitState, valueNamed } from '../track/state.ts'
import type { Addressing } from './addressing.ts'
import { checkParams } from './check-params.ts'
import type { Plan, Refusal } from './control.ts'
import { serialNumbersOf } from './inventory.ts'

export interface PlanOptions {
  /** The vendor's `id`, from 1 to 2^31 - 1. */
  readonly wireId: number
  /** By the name of the command. */
  readonly addressing: ReadonlyMap<string, Addressing>
}

/** The message as it goes over MQTT; over HTTP it also names the kit. */
export interface WireMessage {
  readonly id: number
  readonly version: '1.0'
  readonly moduleSn: string
  readonly moduleType: number
  readonly operateType: string
  readonly params: Readonly<Record<string, WireValue>>
}

/** With the module that must show it; undefined where its kind alone tells. */
export interface PlannedReadBack extends ReadBack {
  readonly sn: string | undefined
}

export interface Planned {
  readonly command: Command
  readonly params: Readonly<Record<string, unknown>>
  readonly kitSn: string
  readonly message: WireMessage
  /** Why a second step is needed; empty where it is not. */
  readonly danger: string
  /** What was checked, in sentences. */
  readonly checks: readonly string[]
  readonly readBack: readonly PlannedReadBack[] | string
}

export type Planning = { readonly planned: Planned } | { readonly refusal: Refusal }

/** All packs at once. src: powerkits-api.txt L330-346 */
const EVERY_PACK = '0000000000000000'
const HTTP_SET = 'PUT /iot-open/sign/device/quota'

const refuse = (code: string, status: number, text: string): { refusal: Refusal } => ({
  refusal: { code, status, text },
})

const unknownCommand = (name: string): { refusal: Refusal } => {
  const names = COMMANDS.map((command) => command.name)
  const meant = nearest(name, names)
  const hint = meant === undefined ? `There are: ${names.join(', ')}.` : `Did you mean ${meant}?`
  return refuse('unknown_command', 404, `There is no command ${JSON.stringify(name.slice(0, 60))}. ${hint}`)
}

/** What the kit reports now, by kind and name; of several modules of a kind the first one heard. */
const reportedBy =
  (kit: KitState): Reported =>
  (kind, name) => {
    const module = [...kit.modules.values()].find(({ table }) => table.module.kind === kind)
    const value = module === undefined ? Number.NaN : valueNamed(module, name)
    return Number.isNaN(value) ? undefined : value
  }

const missing = (kit: KitState, kind: string): { refusal: Refusal } =>
  refuse(
    'module_unknown',
    409,
    `Kit ${kit.sn} has no module ${kind} that we know of, so nothing was sent. A kit that was just added tells its ` +
      'modules with its first poll: see its modules in the read API.',
  )

/** The module that is meant: the one that is named, or the only one. */
const chosen = (kit: KitState, kind: string, named: unknown): { sn: string } | { refusal: Refusal } => {
  const all = serialNumbersOf(kit, kind)
  const which = all.join(', ')
  if (all.length === 0) return missing(kit, kind)
  if (named === undefined && all.length === 1) return { sn: all[0]! }
  if (named === undefined)
    return refuse(
      'module_ambiguous',
      422,
      `Kit ${kit.sn} has several modules ${kind}: say which with module, of ${which}.`,
    )
  if (all.includes(String(named))) return { sn: String(named) }
  return refuse('module_unknown', 422, `${named} is no module ${kind} of kit ${kit.sn}, which has ${which}.`)
}

const addressed = (kit: KitState, addressee: Addressee, named: unknown): { sn: string } | { refusal: Refusal } => {
  if (addressee === 'packs') return { sn: EVERY_PACK }
  return addressee === 'hub' || addressee === 'generator' ? { sn: kit.sn } : chosen(kit, addressee, named)
}

/** Speaks for the kit as a whole, whatever its serial number. */
const isOfKit = (kind: string): boolean => kind === 'bmstotal' || kind === 'wireless'

const readBackFrom = (
  kit: KitState,
  wanted: readonly ReadBack[] | string,
  to: { readonly kind: string; readonly sn: string },
): readonly PlannedReadBack[] | string => {
  if (typeof wanted === 'string') return wanted
  const found = wanted.map((one) => ({
    one,
    all: isOfKit(one.kind) ? [] : one.kind === to.kind ? [to.sn] : serialNumbersOf(kit, one.kind),
  }))
  const vague = found.find(({ all }) => all.length > 1)
  if (vague) return `The kit has several modules ${vague.one.kind}, and nothing tells which of them must show it.`
  return found.map(({ one, all }) => ({ ...one, sn: all[0] }))
}

const CONFIDENCE = {
  tested: 'Seen to work on hardware.',
  document: 'Known from the vendor’s document alone: nobody has told of it working on hardware.',
}

/** Plans one command for a kit. What was refused was not sent, and its text says what was expected. */
export const planCommand = (name: string, given: unknown, kit: KitState, options: PlanOptions): Planning => {
  const command = commandNamed(name)
  if (command === undefined) return unknownCommand(name)
  const checked = checkParams(command, given)
  if ('problems' in checked) return refuse('wrong_params', 422, `${command.name}: ${checked.problems.join('; ')}.`)
  const { params } = checked
  const { addressee, moduleType = command.moduleType } = options.addressing.get(name) ?? command
  if (command.needs !== undefined && serialNumbersOf(kit, command.needs).length === 0)
    return missing(kit, command.needs)
  const to = addressed(kit, addressee, params.module)
  if ('refusal' in to) return to
  const reported = reportedBy(kit)
  const compared = command.compare?.(params, reported)
  if (compared?.isOk === false) return refuse('contradicts_kit', 422, `${command.name}: ${compared.text}`)
  const { danger } = command
  const isDangerous = danger?.applies(params, reported) === true
  const { operateType } = command
  return {
    planned: {
      command,
      params,
      kitSn: kit.sn,
      message: {
        id: options.wireId,
        version: '1.0',
        moduleSn: to.sn,
        moduleType,
        operateType,
        params: command.wire(params),
      },
      danger: isDangerous ? danger.why : '',
      checks: [
        `Addressed to ${addressee === 'packs' ? 'every pack' : `${addressee} ${to.sn}`}, module type ${moduleType}.`,
        ...(compared ? [compared.text] : []),
        ...(isDangerous ? [`Dangerous ${danger.when}. ${danger.why}`] : []),
        CONFIDENCE[command.confidence],
      ],
      readBack: readBackFrom(kit, command.readBack(params), { kind: addressee, sn: to.sn }),
    },
  }
}

/** The message as it goes over HTTP. */
export const httpBody = ({ message, kitSn }: Planned): SetBody => {
  const { id, version, ...rest } = message
  return { id, version, sn: kitSn, ...rest }
}

const fieldInWords = ({ field, mask, expected }: PlannedReadBack): string =>
  mask === undefined ? `${field} ${expected}` : `${field} & ${mask} = ${expected}`

const moduleOf = ({ kind, sn }: PlannedReadBack): string => (sn === undefined ? kind : `${kind} ${sn}`)

const inWords = (readBack: Planned['readBack']): string => {
  if (typeof readBack === 'string') return readBack
  const modules = [...new Set(readBack.map(moduleOf))]
  const ofModule = (module: string): string =>
    readBack
      .filter((one) => moduleOf(one) === module)
      .map(fieldInWords)
      .join(', ')
  return `${modules.map((module) => `${module} must report ${ofModule(module)}`).join('; ')}.`
}

/** For people, before and after sending: over MQTT to `topic`, or over HTTP where there is none. */
export const describePlan = (planned: Planned, topic: string | undefined): Plan => ({
  transport: topic === undefined ? 'http' : 'mqtt',
  to: topic ?? HTTP_SET,
  message: topic === undefined ? httpBody(planned) : planned.message,
  checks: planned.checks,
  readBack: inWords(planned.readBack),
})
