/**
 * Set commands a kit understands: whom they are addressed to, what they change and who answers. The values "leave as is"
 * (255, 65535, -1) and the ranges are the vendor's; that a command for a module that is not there meets silence is our
 * guess. Pure but for the settings it is given to change.
 */
import type { KitPlan } from './kit-plan.ts'
import type { ConverterKind } from './serial-numbers.ts'
import type { Settings } from './settings.ts'

/** Who signs the reply: real kits often answer from another module than the one addressed. */
export type Replier = 'addressed' | 'pack' | 'iclow' | 'wireless'

export interface Command {
  readonly operateType: string
  readonly moduleSn: string
  readonly moduleType: number
  readonly params: Readonly<Record<string, unknown>>
}

type Addressee = ConverterKind | 'packs' | 'hub' | 'generator'

interface Row {
  /** Any of them will do. */
  readonly to: readonly Addressee[]
  readonly replier: Replier
  /** Makes the change; false when a value is out of range. */
  readonly apply: (settings: Settings, params: Command['params']) => boolean
}

type NumericSetting = { [K in keyof Settings]: Settings[K] extends number ? K : never }[keyof Settings]

const LEAVE = 255

/** Takes over one number if present and in range; a missing one or `leave` changes nothing. */
const adopt = (
  settings: Settings,
  key: NumericSetting,
  value: unknown,
  [low, high]: readonly [number, number],
  leave = LEAVE,
): boolean => {
  if (value === undefined || value === leave) return true
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) return false
  settings[key] = value
  return true
}

const only =
  (key: NumericSetting, param: string, range: readonly [number, number], leave = LEAVE): Row['apply'] =>
  (settings, params) =>
    params[param] !== undefined && adopt(settings, key, params[param], range, leave)

/** Asks for something and changes nothing. */
const asks: Row['apply'] = (_settings, params) => params.enable === 1

const chargeParams: Row['apply'] = (settings, params) => {
  const amperes = params.maxChgCurr
  return (
    adopt(settings, 'chgMaxCurrMa', typeof amperes === 'number' ? amperes * 1000 : amperes, [1_000, 70_000], 255_000) &&
    adopt(settings, 'chgPause', params.chgPause, [0, 1]) &&
    adopt(settings, 'altVoltLmtEn', params.altVoltLmtEn, [0, 1]) &&
    adopt(settings, 'shakeCtrlDisable', params.shakeCtrlDisable, [0, 1]) &&
    adopt(settings, 'altCableUnit', params.altCableUnit, [0, 1]) &&
    adopt(settings, 'altCableLen', params.altCableLen, [0, 10_000], -1) &&
    adopt(settings, 'altVoltLmt', params.altVoltLmt, [0, 600], 65_535)
  )
}

const inverterParams: Row['apply'] = (settings, params) =>
  adopt(settings, 'acMaxCurrA', params.acCurrMaxSet, [1, 23]) &&
  adopt(settings, 'acOn', params.powerOn, [0, 1]) &&
  adopt(settings, 'acChgDisable', params.acChgDisa, [0, 1]) &&
  adopt(settings, 'acFreqHz', params.acFrequencySet, [50, 60]) &&
  adopt(settings, 'acVol', params.acVolSet, [100, 240]) &&
  adopt(settings, 'acStandbyTime', params.standbyTime, [0, 254]) &&
  adopt(settings, 'acRlyCtrlDisable', params.acRlyCtrlDisable, [0, 1]) &&
  adopt(settings, 'passByMaxCurrA', params.passByMaxCurr, [0, 32])

const switchOutput: Row['apply'] = (settings, params) =>
  adopt(settings, 'volTag', params.volTag, [0, 1]) && adopt(settings, 'dcOn', params.swSta, [0, 1])

const gridFirst: Row['apply'] = (settings, params) =>
  adopt(settings, 'passByModeEn', params.passByModeEn, [1, 2]) &&
  adopt(settings, 'passByMaxCurrA', params.passByCurrMax, [0, 32])

/** 128 + n switches circuit n (from 0) on, n alone switches it off. */
const switchRelay: Row['apply'] = (settings, params) => {
  const value = params.bitsSwSta
  if (typeof value !== 'number' || !Number.isInteger(value) || (value & 127) > 5 || value < 0 || value > 133)
    return false
  const bit = 1 << (value & 127)
  settings.relays = value & 128 ? settings.relays | bit : settings.relays & ~bit
  return true
}

/** Circuits count from 0. */
const nameCircuit =
  (key: 'acAliases' | 'dcAliases', count: number): Row['apply'] =>
  (settings, { id, chAlias }) => {
    const alias = (chAlias as { alias?: unknown } | undefined)?.alias
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= count || typeof alias !== 'string')
      return false
    settings[key] = { ...settings[key], [id]: alias }
    return true
  }

const rename: Row['apply'] = (settings, { name, nameLen }) => {
  if (typeof name !== 'string' || name === '' || typeof nameLen !== 'number') return false
  settings.name = name
  return true
}

const turnOff: Row['apply'] = (settings, params) => {
  settings.isOff = params.enable === 1
  return true
}

const pushAll: Row['apply'] = (settings) => {
  settings.fullPushes++
  return true
}

const row = (to: Addressee | readonly Addressee[], replier: Replier, apply: Row['apply']): Row => ({
  to: typeof to === 'string' ? [to] : to,
  replier,
  apply,
})

// src: powerkits-api.txt L11-950, its addressees included; chSwitch to the panel: tolwi/hassio-ecoflow-cloud 08f00f3
const COMMANDS: Readonly<Record<string, Row>> = {
  dischgParaSet: row('bbcin', 'addressed', switchOutput),
  chgParaSet: row('bbcin', 'addressed', chargeParams),
  chgDsgParaSet: row('hub', 'addressed', only('workMode', 'workMode', [0, 2])),
  rtcBroadcast: row('bbcout', 'addressed', only('clockS', 'unixTime', [0, 2 ** 32])),
  dischgIcParaSet: row('iclow', 'addressed', inverterParams),
  dsgIcParaSet: row(['iclow', 'ichigh'], 'addressed', gridFirst),
  socUpperLimit: row('packs', 'pack', only('chargeCeilingPct', 'maxChgSoc', [50, 100])),
  socLowerLimit: row('packs', 'pack', only('dischargeFloorPct', 'minDsgSoc', [0, 50])),
  lcdStandbyMin: row('packs', 'pack', only('lcdS', 'minute', [0, 65_534], 65_535)),
  powerOff: row('packs', 'pack', turnOff),
  ptcDsgCale: row('packs', 'pack', only('heatsByDischarge', 'enable', [0, 254])),
  clearError: row('packs', 'pack', (_settings, params) => params.enable === 0 || params.enable === 1),
  oilStartDownLimit: row('packs', 'pack', only('generatorStartPct', 'soc', [0, 100])),
  oilStopUpLimit: row('packs', 'pack', only('generatorStopPct', 'soc', [0, 100])),
  acDcLsplCfg: row('packs', 'pack', only('bothIdleMin', 'acDcLsplOvertime', [0, 65_535], -1)),
  setAcChAlias: row('hub', 'iclow', nameCircuit('acAliases', 6)),
  getAcAllAlias: row('hub', 'iclow', asks),
  setDcChAlias: row('hub', 'iclow', nameCircuit('dcAliases', 12)),
  getDcAllAlias: row('hub', 'iclow', asks),
  chSwitch: row(['lddc', 'hub'], 'iclow', switchRelay),
  writeProName: row('hub', 'wireless', rename),
  readProName: row('hub', 'wireless', asks),
  setScenes: row('hub', 'wireless', only('scenes', 'scenes', [0, 254])),
  fullIotDataPush: row('hub', 'wireless', pushAll),
  powerOffGen: row('generator', 'iclow', only('generatorOn', 'bitsSwSta', [0, 1])),
}

/** src: powerkits-api.txt L345, L945 */
const EVERY_PACK = '0000000000000000'
const GENERATOR_TYPE = 6402

const isAddressed = (plan: KitPlan, { moduleSn, moduleType }: Command, to: Addressee): boolean => {
  if (to === 'packs') return moduleSn === EVERY_PACK && moduleType === 0
  if (to === 'hub') return moduleSn === plan.hubSn
  if (to === 'generator') return moduleSn === plan.hubSn && moduleType === GENERATOR_TYPE
  return moduleSn === plan.modules[to]
}

/** What a kit makes of a command: it does not know it, has nobody of that address, finds it out of range, or does it. */
export type Understanding =
  | { readonly kind: 'unknown' | 'misaddressed' }
  | { readonly kind: 'out_of_range'; readonly replier: Replier }
  | { readonly kind: 'possible'; readonly replier: Replier; readonly after: Settings }

/** `after`: the settings as they would be. */
export const understand = (plan: KitPlan, settings: Settings, command: Command): Understanding => {
  const found = Object.hasOwn(COMMANDS, command.operateType) ? COMMANDS[command.operateType] : undefined
  if (found === undefined) return { kind: 'unknown' }
  if (!found.to.some((addressee) => isAddressed(plan, command, addressee))) return { kind: 'misaddressed' }
  const after = { ...settings }
  return found.apply(after, command.params)
    ? { kind: 'possible', replier: found.replier, after }
    : { kind: 'out_of_range', replier: found.replier }
}
