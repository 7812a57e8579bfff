import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanTag, cleanText, encodePoint, type Point, parseLine } from '../../src/store/line-protocol.ts'

const nasty = fc.string({ unit: fc.constantFrom('\\', ',', '=', ' ', '"', '\n', 'ä', '電', 'a', '_', '0', '#') })
const key = nasty.filter((text) => cleanTag(text) !== '' && cleanTag(text) !== '__proto__')
const measurement = key.filter((text) => !text.startsWith('#') && !text.startsWith(','))
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)

const clean = (point: Point): Point => ({
  measurement: cleanTag(point.measurement),
  tags: Object.fromEntries(
    Object.entries(point.tags).flatMap(([k, v]) => (v === '' ? [] : [[cleanTag(k), cleanTag(v)]])),
  ),
  fields: Object.fromEntries(
    Object.entries(point.fields).map(([k, v]) => [cleanTag(k), typeof v === 'string' ? cleanText(v) : v]),
  ),
  at: point.at,
})

describe('line protocol', () => {
  it('parses back what it encoded, whatever stands in names, tags and texts', () => {
    const points = fc.record({
      measurement,
      tags: fc.dictionary(key, nasty, { maxKeys: 4, noNullPrototype: true }),
      fields: fc.dictionary(key, fc.oneof(number, nasty), { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
      at: fc.integer({ min: 0, max: 4e12 }),
    })
    fc.assert(
      fc.property(points, (point) => {
        const line = encodePoint(point)
        expect(line.indexOf('\n')).toBe(line.length - 1)
        expect(parseLine(line)).toEqual(clean(point))
      }),
      { numRuns: 3000 },
    )
  })

  it('leaves out what cannot be stored', () => {
    expect(encodePoint({ measurement: 'm', tags: { t: '' }, fields: { a: Number.NaN, b: 1 }, at: 5 })).toBe('m b=1 5\n')
    expect(encodePoint({ measurement: 'm', tags: {}, fields: { a: Number.POSITIVE_INFINITY }, at: 5 })).toBe('')
  })

  it('refuses what it cannot have made', () => {
    for (const line of ['', 'm', 'm a=1', 'm a= 1', 'm a="x 1', 'm a=1 x', 'm,t a=1 1', 'm a=1i 1', 'm a 1'])
      expect(() => parseLine(line), line).toThrow(SyntaxError)
  })
})
