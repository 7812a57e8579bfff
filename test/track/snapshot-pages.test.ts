/** Bytes of a snapshot in pages: all of them, in order, whatever the lengths; and none left when they are released. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPages, releasePages } from '../../src/track/snapshot-pages.ts'

const wide = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })
const text = fc.tuple(wide, fc.integer({ min: 1, max: 60_000 })).map(([one, times]) => one.repeat(times))

it('holds all that is written, in order, where pages end included', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), (texts) => {
      const pages = createPages()
      for (const one of texts) pages.write(one)
      expect(Buffer.concat(pages.filled).equals(Buffer.from(texts.join('')))).toBe(true)
      releasePages(pages.filled)
    }),
    { numRuns: 15 },
  )
})

it('keeps nothing of what is released, and leaves bytes alone that are no pages', () => {
  const pages = createPages()
  pages.write('x'.repeat(3_000_000))
  const own = new Uint8Array([1, 2])
  releasePages([...pages.filled, own])
  expect(pages.filled.map(({ buffer }) => buffer.byteLength)).toEqual([0, 0, 0])
  expect(own).toEqual(new Uint8Array([1, 2]))
})
