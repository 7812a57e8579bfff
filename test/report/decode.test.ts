import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { decode } from '../../src/report/decode.ts'
import { REJECTIONS } from '../../src/report/report.ts'
import type { Kinds } from '../../src/report/resolve.ts'

const kinds: Kinds = { ...createCatalogue(MODULES), seen: () => [], listed: () => [] }
const KIT = 'M109ZEB4ZE5K0021'
const QUOTA = `/open/account/${KIT}/quota`
const ANSWER = `/iot-open/sign/device/quota/all?sn=${KIT}`

const topics = fc.oneof(
  fc.constantFrom(...['quota', 'status', 'set_reply', 'get_reply'].map((channel) => `/open/account/${KIT}/${channel}`)),
  fc.constantFrom(ANSWER, `/app/device/property/${KIT}`, `/app/1/${KIT}/thing/property/get_reply`),
  fc.string(),
)

/** JSON that looks like messages, down to the names. */
const names = fc.constantFrom(
  ...['params', 'param', 'data', 'code', 'quotaMap', 'status', 'operateType', 'moduleSn', 'moduleType', 'typeCode'],
  ...['id', 'time', 'bp5000', 'bmsTotal', 'onLineModuleSnList', 'soc', '__proto__', 'toString', 'bbcin.M1.errCode'],
)
const leaf = fc.oneof(
  fc.constantFrom<unknown>('latestQuotas', '0', 0, 1, '15362', 15_362, 'bbcin', '[]', '{"a":{"b":1}}', null, true),
  fc.double(),
  fc.string(),
)
const { json } = fc.letrec((tie) => ({
  json: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('json'), { maxLength: 4 }), tie('object'), tie('text')),
  object: fc.dictionary(names, tie('json'), { maxKeys: 6, noNullPrototype: true }),
  text: tie('object').map((value) => JSON.stringify(value)),
}))

const checkDecoded = (topic: string, bytes: Uint8Array): void => {
  const decoded = decode(topic, bytes, kinds)
  if ('rejected' in decoded) {
    expect(Object.keys(REJECTIONS)).toContain(decoded.rejected)
    expect(decoded.detail.length).toBeLessThanOrEqual(200)
    return
  }
  if (decoded.report.type !== 'devices') expect(decoded.report.kitSn).not.toBe('')
  if (decoded.report.type !== 'quota') return
  expect(decoded.report.records.filter(({ kind, sn }) => kind === '' || sn === '')).toEqual([])
}

describe('decode', () => {
  it('gives a report or a named rejection for any bytes at all', () => {
    fc.assert(fc.property(topics, fc.uint8Array({ maxLength: 200 }), checkDecoded), { numRuns: 1000 })
  })

  it('and for any JSON under any topic', () => {
    const texts = json.map((value) => Buffer.from(JSON.stringify(value) ?? ''))
    fc.assert(fc.property(topics, texts, checkDecoded), { numRuns: 3000 })
  })

  it('stays calm before what is built to break it', () => {
    const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)
    const hostile = [
      ...[
        `{"code":${deep(100_000, '[', ']')}}`,
        `{"params":{"bp5000":${deep(100_000, '{"a":', '}').replace(':}', ':1}')}}}`,
      ],
      ...[`{"params":{"status":{"valueOf":1,"toString":2}}}`, `{"code":{"toString":1},"data":{}}`],
      `{"params":{"x":{${Array.from({ length: 60_000 }, (_, i) => `"M101Z${i.toString(36).toUpperCase().padStart(8, '0')}":{}`)}}}}`,
      `{"data":{"onLineModuleSnList":[${Array(300_000).fill('{}')}]}}`,
      `{"data":{"bp5000.${'.'.repeat(900_000)}":1}}`,
      `{"params":{"${'a'.repeat(900_000)}":1}}`,
    ]
    for (const text of hostile)
      for (const topic of [QUOTA, ANSWER, `/open/account/${KIT}/status`]) checkDecoded(topic, Buffer.from(text))
  })

  it('refuses more than a mebibyte unread', () => {
    const text = (length: number) => Buffer.from(JSON.stringify({ params: { a: 'x'.repeat(length) } }))
    expect(decode(QUOTA, text(1024 * 1024 - 100), kinds)).toHaveProperty('report')
    expect(decode(QUOTA, text(1024 * 1024), kinds)).toEqual({ rejected: 'too_large', detail: '1048595 bytes' })
  })

  it('keeps what stands in a list of modules beside its entries', () => {
    const data = { onLineModuleSnList: [{ moduleSn: 'M1093-DCIN-4C7A1' }, 5, 'x'] }
    const decoded = decode(ANSWER, Buffer.from(JSON.stringify({ code: '0', data })), kinds)
    expect(decoded).toMatchObject({
      report: { records: [{ sn: 'M1093-DCIN-4C7A1' }, { sn: 'unknown', fields: { 1: 5, 2: 'x' } }] },
    })
  })

  it('reads which devices an account has, and passes over what is none', () => {
    const listed = (answer: unknown) => decode('/iot-open/sign/device/list', Buffer.from(JSON.stringify(answer)), kinds)
    const data = [
      { sn: 'A', online: 1 },
      { sn: 'B', online: '0', deviceName: 'x' },
      { sn: 'C' },
      { online: 1 },
      null,
      5,
    ]
    expect(listed({ code: '0', message: 'Success', data })).toEqual({
      report: {
        type: 'devices',
        devices: [
          { sn: 'A', isOnline: true },
          { sn: 'B', isOnline: false },
          { sn: 'C', isOnline: undefined },
        ],
      },
    })
    expect(listed({ code: '8521', message: 'signature is wrong', data: [] })).toMatchObject({ rejected: 'refused' })
    expect(listed({ code: '0', data: {} })).toMatchObject({ rejected: 'no_data' })
  })
})
