/** The load panels in the vendor's words: LD_AC with 6 circuits, LD_DC with 12 of which 6 have a relay. */
import type { Kit } from './kit-model.ts'
import { acOutVolts, apparentPowers } from './wire-ac.ts'
import { dcOutVolts } from './wire-dc.ts'
import { calmCodes, mask, milli, type WireFields, whole } from './wire-number.ts'

/** LD_AC. */
export const acPanelFields = (kit: Kit): WireFields => {
  const { state } = kit
  const isOn = state.flows.inverterBusW > 0 || state.flows.acOutW > 0
  const volts = isOn ? acOutVolts(kit) : 0
  const total = state.acWatts.reduce((sum, watts) => sum + watts, 0)
  return {
    acChWatt: state.acWatts.map(whole),
    acChCur: apparentPowers(kit).circuits.map((va) => (isOn ? milli(va / volts) : 0)),
    acInVol: milli(volts),
    acTotalWatts: whole(total),
    acChSta: mask(state.acWatts.map((watts) => watts > 0)),
    acSetChSta: 0b111111,
    acTemp1: whole(state.ambientC + 3 + 0.004 * total),
    acTemp2: whole(state.ambientC + 4 + 0.004 * total),
    errorCodeAdd: calmCodes(30_000, 6),
  }
}

/** LD_DC. */
export const dcPanelFields = (kit: Kit): WireFields => {
  const { state, settings } = kit
  const isOn = state.flows.dcOutBusW > 0
  // A little is lost on the way from the converter.
  const volts = dcOutVolts(kit) - 0.05
  return {
    dcChWatt: state.dcWatts.map(whole),
    dcChCur: state.dcWatts.map((watts) => milli(watts / volts)),
    dcInVol: isOn ? milli(volts) : 0,
    dcTotalWatts: whole(state.flows.dcOutW),
    dcChRelay: settings.relays,
    dcChSta: mask(state.dcWatts.map((_, index) => isOn && (index >= 6 || ((settings.relays >> index) & 1) === 1))),
    dcSetChSta: 0xfff,
    dcTemp1: whole(state.ambientC + 4 + 0.02 * state.flows.dcOutW),
    dcTemp2: whole(state.ambientC + 2 + 0.02 * state.flows.dcOutW),
    errorCodeAdd: calmCodes(40_000, 12),
  }
}
