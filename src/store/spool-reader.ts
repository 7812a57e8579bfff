/**
 * Reads the spool's durable records in order, segment by segment. Each reader remembers where it read, so that
 * reading on costs no search, for the two lanes of the drain neither. Promises: a damaged stretch costs its own records alone and is reported; an empty answer means that
 * no readable record stands behind the number asked for.
 */
import { codeOf, type Files } from './files.ts'
import type { SpoolRecord } from './record.ts'
import { newRoom, type Place, readStretch, type Segment, type Stretch } from './segment.ts'
import { createPlaces } from './spool-places.ts'

export type OnDamage = (segment: Segment, damage: Stretch['damage'][number]) => void

/** Records with a number above `afterSeq`, about `maxBytes` of them, at least one where there is one. */
export type Reader = (afterSeq: number, maxBytes: number) => Promise<SpoolRecord[]>

/** Where the bytes of one read go. */
export interface Rooms {
  take(length: number): Buffer
  /** The read is over. */
  giveBack(): void
}

/** Room of its own for each read. */
const OWN: Rooms = { take: newRoom, giveBack: () => {} }

/**
 * One room for all reads, and another one only for those at the same time: large pieces of memory that come and go
 * would never be given back to the machine. What is read must not be looked at after the next read but for its lines.
 */
export const createSharedRoom = (): (() => Rooms) => {
  let spare: Buffer | undefined
  return () => {
    let room = spare
    spare = undefined
    return {
      take: (length) => {
        if (room === undefined || room.length < length) room = newRoom(length)
        return room.subarray(0, length)
      },
      giveBack: () => {
        spare = room
      },
    }
  }
}

export const createReader = (
  files: Files,
  segments: readonly Segment[],
  onDamage: OnDamage,
  openRooms: () => Rooms = () => OWN,
): Reader => {
  const places = createPlaces(segments)

  /** Undefined when the segment has gone meanwhile: drained and sealed, or dropped. */
  const stretchOf = async (segment: Segment, place: Place, maxBytes: number): Promise<Stretch | undefined> => {
    const rooms = openRooms()
    try {
      return await readStretch(files, segment, place, maxBytes, rooms.take)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    } finally {
      rooms.giveBack()
    }
  }

  const readIn = async (segment: Segment, afterSeq: number, maxBytes: number): Promise<SpoolRecord[]> => {
    let place = places.nearest(segment, afterSeq)
    while (place.seq < segment.lastSeq) {
      const stretch = await stretchOf(segment, place, maxBytes)
      if (stretch === undefined) return []
      for (const damage of stretch.damage) onDamage(segment, damage)
      place = stretch.next
      places.remember(segment, place)
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
