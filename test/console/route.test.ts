import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashOf, KIT_PAGES, OWN_PAGES, type Route, readRoute } from '../../src/console/route.ts'

const KITS = { page: 'kits', query: {} }

it.each([
  ['', KITS],
  ['#', KITS],
  ['#/', KITS],
  ['#/kits', KITS],
  ['#/health', { page: 'health', query: {} }],
  ['#/set-up', { page: 'set-up', query: {} }],
  ['#/kit/M109ZEB4ZE7B0001', { page: 'now', sn: 'M109ZEB4ZE7B0001', query: {} }],
  ['#/kit/M109ZEB4ZE7B0001/', KITS],
  ['#/kit/M109ZEB4ZE7B0001/history?from=-7d', { page: 'history', sn: 'M109ZEB4ZE7B0001', query: { from: '-7d' } }],
  ['#/?all=1', { page: 'kits', query: { all: '1' } }],
])('reads %s', (hash, route) => {
  expect(readRoute(hash)).toEqual(route)
})

it.each([
  '#/kit',
  '#/kit/',
  '#/kit//now',
  '#/kit/SN/nowhere',
  '#/kit/SN/health',
  '#/now',
  '#/constructor',
  '#/../',
  '#//',
])('leads %s, which is no page, to the list of kits', (hash) => {
  expect(readRoute(hash).page).toBe('kits')
  expect(readRoute(hash).sn).toBeUndefined()
})

it('survives what is no encoding', () => {
  expect(readRoute('#/kit/%E0%A4%A/now')).toEqual({ page: 'now', sn: '%E0%A4%A', query: {} })
  expect(readRoute('#/health?from=%ZZ&to=+').query).toEqual({ from: '%ZZ', to: ' ' })
})

const text = fc.string({ unit: 'grapheme', minLength: 1 })
const query = fc.dictionary(text, fc.string({ unit: 'grapheme' }))
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.record({ page: fc.constantFrom(...KIT_PAGES), sn: text, query }),
  fc.record({ page: fc.constantFrom(...OWN_PAGES), query }),
)

it('reads each address that it writes', () => {
  fc.assert(
    fc.property(route, (one) => {
      expect(readRoute(hashOf(one))).toEqual(one)
    }),
  )
})
