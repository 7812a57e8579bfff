import { expect, it } from 'vitest'
import { createCallers, mayReach } from '../../src/http/callers.ts'
import { includesScope, readTokens } from '../../src/http/tokens.ts'

const [ONE, TWO] = ['a-made-up-token-of-some-length', 'another-one-of-some-length=='] as const

it('reads one token a line or separated by semicolons, in any order of words', () => {
  const text = `
    # who may what
    name=van scope=control token=${ONE}
    token=${TWO} until=2027-01-31  kits=M109ZEB4ZE7B0001,M109ZEB4ZE7B0002 scope=dangerous name=workshop-2`
  const van = { name: 'van', scope: 'control', kits: [], untilAt: undefined, token: ONE }
  const workshop = {
    name: 'workshop-2',
    scope: 'dangerous',
    kits: ['M109ZEB4ZE7B0001', 'M109ZEB4ZE7B0002'],
    untilAt: Date.parse('2027-02-01T00:00:00Z'),
    token: TWO,
  }
  expect(readTokens(text)).toEqual({ tokens: [van, workshop], problems: [] })
  const lines = text.trim().split('\n').slice(1)
  expect(readTokens(lines.join(';'))).toEqual({ tokens: [van, workshop], problems: [] })
  expect(readTokens(undefined)).toEqual({ tokens: [], problems: [] })
  const moment = `name=a scope=read until=2027-01-31T12:00:00+02:00 token=${ONE}`
  expect(readTokens(moment).tokens[0]!.untilAt).toBe(Date.parse('2027-01-31T10:00:00Z'))
})

it.each([
  [`name=van scope=control`, 'token='],
  [`name=van scope=control token=short`, 'token='],
  [`name=Van scope=control token=${ONE}`, 'name='],
  [`scope=control token=${ONE}`, 'name='],
  [`name=van token=${ONE}`, 'scope='],
  [`name=van scope=root token=${ONE}`, 'scope='],
  [`name=van scope=control kits= token=${ONE}`, 'kits='],
  [`name=van scope=control kits=a/b token=${ONE}`, 'kits='],
  [`name=van scope=control until=tomorrow token=${ONE}`, 'until='],
  [`name=van scope=control until=2027-02-30 token=${ONE}`, 'until='],
  [`name=van scope=control colour=red token=${ONE}`, 'a word is none of'],
  [`van:control:${ONE}`, 'a word is none of'],
  [`name=van scope=control __proto__=x token=${ONE}`, 'a word is none of'],
  [`name=van scope=control token=${ONE} token=${TWO}`, 'twice'],
  [`name=van scope=control token=${ONE}; name=van scope=read token=${TWO}`, 'the same name='],
  [`name=van scope=control token=${ONE}; name=boat scope=read token=${ONE}`, 'the same token='],
])('names what is wrong with %s, and not the token', (text, part) => {
  const { problems } = readTokens(text)
  expect(problems.join()).toContain(part)
  for (const secret of [ONE, TWO, 'short', 'colour', 'tomorrow']) expect(problems.join()).not.toContain(secret)
})

it('says in which line', () => {
  expect(readTokens(`name=van scope=control token=${ONE}\n\nname=x`).problems).toEqual([
    expect.stringMatching(/^line 3: scope=/),
    expect.stringMatching(/^line 3: token=/),
  ])
})

it('lets each scope include those before it', () => {
  const scopes = ['read', 'control', 'dangerous'] as const
  const granted = scopes.map((one) => scopes.filter((asked) => includesScope(one, asked)).length)
  expect(granted).toEqual([1, 2, 3])
})

it('recognises a token until its time is over, and no other', () => {
  const { tokens } = readTokens(`name=van scope=control kits=M109ZEB4ZE7B0001 until=2027-01-31 token=${ONE}`)
  const callers = createCallers(TWO, tokens)
  const endAt = tokens[0]!.untilAt!
  const van = { name: 'van', scope: 'control', kits: ['M109ZEB4ZE7B0001'] } as const
  expect(callers.recognise(ONE, endAt - 1)).toEqual(van)
  expect(callers.recognise(ONE, endAt)).toBe('expired')
  expect(callers.recognise(TWO, endAt)).toEqual({ name: 'HTTP_TOKEN', scope: 'read', kits: [] })
  for (const wrong of ['', 'x', `${ONE}x`, ONE.slice(1), ONE.toUpperCase(), 'x'.repeat(10_000)])
    expect(callers.recognise(wrong, 0)).toBeUndefined()
  expect(['M109ZEB4ZE7B0001', 'M109ZEB4ZE7B0002'].map((sn) => mayReach(van, sn))).toEqual([true, false])
  expect([createCallers(undefined, []).areNamed, callers.areNamed]).toEqual([false, true])
})
