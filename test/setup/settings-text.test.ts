import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withSettings } from '../../src/setup/settings-text.ts'

const KEYS = { ECOFLOW_ACCESS_KEY: 'AkMadeUpForTests0123456789', ECOFLOW_REGION: 'auto' }

it('makes a file where there is none', () => {
  expect(withSettings('', KEYS)).toBe('ECOFLOW_ACCESS_KEY=AkMadeUpForTests0123456789\nECOFLOW_REGION=auto\n')
})

it('replaces what is there, and leaves comments, order and all else alone', () => {
  const text = [
    '# of the van',
    '#ECOFLOW_ACCESS_KEY=an example',
    'LOG_LEVEL=debug # as long as it is new',
    '  export ECOFLOW_ACCESS_KEY = "old one" # mine',
    "CONTROL_TOKENS='name=a scope=read token=0123456789abcdef",
    'ECOFLOW_REGION=within a value',
    "'",
    'ECOFLOW_ACCESS_KEY=older',
    'KITS=M109ZAB4Z000001F=Van',
  ].join('\n')
  expect(withSettings(text, KEYS)?.split('\n')).toEqual([
    '# of the van',
    '#ECOFLOW_ACCESS_KEY=an example',
    'LOG_LEVEL=debug # as long as it is new',
    '  export ECOFLOW_ACCESS_KEY=AkMadeUpForTests0123456789',
    "CONTROL_TOKENS='name=a scope=read token=0123456789abcdef",
    'ECOFLOW_REGION=within a value',
    "'",
    'KITS=M109ZAB4Z000001F=Van',
    'ECOFLOW_REGION=auto',
    '',
  ])
})

it('replaces a value over several lines as a whole', () => {
  const text = 'A=1\r\nECOFLOW_REGION="one\ntwo"\r\nB=2'
  expect(withSettings(text, { ECOFLOW_REGION: 'eu' })).toBe('A=1\r\nECOFLOW_REGION=eu\nB=2')
})

it('quotes what needs it, and gives up on what no quote can hold', () => {
  for (const value of ['with blank', '#hash', "it's", 'a"b', '$HOME', 'a\\nb', 'back`tick', ''])
    expect(parseEnv(withSettings('', { KEY: value })!).KEY).toBe(value)
  expect(withSettings('', { KEY: `a'"\` #b` })).toBeUndefined()
  expect(withSettings('', { KEY: ' a' })).toBe("KEY=' a'\n")
})

const visible = fc.stringMatching(/^[!-~]{1,40}$/)
const line = fc.oneof(
  visible.map((value) => `# ${value}`),
  fc.tuple(fc.constantFrom('A', 'B', 'ECOFLOW_ACCESS_KEY', 'ECOFLOW_REGION'), visible).map((pair) => pair.join('=')),
  fc.tuple(fc.constantFrom('C', 'ECOFLOW_REGION'), visible).map(([name, value]) => `${name}="${value}\n${value}"`),
  fc.constant(''),
  visible,
)

it('changes nothing but these settings, whatever stands there, or nothing at all', () => {
  let made = 0
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), visible, (lines, end, value) => {
      const text = lines.join(end)
      const settings = { ECOFLOW_ACCESS_KEY: value, ECOFLOW_REGION: 'auto' }
      const changed = withSettings(text, settings)
      if (changed === undefined) return
      made++
      expect({ ...parseEnv(changed) }).toEqual({ ...parseEnv(text), ...settings })
    }),
    { numRuns: 300 },
  )
  expect(made).toBeGreaterThan(150)
})
