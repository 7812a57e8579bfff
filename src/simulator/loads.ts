/**
 * Appliances: what a circuit draws as a pure function of local time. Each shape is a line in a kit's plan
 * (`kit-plan.ts`); whether the circuit has power at all is for the model to say.
 */
import { chance, derive, smooth } from './noise.ts'
import { dayOf, hourOf } from './sun.ts'

export interface Appliance {
  readonly name: string
  /** Real over apparent power, 0…1. */
  readonly powerFactor: number
  readonly wattsAt: (localAt: number) => number
}

const MINUTE_MS = 60_000

const appliance = (
  seed: number,
  name: string,
  watts: number,
  powerFactor: number,
  isOn: (localAt: number, own: number) => boolean,
): Appliance => {
  const own = derive(seed, name)
  const wattsAt = (localAt: number) => (isOn(localAt, own) ? watts * (0.96 + 0.08 * smooth(own, localAt, 9_000)) : 0)
  return { name, powerFactor, wattsAt }
}

/** Runs all the time. */
export const steady = (seed: number, name: string, watts: number, powerFactor = 1): Appliance =>
  appliance(seed, name, watts, powerFactor, () => true)

/** A thermostat: on for about `share` of every `everyMin` minutes. */
export const cycling = (
  seed: number,
  name: string,
  watts: number,
  everyMin: number,
  share: number,
  powerFactor = 1,
): Appliance =>
  appliance(seed, name, watts, powerFactor, (localAt, own) => {
    const position = localAt / (everyMin * MINUTE_MS) + chance(own, -1)
    const cycle = Math.floor(position)
    return position - cycle < share * (0.75 + 0.5 * chance(own, cycle))
  })

/** On between two hours of the day (the second may be past midnight), on `share` of the days. */
export const daily = (
  seed: number,
  name: string,
  watts: number,
  [from, to]: readonly [number, number],
  share = 1,
  powerFactor = 1,
): Appliance =>
  appliance(seed, name, watts, powerFactor, (localAt, own) => {
    const shifted = localAt - from * 60 * MINUTE_MS
    return hourOf(shifted) < to - from && chance(own, dayOf(shifted)) < share
  })

/** On for some minutes at about each of these hours, on `share` of the occasions. */
export const bursts = (
  seed: number,
  name: string,
  watts: number,
  minutes: number,
  hours: readonly number[],
  share = 1,
  powerFactor = 1,
): Appliance =>
  appliance(seed, name, watts, powerFactor, (localAt, own) => {
    const [hour, day] = [hourOf(localAt), dayOf(localAt)]
    return hours.some((about) => {
      const since = hour - about - 0.7 * chance(own, day, about)
      return since >= 0 && since < minutes / 60 && chance(own ^ 1, day, about) < share
    })
  })

/** An unused circuit. */
export const spare = (): Appliance => ({ name: 'spare', powerFactor: 1, wattsAt: () => 0 })
