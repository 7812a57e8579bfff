/**
 * Everything one kit says by itself, as a list of recurring utterances: a report per module, the hub's scene and module
 * list, its status, and in the app form the bank's and the hourly watt-hour messages. When is for `reporter.ts` to say.
 */
import { createDelta } from './delta.ts'
import type { Kit } from './kit-model.ts'
import { moduleList } from './module-list.ts'
import { fullFields, HUB_MODULE_TYPE, HUB_PERIOD_MS, type Module, modulesOf } from './modules.ts'
import { chance, derive, mix } from './noise.ts'
import { type ReportForm, reportText, type Saying, statusText } from './report-text.ts'
import { bankFields } from './wire-battery.ts'
import type { WireFields } from './wire-number.ts'

/** One MQTT message as it leaves the kit. */
export interface Message {
  readonly at: number
  /** The kit's, which is its hub's serial number. */
  readonly kitSn: string
  readonly topic: string
  readonly bytes: Uint8Array
}

/** Says something at an instant, or nothing when nothing changed. */
export interface Utterance {
  readonly periodMs: number
  readonly say: (at: number) => Message | undefined
}

interface Voice {
  readonly kit: Kit
  readonly account: string
  readonly form: ReportForm
  readonly bootAt: number
  number: number
}

const FULL_EVERY_MS = 300_000
const DAY_MS = 86_400_000

/** When the kit was last switched on: up to ten days before the year began. */
export const bootTime = (kit: Kit, at: number): number =>
  Date.UTC(new Date(at).getUTCFullYear(), 0, 1) - Math.floor(10 * DAY_MS * chance(kit.plan.seed, 91))

const message = (voice: Voice, at: number, channel: 'quota' | 'status', text: string): Message => ({
  at,
  kitSn: voice.kit.plan.hubSn,
  topic: `/open/${voice.account}/${voice.kit.plan.hubSn}/${channel}`,
  bytes: Buffer.from(text),
})

const report = (
  voice: Voice,
  at: number,
  saying: Pick<Saying, 'kind' | 'sn' | 'moduleType' | 'fields'>,
  operateType: Saying['operateType'] = 'heartBeat',
): Message => {
  const text = { ...saying, operateType, at, uptimeMs: at - voice.bootAt, number: ++voice.number }
  return message(voice, at, 'quota', reportText(voice.form, text))
}

/** A record told in deltas, and whole at first, now and then, and when asked for. */
const telling = (
  voice: Voice,
  module: Pick<Module, 'kind' | 'sn' | 'moduleType' | 'periodMs'>,
  read: () => WireFields,
  operateType?: Saying['operateType'],
): Utterance => {
  const delta = createDelta()
  let fullAt = Number.NEGATIVE_INFINITY
  let pushes = -1
  const say = (at: number): Message | undefined => {
    const isFull = at - fullAt >= FULL_EVERY_MS || pushes !== voice.kit.settings.fullPushes
    if (isFull) fullAt = at
    pushes = voice.kit.settings.fullPushes
    const fields = delta(read(), isFull)
    return Object.keys(fields).length === 0 ? undefined : report(voice, at, { ...module, fields }, operateType)
  }
  return { periodMs: module.periodMs, say }
}

const hubUtterances = (voice: Voice): Utterance[] => {
  const { kit } = voice
  const hub = { sn: kit.plan.hubSn, moduleType: HUB_MODULE_TYPE, periodMs: HUB_PERIOD_MS }
  const list = (): WireFields => ({ onLineModuleSnList: JSON.stringify(moduleList(kit)) })
  const status = (at: number) => message(voice, at, 'status', statusText(at, ++voice.number, !kit.settings.isOff))
  return [
    telling(voice, { ...hub, kind: 'wireless' }, () => ({ scenes: kit.settings.scenes })),
    telling(voice, { ...hub, kind: 'onLineModuleSnList' }, list),
    { periodMs: HUB_PERIOD_MS, say: status },
  ]
}

const wattPush = (voice: Voice, module: Module, wattType: number, wattsOf: () => readonly number[]): Utterance => {
  let seq = 0
  const say = (at: number): Message => {
    const item = { rtc: voice.kit.state.energy.day.startAt / 1000, wattType, watt: wattsOf().map(Math.floor) }
    const fields = { wattItem: item, seq: ++seq } as unknown as WireFields
    return report(voice, at, { ...module, fields }, 'wattPush')
  }
  return { periodMs: FULL_EVERY_MS, say }
}

/** What only the app channel tells: the bank apart from its pack, and the device's own watt-hours per UTC hour. */
const appUtterances = (voice: Voice, modules: readonly Module[]): Utterance[] => {
  const day = () => voice.kit.state.energy.day
  return modules.flatMap((module) => {
    if (module.isPrimary)
      return [telling(voice, { ...module, periodMs: 10_000 }, () => bankFields(voice.kit), 'mainBP')]
    if (module.kind === 'ichigh') return [wattPush(voice, module, 64, () => day().acChargeWh)]
    return module.kind === 'bbcin' ? [wattPush(voice, module, 0, () => day().dcInWh)] : []
  })
}

/** All utterances of a kit for an account. `startAt` decides since when it has been up. */
export const utterancesOf = (kit: Kit, account: string, form: ReportForm, startAt: number): Utterance[] => {
  const number = mix(derive(kit.plan.seed, 'number'), 1) >>> 2
  const voice: Voice = { kit, account, form, bootAt: bootTime(kit, startAt), number }
  const modules = modulesOf(kit)
  const reads = (module: Module) => (form === 'app' ? module.read() : fullFields(kit, module))
  const reports = modules.map((module) => telling(voice, module, () => reads(module)))
  return [...reports, ...hubUtterances(voice), ...(form === 'app' ? appUtterances(voice, modules) : [])]
}
