/** Where on earth it is afternoon: kits that live there have sun whenever the tests run. Pure. */

const HOUR_MS = 3_600_000
const AFTERNOON = 14

export interface Place {
  /** IANA name of a zone without summer time. */
  readonly timeZone: string
  /** Its local time less UTC. */
  readonly offsetMs: number
}

/** A place where it is between 14:00 and 15:00 at this instant (epoch ms). */
export const afternoonAt = (at: number): Place => {
  const hour = new Date(at).getUTCHours()
  // From -9 to +14: the zones there are.
  const east = ((AFTERNOON - hour + 33) % 24) - 9
  // POSIX counts these names westwards.
  return { timeZone: `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`, offsetMs: east * HOUR_MS }
}
