import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readTarHead, TAR_BLOCK, tarHead, tarPadding } from '../src/tar.ts'

const AT = Date.UTC(2026, 5, 1)

it('reads back what it writes, of any size', () => {
  const sizes = fc.oneof(fc.nat(), fc.integer({ min: 8 ** 11 - 2, max: 2 ** 48 - 1 }))
  fc.assert(
    fc.property(fc.stringMatching(/^[\w./%-]{1,100}$/), sizes, (name, size) => {
      expect(readTarHead(tarHead(name, size, AT))).toEqual({ name, size })
      expect((size + tarPadding(size).length) % TAR_BLOCK).toBe(0)
    }),
  )
})

it('tells damage and what is no plain file', () => {
  const head = tarHead('a.txt', 5, AT)
  expect(readTarHead(Buffer.alloc(TAR_BLOCK))).toBe('end')
  for (const at of [0, 100, 124, 148, 156, 300]) {
    const changed = Buffer.from(head)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(readTarHead(changed), `byte ${at}`).toBe('damaged')
  }
})
