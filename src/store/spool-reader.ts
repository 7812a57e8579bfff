/**
 * Reads the spool's durable records in order, segment by segment. Each reader remembers where it read last, so that
 * reading on costs no search, for the two lanes of the drain neither. Promises: a damaged stretch costs its own records alone and is reported; an empty answer means that
 * no readable record stands behind the number asked for.
 */
import { codeOf, type Files } from './files.ts'
import type { SpoolRecord } from './record.ts'
import { type Place, readStretch, type Segment, type Stretch, startOf } from './segment.ts'

export type OnDamage = (segment: Segment, damage: Stretch['damage'][number]) => void

/** Records with a number above `afterSeq`, about `maxBytes` of them, at least one where there is one. */
export type Reader = (afterSeq: number, maxBytes: number) => Promise<SpoolRecord[]>

/** Places remembered: without one a segment is read from its beginning. */
const PLACES = 8

export const createReader = (files: Files, segments: readonly Segment[], onDamage: OnDamage): Reader => {
  let known: { readonly segment: Segment; readonly place: Place }[] = []

  const placeIn = (segment: Segment, afterSeq: number): Place => {
    let nearest = startOf(segment)
    for (const one of known)
      if (one.segment === segment && one.place.seq <= afterSeq && one.place.seq > nearest.seq) nearest = one.place
    return nearest
  }

  const remember = (segment: Segment, place: Place): void => {
    known = [...known.filter((one) => one.place.seq !== place.seq).slice(1 - PLACES), { segment, place }]
  }

  /** Undefined when the segment has gone meanwhile: drained and sealed, or dropped. */
  const stretchOf = async (segment: Segment, place: Place, maxBytes: number): Promise<Stretch | undefined> => {
    try {
      return await readStretch(files, segment, place, maxBytes)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  }

  const readIn = async (segment: Segment, afterSeq: number, maxBytes: number): Promise<SpoolRecord[]> => {
    let place = placeIn(segment, afterSeq)
    while (place.seq < segment.lastSeq) {
      const stretch = await stretchOf(segment, place, maxBytes)
      if (stretch === undefined) return []
      for (const damage of stretch.damage) onDamage(segment, damage)
      place = stretch.next
      remember(segment, place)
      const { records } = stretch
      if ((records[0]?.seq ?? 0) > afterSeq) return records
      const behind = records.filter((record) => record.seq > afterSeq)
      if (behind.length > 0) return behind
    }
    return []
  }

  return async (afterSeq, maxBytes) => {
    for (const segment of [...segments]) {
      if (segment.lastSeq <= afterSeq) continue
      const records = await readIn(segment, afterSeq, maxBytes)
      if (records.length > 0) return records
    }
    return []
  }
}
