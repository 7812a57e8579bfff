/** Quarters of an hour, of the kit and of its modules: found, or made where something comes of a time. */
import type { EnergyState, ModuleEnergy, ModuleQuarter, Quarter, Sums } from './energy-state.ts'

export const QUARTER_MS = 900_000

/** Start of the quarter in which `at` lies (epoch ms). */
export const quarterOf = (at: number): number => at - (at % QUARTER_MS)

const createSums = (): Sums => ({
  solar_1: 0,
  solar_2: 0,
  dc_in: 0,
  dc_in_solar: 0,
  ac_in: 0,
  generator: 0,
  charge: 0,
  discharge: 0,
  ac_out: 0,
  dc_out: 0,
  sun: 0,
})

export const createQuarter = (startAt: number): Quarter => ({ startAt, sums: createSums(), isTold: false })

/** The position of the one that starts at `startAt`, or -1 less the position where it belongs; the last one is asked for most. */
const placeOf = (quarters: readonly { readonly startAt: number }[], startAt: number): number => {
  let place = quarters.length - 1
  while (place >= 0 && quarters[place]!.startAt > startAt) place--
  return place >= 0 && quarters[place]!.startAt === startAt ? place : -2 - place
}

/** The kit's quarter that starts at `startAt` (epoch ms), made where there is none. */
export const quarterAt = (energy: EnergyState, startAt: number): Quarter => {
  const { quarters } = energy
  const place = placeOf(quarters, startAt)
  if (place >= 0) return quarters[place]!
  const made = createQuarter(startAt)
  // A list made anew takes no more room than it needs: there are thousands, of one or two.
  energy.quarters = quarters.toSpliced(-1 - place, 0, made)
  return made
}

/** The module's quarter that starts at `startAt`, made with room for `size` sums where there is none. */
export const moduleQuarterAt = (entry: ModuleEnergy, startAt: number, size: number): ModuleQuarter => {
  const { quarters } = entry
  const place = placeOf(quarters, startAt)
  if (place >= 0) return quarters[place]!
  const made = { startAt, coveredMs: 0, sums: new Array<number>(size).fill(0) }
  entry.quarters = quarters.toSpliced(-1 - place, 0, made)
  return made
}

/** The module's quarter that starts at `startAt`; undefined where nothing came. */
export const moduleQuarter = ({ quarters }: ModuleEnergy, startAt: number): ModuleQuarter | undefined =>
  quarters.find((quarter) => quarter.startAt === startAt)
