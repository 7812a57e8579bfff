/** What a kit's owner can set, as the kit holds it. `commands.ts` changes it, the model obeys it, the wire shows it. */

/** Flags are 0/1 as on the wire. Units: `…A` ampere, `…Ma` milliampere, `…Pct` per cent, `…S` second, `…Min` minute. */
export interface Settings {
  name: string
  isOff: boolean
  acOn: number
  dcOn: number
  /** 0 = 12 V, 1 = 24 V. */
  volTag: number
  chgPause: number
  chgMaxCurrMa: number
  altVoltLmtEn: number
  altVoltLmt: number
  altCableUnit: number
  altCableLen: number
  shakeCtrlDisable: number
  workMode: number
  acChgDisable: number
  acMaxCurrA: number
  acFreqHz: number
  acVol: number
  acRlyCtrlDisable: number
  acStandbyTime: number
  passByMaxCurrA: number
  /** 1 = grid first, 2 = not. */
  passByModeEn: number
  chargeCeilingPct: number
  dischargeFloorPct: number
  lcdS: number
  bothIdleMin: number
  generatorStartPct: number
  generatorStopPct: number
  generatorOn: number
  /** Six bits, bit 0 = circuit 1. */
  relays: number
  /** Names by circuit, from 0. Nothing on the wire tells them. */
  acAliases: Readonly<Record<number, string>>
  dcAliases: Readonly<Record<number, string>>
  heatsByDischarge: number
  /** What its clock was last set to, epoch s. */
  clockS: number
  scenes: number
  /** How often a full record was asked for. */
  fullPushes: number
}

export const defaultSettings = (name: string): Settings => ({
  name,
  isOff: false,
  acOn: 1,
  dcOn: 1,
  volTag: 0,
  chgPause: 0,
  chgMaxCurrMa: 50_000,
  altVoltLmtEn: 0,
  altVoltLmt: 130,
  altCableUnit: 0,
  altCableLen: 600,
  shakeCtrlDisable: 0,
  workMode: 1,
  acChgDisable: 0,
  acMaxCurrA: 6,
  acFreqHz: 50,
  acVol: 230,
  acRlyCtrlDisable: 1,
  acStandbyTime: 0,
  passByMaxCurrA: 8,
  passByModeEn: 2,
  chargeCeilingPct: 100,
  dischargeFloorPct: 10,
  lcdS: 300,
  bothIdleMin: 1440,
  generatorStartPct: 12,
  generatorStopPct: 83,
  generatorOn: 0,
  relays: 0b111111,
  acAliases: {},
  dcAliases: {},
  heatsByDischarge: 0,
  clockS: 0,
  scenes: 1,
  fullPushes: 0,
})
