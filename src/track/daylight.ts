/**
 * Whether the sun is up at a place. The sun's position by the low-precision formulas of the Astronomical Almanac (page C5
 * of its yearly editions), good to 0.01° from 1950 to 2050: a few seconds of sunrise in middle latitudes.
 */

const J2000_AT = Date.UTC(2000, 0, 1, 12)
const DAY_MS = 86_400_000
/** The upper edge of the sun touches the horizon: half its disc, and what the air bends. */
const HORIZON_DEG = -0.833

const radians = (degrees: number): number => (degrees * Math.PI) / 180
const degrees = (angle: number): number => (angle * 180) / Math.PI

/** How high the centre of the sun stands (degrees) at `at` (epoch ms), the bending of the air left out. */
export const sunElevation = (at: number, latitudeDeg: number, longitudeDeg: number): number => {
  const days = (at - J2000_AT) / DAY_MS
  const anomaly = radians(357.528 + 0.9856003 * days)
  const meanLongitude = 280.46 + 0.9856474 * days
  const longitude = radians(meanLongitude + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly))
  const obliquity = radians(23.439 - 4e-7 * days)
  const ascension = Math.atan2(Math.cos(obliquity) * Math.sin(longitude), Math.cos(longitude))
  const declination = Math.asin(Math.sin(obliquity) * Math.sin(longitude))
  const siderealDeg = 280.46062 + 360.98564737 * days
  const hourAngle = radians(siderealDeg + longitudeDeg) - ascension
  const latitude = radians(latitudeDeg)
  const height =
    Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle)
  return degrees(Math.asin(Math.min(1, Math.max(-1, height))))
}

export const isDaylight = (at: number, latitudeDeg: number, longitudeDeg: number): boolean =>
  sunElevation(at, latitudeDeg, longitudeDeg) >= HORIZON_DEG
