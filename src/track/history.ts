/**
 * From reports to history, in the one order that counts: what held until a report is summed up before the report changes
 * it. Power flow, energy, hourly values, sessions and the health of packs each have a file; here is who is called when.
 *
 * A stretch is the time between two reports of a module over which what it told is known at both ends: values hold until
 * the report before, and ramp across the last interval (its last ten seconds where it is longer, see ramp.ts). `fromAt` is the report before (epoch ms); 0 where nothing is
 * known of the time between, after a gap or at the first report ever.
 */
import { noteSolar } from './alarm-fields.ts'
import type { LineBuilder } from './encode.ts'
import { tickEnergy, trackEnergy } from './energy.ts'
import { tickFlow, trackFlow } from './flow.ts'
import { tickHealth, trackHealth } from './health.ts'
import { holdHour, tickHours, trackHour } from './hourly.ts'
import { readMeters } from './meters.ts'
import { tickRuns, trackRuns } from './runs.ts'
import type { KitState, ModuleState } from './state.ts'

/** Call before a report is merged into its module. */
export const beforeMerge = (kit: KitState, module: ModuleState): void => {
  if (kit.keepsHistory) holdHour(module)
}

/** Call when it is merged. */
export const afterMerge = (kit: KitState, module: ModuleState, fromAt: number, at: number, into: LineBuilder): void => {
  if (!kit.keepsHistory) return
  trackHour(kit, module, fromAt, at, into)
  if (module.table.meters.length === 0) return
  readMeters(module, fromAt > 0)
  trackEnergy(kit, module, fromAt, at)
  trackRuns(kit, module, fromAt, at, into)
  trackHealth(kit, module, fromAt, at, into)
  trackFlow(kit, at, into)
}

/** The whole minute `at`: what is over becomes rows. */
export const tickHistory = (kit: KitState, at: number, into: LineBuilder): void => {
  if (!kit.keepsHistory) return
  tickFlow(kit, at, into)
  noteSolar(kit, at)
  tickEnergy(kit, at, into)
  tickRuns(kit, at, into)
  tickHealth(kit, at, into)
  tickHours(kit, at, into)
}
