/**
 * Room for the numbers of modules: carved out of a few large pieces of memory, since thousands of small ones cost more
 * than what they hold and keep what lies between them from being given back. Nothing carved is ever taken back.
 */

const FIRST_BYTES = 4 * 1024
const MOST_BYTES = 256 * 1024

export interface Slab {
  piece: ArrayBuffer
  used: number
}

export const createSlab = (): Slab => ({ piece: new ArrayBuffer(0), used: 0 })

/** A view costs as much as twelve numbers, even of none: all that hold none are one. */
const NO_NUMBERS = new Float64Array(0)

/** Offset of `bytes` in the slab's piece; a new piece, twice as large, when it does not hold them. */
const carve = (slab: Slab, bytes: number): number => {
  if (slab.used + bytes > slab.piece.byteLength) {
    const next = Math.min(MOST_BYTES, Math.max(FIRST_BYTES, 2 * slab.piece.byteLength))
    slab.piece = new ArrayBuffer(Math.max(next, bytes))
    slab.used = 0
  }
  const start = slab.used
  slab.used += bytes
  return start
}

export const carveNumbers = (slab: Slab, count: number, value: number): Float64Array => {
  if (count === 0) return NO_NUMBERS
  const start = carve(slab, count * 8)
  return new Float64Array(slab.piece, start, count).fill(value)
}
