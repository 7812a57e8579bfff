/** Which appliance hangs on which circuit of a kit: 12 DC circuits, 6 AC circuits, the stand-alone socket. */
import { type Appliance, bursts, cycling, daily, spare, steady } from './loads.ts'

export interface CircuitPlan {
  readonly dcCircuits: readonly Appliance[]
  readonly acCircuits: readonly Appliance[]
  readonly socket: Appliance
}

const dcCircuits = (seed: number, size: number): Appliance[] => [
  cycling(seed, 'fridge', 48, 42, 0.38),
  daily(seed, 'lights', 22 * size, [18, 23.2]),
  bursts(seed, 'water pump', 62, 2, [7, 8, 12, 13, 18, 19, 21]),
  daily(seed, 'heater fan', 28 * size, [22, 31], 0.6),
  bursts(seed, 'toilet fan', 8, 12, [7, 13, 22]),
  cycling(seed, 'freezer', 36 * size, 55, 0.3),
  steady(seed, 'router', 7),
  daily(seed, 'phones', 14 * size, [8, 23], 0.9),
  steady(seed, 'detectors', 1.2),
  daily(seed, 'roof fan', 18, [12, 17], 0.4),
  spare(),
  spare(),
]

const acCircuits = (seed: number, size: number): Appliance[] => [
  bursts(seed, 'kettle', 1850 * size, 4, [7, 10, 16], 0.85),
  daily(seed, 'laptop', 58, [9, 17.5], 0.7, 0.62),
  bursts(seed, 'coffee machine', 1250 * size, 3, [7, 9, 14], 0.8),
  bursts(seed, 'microwave', 1150 * size, 6, [12, 19], 0.5, 0.93),
  daily(seed, 'television', 75 * size, [19.5, 22.5], 0.6, 0.7),
  steady(seed, 'charger shelf', 4.5, 0.5),
]

/** `size` scales what small kits carry smaller. */
export const planCircuits = (seed: number, size: number, hasAc: boolean): CircuitPlan => ({
  dcCircuits: dcCircuits(seed, size),
  acCircuits: hasAc ? acCircuits(seed, size) : [],
  socket: hasAc ? bursts(seed, 'tool charger', 85, 40, [11, 17], 0.5, 0.7) : spare(),
})
