/**
 * Where in the segments a reader has been: the last places, and one per so many bytes, so that a lane that lags behind
 * the other need not search from a segment's beginning.
 */
import { type Place, type Segment, startOf } from './segment.ts'

export interface Places {
  /** The last known place at or before the record. */
  nearest(segment: Segment, afterSeq: number): Place
  remember(segment: Segment, place: Place): void
}

const LAST_PLACES = 8
const MILE_BYTES = 256 * 1024

/** `segments`: those that are held; of others nothing is remembered. */
export const createPlaces = (segments: readonly Segment[]): Places => {
  let last: { readonly segment: Segment; readonly place: Place }[] = []
  const miles = new Map<Segment, Place[]>()

  const milesOf = (segment: Segment): Place[] => {
    const known = miles.get(segment)
    if (known !== undefined) return known
    for (const one of miles.keys()) if (!segments.includes(one)) miles.delete(one)
    const begun = [startOf(segment)]
    miles.set(segment, begun)
    return begun
  }

  return {
    nearest: (segment, afterSeq) => {
      const places = last.filter((one) => one.segment === segment).map((one) => one.place)
      let nearest = startOf(segment)
      for (const place of [...milesOf(segment), ...places])
        if (place.seq <= afterSeq && place.seq > nearest.seq) nearest = place
      return nearest
    },
    remember: (segment, place) => {
      last = [...last.filter((one) => one.place.seq !== place.seq).slice(1 - LAST_PLACES), { segment, place }]
      const places = milesOf(segment)
      if (place.offset >= places.at(-1)!.offset + MILE_BYTES) places.push(place)
    },
  }
}
