/** Where the kit is: when its vehicle drives (alternator) and when it stands on a pitch with shore power. */
import { chance } from './noise.ts'
import { dayOf, hourOf } from './sun.ts'

/** A morning drive on most days, an afternoon one on some; 25 minutes to 2½ hours each. */
export const isDriving = (localAt: number, seed: number): boolean => {
  const [hour, day] = [hourOf(localAt), dayOf(localAt)]
  const drives = [
    { from: 9 + 1.5 * chance(seed, day, 1), hours: 0.4 + 2.1 * chance(seed, day, 2), share: 0.6 },
    { from: 15 + 2 * chance(seed, day, 3), hours: 0.4 + 1.1 * chance(seed, day, 4), share: 0.35 },
  ]
  return drives.some(
    ({ from, hours, share }, index) => chance(seed, day, 10 + index) < share && hour >= from && hour < from + hours,
  )
}

/** Plugged in from about 18 o'clock to about 9 the next morning, on a third of the nights. */
export const isOnPitch = (localAt: number, seed: number): boolean => {
  const shifted = localAt - 17.5 * 3_600_000
  const [hour, night] = [hourOf(shifted), dayOf(shifted)]
  return chance(seed, night, 20) < 0.35 && hour >= chance(seed, night, 21) && hour < 14.5 + chance(seed, night, 22)
}
