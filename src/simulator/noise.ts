/**
 * Chance as a pure function of a seed and a position, so that a simulated kit does the same whenever and however often
 * it is asked, in whatever order. No state, no clock, no generator to advance.
 */

/** A well mixed unsigned 32-bit number for the three parts. */
export const mix = (a: number, b: number, c = 0): number => {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b)
  hash = Math.imul((hash ^ (hash >>> 13)) + b, 0xc2b2ae35)
  hash = Math.imul((hash ^ (hash >>> 16)) + c, 0x27d4eb2f)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return (hash ^ (hash >>> 15)) >>> 0
}

/** A seed of its own for each named purpose. */
export const derive = (seed: number, name: string): number => {
  let hash = seed >>> 0
  for (let i = 0; i < name.length; i++) hash = mix(hash, name.charCodeAt(i), i)
  return hash
}

/** Evenly spread over 0 ≤ x < 1. */
export const chance = (seed: number, index: number, sub = 0): number => mix(seed, index, sub) / 2 ** 32

/** A whole number from `low` to `high`, both included. */
export const between = (seed: number, index: number, low: number, high: number): number =>
  low + Math.floor(chance(seed, index) * (high - low + 1))

/** A curve through one random value (0…1) per period, without steps or kinks. */
export const smooth = (seed: number, at: number, periodMs: number): number => {
  const position = at / periodMs
  const index = Math.floor(position)
  const part = position - index
  const ease = part * part * (3 - 2 * part)
  return chance(seed, index) * (1 - ease) + chance(seed, index + 1) * ease
}
