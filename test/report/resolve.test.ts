import { describe, expect, it } from 'vitest'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { type Hints, type Kinds, resolveKind } from '../../src/report/resolve.ts'

const catalogue = createCatalogue(MODULES)
const kindOf = (hints: Partial<Hints>, fields: object = { errCode: 0 }, known: Partial<Kinds> = {}) =>
  resolveKind(
    { kitSn: 'M109ZEB4ZE5K0021', moduleSn: 'M1500-XYZA-00031', moduleType: undefined, typeCode: undefined, ...hints },
    fields as Record<string, unknown>,
    { ...catalogue, seen: () => [], listed: () => [], ...known },
  )

describe('the kind of a flat report', () => {
  it('is the one that the message names or numbers', () => {
    expect(kindOf({ typeCode: 'bbcout' })).toBe('bbcout')
    expect(kindOf({ moduleType: 'KitSCC' })).toBe('kitscc')
    expect(kindOf({ moduleType: 15_368 })).toBe('lddc')
    expect(kindOf({ moduleType: '15365' })).toBe('iclow')
  })

  it('is the one it had before, else the listed one, else that of the pattern', () => {
    const moduleSn = 'M1093-DCOU-4B2D6'
    expect(kindOf({ moduleSn })).toBe('bbcout')
    expect(kindOf({ moduleSn }, {}, { listed: () => ['bbcin'] })).toBe('bbcin')
    expect(kindOf({ moduleSn }, {}, { listed: () => ['bbcin'], seen: () => ['kitscc'] })).toBe('kitscc')
  })

  it('lets the pattern choose the model of a pack that is only called a pack', () => {
    for (const [moduleSn, kind] of [
      ['M101Z3B4ZE5K0031', 'bp5000'],
      ['M102Z3B4ZE6K0009', 'bp2000'],
    ] as const) {
      expect(kindOf({ moduleSn, moduleType: 15_371 })).toBe(kind)
      expect(kindOf({ moduleSn }, {}, { listed: () => ['bp5000', 'bp2000'] })).toBe(kind)
    }
  })

  it('is told by the fields where a serial number is two modules', () => {
    const seen = () => ['iclow', 'bp2000']
    expect(kindOf({}, { soc: 1, amp: 2 }, { seen })).toBe('bp2000')
    expect(kindOf({}, { busVol: 1 }, { seen })).toBe('iclow')
    expect(kindOf({ moduleType: 15_362 }, { dcChRelay: 3 }, { seen: () => ['lddc'] })).toBe('lddc')
  })

  it('is unknown when nothing tells, and names of JavaScript tell nothing', () => {
    expect(kindOf({})).toBe('unknown')
    for (const name of ['__proto__', 'constructor', 'toString', {}, [], null, Number.NaN, 1e300, '1e3'])
      expect(kindOf({ moduleType: name, typeCode: name, moduleSn: String(name) }), String(name)).toBe('unknown')
  })
})
