/** The sky over a kit: how much sun falls on a flat panel at an instant, by season, latitude, hour and clouds. */
import { chance, smooth } from './noise.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const RADIANS = Math.PI / 180

/** Sun time of a place: epoch ms shifted so that noon is when the sun stands highest. */
export const localTime = (at: number, longitudeDeg: number): number => at + (longitudeDeg / 15) * HOUR_MS

/** Hour of the day, 0…24, of a local time. */
export const hourOf = (localAt: number): number => (((localAt % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS

/** Days since 1970 of a local time. */
export const dayOf = (localAt: number): number => Math.floor(localAt / DAY_MS)

/** Irradiance under a clear sky as a ratio of a panel's rated one, 0 at night. */
export const clearSky = (localAt: number, latitudeDeg: number): number => {
  const dayOfYear = (localAt / DAY_MS) % 365.2425
  const declination = -23.44 * RADIANS * Math.cos(((dayOfYear + 10) / 365.2425) * 2 * Math.PI)
  const hourAngle = (hourOf(localAt) - 12) * 15 * RADIANS
  const latitude = latitudeDeg * RADIANS
  const height =
    Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle)
  return height <= 0 ? 0 : 1.05 * height ** 1.15
}

/** What clouds leave of it, 0.1…1: a mood for the day, drifting fields within the hour, edges within minutes. */
export const cloudFactor = (localAt: number, seed: number): number => {
  const mood = chance(seed, dayOf(localAt))
  const fields = smooth(seed ^ 1, localAt, 25 * 60_000)
  const edges = smooth(seed ^ 2, localAt, 90_000)
  return 1 - 0.9 * mood * (0.3 + 0.5 * fields + 0.2 * edges)
}

/** Air temperature around the kit in °C: mild, warmer in summer and in the afternoon. */
export const ambientC = (localAt: number, latitudeDeg: number): number => {
  const summer = -Math.cos(((localAt / DAY_MS + 10) / 365.2425) * 2 * Math.PI) * Math.sign(latitudeDeg)
  return 17 + 5 * summer + 3 * Math.cos(((hourOf(localAt) - 15) / 24) * 2 * Math.PI)
}
