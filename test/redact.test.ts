import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSecrets } from '../src/redact.ts'

const anySecret = fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }).filter((text) => text.trim() === text)

describe('a known secret', () => {
  it('goes, however it is written', () => {
    fc.assert(
      fc.property(anySecret, fc.string(), fc.string(), (secret, before, after) => {
        const { redact } = createSecrets([secret])
        const spoken = `${before} ${secret} ${after}`
        for (const text of [spoken, JSON.stringify({ said: spoken }), `http://x/?q=${encodeURIComponent(spoken)}`]) {
          const left = redact(text)
          expect(left).not.toContain(secret)
          expect(left).not.toContain(encodeURIComponent(secret))
          expect(left).not.toContain(JSON.stringify(secret).slice(1, -1))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('leaves what it stood in readable', () => {
    const { redact } = createSecrets(['a "quoted" secret', 'second-secret-1'])
    const line = JSON.stringify({ msg: 'Refused: a "quoted" secret, second-secret-1.', level: 30 })
    expect(JSON.parse(redact(line))).toEqual({ msg: 'Refused: [secret], [secret].', level: 30 })
  })

  it('is taken out from when it is learnt', () => {
    const secrets = createSecrets()
    expect(secrets.redact('new-password-4711')).toBe('new-password-4711')
    secrets.add('new-password-4711')
    secrets.add(undefined)
    expect(secrets.redact('new-password-4711')).toBe('[secret]')
  })

  it('goes whole when it begins with another', () => {
    expect(createSecrets(['one-secret', 'one-secret-and-more']).redact('one-secret-and-more')).toBe('[secret]')
  })

  it('goes only where it stands alone when it is short, and not at all when it is shorter still', () => {
    const { redact } = createSecrets(['solar', 'kit'])
    expect(redact('solar, solar_charger of the kit: solars')).toBe('[secret], [secret]_charger of the kit: solars')
  })
})

describe('an unknown secret', () => {
  const { redact } = createSecrets()

  it.each([
    ['mqtts://user:p@ss:word@broker:8883/x', 'mqtts://user:[secret]@broker:8883/x'],
    ['see http://host:8086/ping and a@b.c', 'see http://host:8086/ping and a@b.c'],
    ['{"certificatePassword":"abc","url":"mqtt"}', '{"certificatePassword":"[secret]","url":"mqtt"}'],
    ['{"accessKey": "a\\"b", "secretKey":"c\\\\"}', '{"accessKey": "[secret]", "secretKey":"[secret]"}'],
    ['{"password":12345,"token":null}', '{"password":"[secret]","token":"[secret]"}'],
    ['{"password":123', '{"password":"[secret]"'],
    ['{"password":"cut sho', '{"password":"[secret]'],
    ['{"data":"{\\"password\\":\\"a\\\\\\"b\\",\\"n\\":1}"}', '{"data":"{\\"password\\":\\"[secret]\\",\\"n\\":1}"}'],
    ['/x?sn=M1&sign=0badc0de&accessKey=abc', '/x?sn=M1&sign=[secret]&accessKey=[secret]'],
    ['Authorization: Basic dXNlcjpwdw==', 'Authorization: Basic [secret]'],
    ['"authorization":"Token abc"', '"authorization":"Token [secret]"'],
    ['/iot-open/sign/device/quota', '/iot-open/sign/device/quota'],
    ['Check INFLUX_TOKEN: it is refused.', 'Check INFLUX_TOKEN: it is refused.'],
  ])('goes by the name it has: %s', (text, left) => {
    expect(redact(text)).toBe(left)
  })

  it('is looked for in no more time than the text is long', () => {
    const long = `${'"password'.repeat(20_000)}${'://a:'.repeat(20_000)}${'sign='.repeat(20_000)}`
    expect(redact(long).length).toBeLessThanOrEqual(long.length * 2)
  })
})
