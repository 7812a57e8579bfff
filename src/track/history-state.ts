/**
 * What a kit's history is made from, beside its values: each part keeps its own. All of it is plain data that survives
 * JSON: no NaN, no Map.
 */
import { type AlarmsState, createAlarmsState } from './alarms-state.ts'
import { createEnergyState, type EnergyState } from './energy-state.ts'
import { createFlowState, type FlowState } from './flow-state.ts'
import { createHealthState, type HealthState } from './health-state.ts'
import { createKitHours, type KitHours } from './kit-hours-state.ts'
import { createRunsState, type RunsState } from './runs-state.ts'

export interface KitHistory {
  readonly flow: FlowState
  readonly energy: EnergyState
  readonly runs: RunsState
  readonly health: HealthState
  readonly hours: KitHours
  readonly alarms: AlarmsState
}

export const createKitHistory = (): KitHistory => ({
  flow: createFlowState(),
  energy: createEnergyState(),
  runs: createRunsState(),
  health: createHealthState(),
  hours: createKitHours(),
  alarms: createAlarmsState(),
})
