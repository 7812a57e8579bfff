import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPen, leadOf, putLead, putNumber, putText, takeText } from '../../src/store/line-bytes.ts'

const pen = createPen(16)

const written = (number: number): string => takeText(pen, putNumber(pen, 0, number))

const decimals = fc
  .tuple(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), fc.constantFrom(1, 2, 10, 60, 100, 1000, 1e4, 1e5, 1e6, 1e7))
  .map(([whole, divide]) => whole / divide)

const numbers = fc.oneof(
  decimals,
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.double({ min: 1e14, max: 1e16 }),
  fc.double({ min: -1e-5, max: 1e-5 }),
  fc.constantFrom(0, -0, 1e15, 1e15 - 1, 1e9, 1e9 + 0.5, 2 ** 31, 2 ** 31 - 1, -(2 ** 31), 1e21, 1e-6, 1e-7),
)

describe('numbers under the pen', () => {
  it('stand as JavaScript writes them', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        expect(written(number)).toBe(`${number}`)
      }),
      { numRuns: 20_000 },
    )
  })

  it('are every 16-bit number of thousandths', () => {
    for (let wire = -65_536; wire <= 65_536; wire++)
      if (written(wire / 1000) !== `${wire / 1000}`) expect(wire).toBe('')
  })
})

describe('a line under the pen', () => {
  it('is what joining its parts gives, in whatever script and however long', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 2000 }),
      numbers,
      fc.string({ unit: 'grapheme-ascii' }),
    )
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const short = createPen(8)
        let at = 0
        for (const part of parts) {
          if (typeof part === 'number') at = putNumber(short, at, part)
          else if (/^[ -~]{0,400}$/.test(part)) at = putLead(short, at, leadOf(part))
          else at = putText(short, at, part)
          at = putText(short, at, ',')
        }
        expect(takeText(short, at)).toBe(parts.map((part) => `${part},`).join(''))
      }),
    )
  })

  it('says where a text ends', () => {
    expect(putText(pen, 0, 'grün')).toBe(5)
    expect(takeText(pen, 5)).toBe('grün')
  })

  it('takes no lead that it could not copy as it is', () => {
    for (const text of ['grün', 'a\tb', 'x'.repeat(401)]) expect(() => leadOf(text), text).toThrow('not fit')
  })
})
