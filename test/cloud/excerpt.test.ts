import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerpt, withoutSecrets } from '../../src/cloud/excerpt.ts'

const KEYS = { accessKey: 'AkMadeUp', secretKey: 'SkMadeUp' }
const bytes = (text: string): Uint8Array => Buffer.from(text)

describe('a piece of an answer to look at', () => {
  it('holds no password or token, in JSON of any depth and however it is written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'certificatePassword',
          'password',
          'accessToken',
          'token',
          'secretKey',
          'sign',
          'Authorization',
        ),
        fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `zq${text}zq`),
        fc.integer({ min: 0, max: 1 }),
        (key, value, depth) => {
          let text = JSON.stringify({ before: 1, [key]: value, after: 'kept' })
          for (let i = 0; i < depth; i++) text = JSON.stringify({ inner: text })
          const told = excerpt(bytes(text), KEYS)
          expect(told).not.toContain('zq')
          expect(told).toContain('kept')
        },
      ),
    )
  })

  it('leaves alone what only looks like a secret', () => {
    const text = '{"design_wh":5,"sn":"M109ZEB4ZE7B0963","message":"signature is wrong"}'
    expect(excerpt(bytes(text), KEYS)).toBe(text)
  })

  it('holds none of our own keys, and is short', () => {
    const told = excerpt(bytes(`AkMadeUp SkMadeUp ${'x'.repeat(100_000)}`), KEYS)
    expect(told).toMatch(/^… … x+$/)
    expect(told).toHaveLength(4_000)
  })

  it('is not held up by texts made to hold it up', () => {
    const parts = ['password', 'sign ', 'token\\\\', 'sign:', 'secret"', 'a', '"password":"\\', ' ']
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.constantFrom(...parts), (head, tail) => {
        const text = head + tail.repeat(Math.ceil(65_536 / tail.length))
        expect(withoutSecrets(text, KEYS).length).toBeLessThanOrEqual(text.length * 2)
      }),
    )
  })
})
