/**
 * The clock of a kit: its wall time, and moments by that. A wall is epoch ms as if its zone were UTC, so that days and
 * hours can be counted on it. Pure.
 */

export interface Zone {
  readonly name: string
  wallOf(at: number): number
  /** The moment at which the wall shows this; where clocks skip it, the one as far after. */
  atOf(wall: number): number
}

const formatterOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

const made = new Map<string, Zone>()

const createZone = (name: string): Zone => {
  const formatter = formatterOf(name)
  const wallOf = (at: number): number => {
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = formatter
      .formatToParts(at)
      .filter(({ type }) => type !== 'literal')
      .map(({ value }) => Number(value))
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000)
  }
  const offsetAt = (at: number): number => wallOf(at) - at
  const atOf = (wall: number): number => {
    const at = wall - offsetAt(wall - offsetAt(wall))
    // Near a change of clocks the first guess may be of the other side.
    return wallOf(at) === wall ? at : wall - offsetAt(wall - offsetAt(at))
  }
  return { name, wallOf, atOf }
}

/** The zone of this IANA name. */
export const zoneOf = (name: string): Zone => {
  const zone = made.get(name) ?? createZone(name)
  made.set(name, zone)
  return zone
}

const MINUTE_MS = 60_000
const ISO_SECONDS = 19

const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, '0')

/** ISO 8601 by the clock of the zone, with its offset: `2026-06-01T14:00:00+02:00`. */
export const localIso = (at: number, zone: Zone): string => {
  const wall = zone.wallOf(at)
  const offset = (wall - at) / MINUTE_MS
  const ahead = Math.abs(offset)
  return `${new Date(wall).toISOString().slice(0, ISO_SECONDS)}${offset < 0 ? '-' : '+'}${twoDigits(ahead / 60)}:${twoDigits(ahead % 60)}`
}

/** The local date: `2026-06-01`. */
export const dateAt = (at: number, zone: Zone): string => new Date(zone.wallOf(at)).toISOString().slice(0, 10)
