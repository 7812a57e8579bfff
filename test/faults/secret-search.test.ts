import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { findSecrets, spellings } from './secret-search.ts'

const SECRET = 'k/ey+1 "q"=&7Zx'

const search = (text: string | Buffer): string[] =>
  findSecrets(new Map([['place', Buffer.from(text)]]), { key: SECRET })

it.each(spellings(SECRET).map(([how, text]) => [how, text] as const))('finds a planted secret %s', (_how, text) => {
  expect(search(`something ${text} else`)).toHaveLength(1)
})

it.each(['', 'a', 'ab', 'user:', 'a longer name:'])('finds it in the base64 of %j with it behind', (before) => {
  expect(search(`Basic ${Buffer.from(`${before}${SECRET}`).toString('base64')}`)).toEqual(['place: key (in base64)'])
  expect(search(`Basic ${Buffer.from(`${before}${SECRET} and more`).toString('base64')}`)).toHaveLength(1)
})

it('finds it in what is packed, whole or cut short', () => {
  const packed = gzipSync(Buffer.from(`begin ${SECRET} ${'end '.repeat(1000)}`))
  expect(search(packed)).toEqual(['place: key (as it is)'])
  expect(search(packed.subarray(0, packed.length - 10))).toEqual(['place: key (as it is)'])
})

it('finds nothing where there is nothing', () => {
  expect(search('key=[secret], and k/ey of other length')).toEqual([])
})
