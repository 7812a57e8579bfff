import { expect, it } from 'vitest'
import { nearest } from '../src/nearest.ts'

const NAMES = ['access_key', 'access_key_file', 'secret_key', 'region', 'url', 'only_named', 'kits']

it.each([
  ['acess_key', 'access_key'],
  ['accessKey', 'access_key'],
  ['ACCESS-KEY', 'access_key'],
  ['access_keyfile', 'access_key_file'],
  ['reigon', 'region'],
  ['kit', 'kits'],
  ['uri', 'url'],
  ['onlynamed', 'only_named'],
  ['colour', undefined],
  ['', undefined],
])('takes %s for %s', (given, meant) => {
  expect(nearest(given, NAMES)).toBe(meant)
})
