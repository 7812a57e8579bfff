/**
 * Set commands a kit understands: what they change and who answers. The values "leave as is" (255, 65535, -1) and the
 * ranges are the vendor's. Pure but for the settings it is given to change.
 */
import type { Settings } from './settings.ts'

/** Who signs the reply: real kits often answer from another module than the one addressed. */
export type Replier = 'addressed' | 'pack' | 'iclow' | 'wireless'

export interface Command {
  readonly operateType: string
  readonly moduleSn: string
  readonly moduleType: number
  readonly params: Readonly<Record<string, unknown>>
}

interface Row {
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

const accepted = (): boolean => true

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

/** 128 + n switches circuit n (from 0) on, n alone switches it off. */
const switchRelay: Row['apply'] = (settings, params) => {
  const value = params.bitsSwSta
  if (typeof value !== 'number' || !Number.isInteger(value) || (value & 127) > 5 || value < 0 || value > 133)
    return false
  const bit = 1 << (value & 127)
  settings.relays = value & 128 ? settings.relays | bit : settings.relays & ~bit
  return true
}

const COMMANDS: Readonly<Record<string, Row>> = {
  dischgParaSet: {
    replier: 'addressed',
    apply: (settings, params) =>
      adopt(settings, 'volTag', params.volTag, [0, 1]) && adopt(settings, 'dcOn', params.swSta, [0, 1]),
  },
  chgParaSet: { replier: 'addressed', apply: chargeParams },
  chgDsgParaSet: { replier: 'addressed', apply: only('workMode', 'workMode', [0, 2]) },
  rtcBroadcast: { replier: 'addressed', apply: accepted },
  dischgIcParaSet: { replier: 'addressed', apply: inverterParams },
  dsgIcParaSet: {
    replier: 'addressed',
    apply: (settings, params) =>
      adopt(settings, 'passByModeEn', params.passByModeEn, [1, 2]) &&
      adopt(settings, 'passByMaxCurrA', params.passByCurrMax, [0, 32]),
  },
  socUpperLimit: { replier: 'pack', apply: only('chargeCeilingPct', 'maxChgSoc', [50, 100]) },
  socLowerLimit: { replier: 'pack', apply: only('dischargeFloorPct', 'minDsgSoc', [0, 50]) },
  lcdStandbyMin: { replier: 'pack', apply: only('lcdS', 'minute', [0, 65_534], 65_535) },
  powerOff: {
    replier: 'pack',
    apply: (settings, params) => {
      settings.isOff = params.enable === 1
      return true
    },
  },
  ptcDsgCale: { replier: 'pack', apply: accepted },
  clearError: { replier: 'pack', apply: accepted },
  oilStartDownLimit: { replier: 'pack', apply: only('generatorStartPct', 'soc', [0, 100]) },
  oilStopUpLimit: { replier: 'pack', apply: only('generatorStopPct', 'soc', [0, 100]) },
  acDcLsplCfg: { replier: 'pack', apply: only('bothIdleMin', 'acDcLsplOvertime', [0, 65_535], -1) },
  setAcChAlias: { replier: 'iclow', apply: accepted },
  getAcAllAlias: { replier: 'iclow', apply: accepted },
  setDcChAlias: { replier: 'iclow', apply: accepted },
  getDcAllAlias: { replier: 'iclow', apply: accepted },
  chSwitch: { replier: 'iclow', apply: switchRelay },
  writeProName: {
    replier: 'wireless',
    apply: (settings, params) => {
      if (typeof params.name !== 'string' || params.name === '') return false
      settings.name = params.name
      return true
    },
  },
  readProName: { replier: 'wireless', apply: accepted },
  setScenes: { replier: 'wireless', apply: only('scenes', 'scenes', [0, 254]) },
  fullIotDataPush: {
    replier: 'wireless',
    apply: (settings) => {
      settings.fullPushes++
      return true
    },
  },
  powerOffGen: { replier: 'iclow', apply: only('generatorOn', 'bitsSwSta', [0, 1]) },
}

/** Obeys a command. Undefined: a kit that does not know it keeps silent. Refused commands change nothing. */
export const obey = (settings: Settings, command: Command): { isDone: boolean; replier: Replier } | undefined => {
  const row = Object.hasOwn(COMMANDS, command.operateType) ? COMMANDS[command.operateType] : undefined
  if (row === undefined) return undefined
  const draft = { ...settings }
  const isDone = row.apply(draft, command.params)
  if (isDone) Object.assign(settings, draft)
  return { isDone, replier: row.replier }
}
