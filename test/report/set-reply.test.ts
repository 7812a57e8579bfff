/** What a set reply says: the forms of the vendor's document. */
import { expect, it } from 'vitest'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { decode } from '../../src/report/decode.ts'

const KIT = 'M106ZAB4Z000001F'
const kinds = { ...createCatalogue(MODULES), seen: () => [], listed: () => [] }

const read = (message: object) => decode(`/open/account/${KIT}/set_reply`, Buffer.from(JSON.stringify(message)), kinds)

const reply = { id: 123456789, version: '1.0', operateType: 'chSwitch', moduleSn: 'M109ZEB4ZE7B0963' }

it.each([
  ['retSta before all others', { data: { retSta: 0, ack: 1, result: 1 }, code: '1' }, '0', {}],
  ['retSta that is not 0', { data: { retSta: 3 } }, '3', {}],
  ['ack where there is no retSta', { code: '0', data: { ack: 1 } }, '1', {}],
  ['result', { data: { result: '0' } }, '0', {}],
  ['code where data says nothing', { code: '1008', data: {} }, '1008', {}],
  ['data as text', { data: '{"retSta":0}' }, '0', {}],
  ['the name of a product and no code', { data: { nameLen: 4, name: 'test' } }, '', { nameLen: 4, name: 'test' }],
  ['nothing', {}, '', {}],
])('%s', (_what, said, code, answer) => {
  expect(read({ ...reply, ...said })).toEqual({
    report: { type: 'set_reply', kitSn: KIT, id: '123456789', operateType: 'chSwitch', code, answer },
  })
})

it('an id beyond 2^53 keeps its digits', () => {
  const text = '{"id":1724596384433832765,"operateType":"setScenes","data":{"retSta":0}}'
  expect(decode(`/open/account/${KIT}/set_reply`, Buffer.from(text), kinds)).toMatchObject({
    report: { id: '1724596384433832765', code: '0' },
  })
})
