import { describe, expect, it } from 'vitest'
import { type Answer, quotaAll } from '../../src/simulator/quota-all.ts'
import { createKits } from '../../src/simulator/reporter.ts'

const AT = Date.UTC(2026, 3, 4, 15)

type Values = Record<string, unknown>

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads any shape into `module.sn.field` → value: strings are opened, wraps taken off, nesting flattened. */
const open = (value: unknown): unknown => (typeof value === 'string' && /^[{[]/.test(value) ? JSON.parse(value) : value)
const unwrap = (data: unknown): Values => (isObject(data) && 'code' in data ? unwrap(data.data) : (data as Values))
const flatten = (prefix: string, value: unknown): [string, unknown][] => {
  const inner = open(value)
  return isObject(inner)
    ? Object.entries(inner).flatMap(([key, item]) => flatten(prefix === '' ? key : `${prefix}.${key}`, item))
    : [[prefix, inner]]
}
const valuesOf = (answer: Answer): Values => {
  const received = JSON.parse(JSON.stringify(answer)) as Answer
  return Object.fromEntries(flatten('', unwrap(received.data)).sort())
}

describe('quota answers', () => {
  const kits = createKits(6, 21, AT)

  it('hold the same values in every shape', () => {
    for (const kit of kits) {
      const [first, ...others] = (['A', 'B', 'C', 'double'] as const).map((shape) => valuesOf(quotaAll(kit, shape)))
      expect(Object.keys(first!).length).toBeGreaterThan(100)
      for (const other of others) expect(other).toEqual(first)
    }
  })

  it('look as the vendor sent them', () => {
    const kit = kits[0]!
    const { bbcout, iclow } = kit.plan.modules
    const pack = kit.plan.packs[0]!.sn
    const a = quotaAll(kit, 'A').data as Values
    expect(JSON.parse(a.bbcout as string)).toMatchObject({ [bbcout!]: { errCode: 15_000 } })
    const b = quotaAll(kit, 'B').data as Values
    expect(b).toMatchObject({ iclow: { [iclow!]: { errCode: 0 } }, bmsTotal: { totalChgDsgState: expect.any(Number) } })
    expect(b.wireless).toBe(`{"${kit.plan.hubSn}":{"scenes":1}}`)
    const c = quotaAll(kit, 'C').data as Values
    expect(c).toMatchObject({ [`bp5000.${pack}.errCode`]: 50_000, 'bmsTotal.bmsChgUpline': 100 })
    expect(c[`bp5000.${pack}.totalSoc`]).toBe(c['bmsTotal.totalSoc'])
    expect(quotaAll(kit, 'double').data).toMatchObject({ code: '0', data: { bbcout: {} } })
  })

  it('give the modules asked for and no others', () => {
    expect(Object.keys(quotaAll(kits[0]!, 'B', ['ldac', 'wireless']).data as Values)).toEqual(['ldac', 'wireless'])
    expect(quotaAll(kits[0]!, 'C', ['nothing']).data).toEqual({})
  })

  it('list the modules with strings only', () => {
    for (const kit of kits) {
      const list = (quotaAll(kit, 'B').data as Values).onLineModuleSnList as Record<string, unknown>[]
      expect(list.length).toBe(kit.plan.packs.length + Object.keys(kit.plan.modules).length + 1)
      for (const entry of list) for (const value of Object.values(entry)) expect(typeof value).toBe('string')
      expect(list.filter((entry) => entry.customData === '1').map((entry) => entry.moduleSn)).toEqual([
        kit.plan.packs[0]!.sn,
      ])
    }
  })
})
