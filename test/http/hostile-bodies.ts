/** Hostile by the body: what is no JSON, no command, out of range, or dangerous. */
import { Buffer } from 'node:buffer'
import { bearer, type Forms, JSON_TYPE, type Row, type Scene, SWITCH } from './hostile-scene.ts'

export const forms = (_scene: Scene, { with: as, path, owner }: Forms): Row[] => {
  const typed = (what: string, type: string): Row => [
    what,
    { path, body: SWITCH, headers: [owner, ...(type ? [['content-type', type] as const] : [])] },
    415,
    'request_invalid',
  ]
  const body = (what: string, content: string | Uint8Array, status = 400, code = 'request_invalid'): Row => [
    what,
    as({ body: content }),
    status,
    code,
  ]
  const shaped = (what: string, content: unknown): Row => body(what, JSON.stringify(content), 400, 'parameter_invalid')
  return [
    typed('a plain text, as any page may send', 'text/plain'),
    typed('a form', 'application/x-www-form-urlencoded'),
    typed('a form with files', 'multipart/form-data; boundary=x'),
    typed('XML', 'application/xml'),
    typed('no content type', ''),
    body('no body', ''),
    body('half a body', SWITCH.slice(0, 20)),
    body('a body and more', `${SWITCH}${SWITCH}`),
    body('a body with a comment', `/* hello */${SWITCH}`),
    body('compressed bytes', Buffer.from('1f8b0800000000000003ab56', 'hex')),
    body('UTF-16', Buffer.from(`\uFEFF${SWITCH}`, 'utf16le')),
    body('ten thousand brackets', '['.repeat(10_000)),
    body('NaN', '{"command":"ac-input.current-limit","params":{"amperes":NaN}}'),
    body('a prototype key', '{"__proto__":{"command":"ac-input.charging"},"params":{"on":true}}'),
    body('a prototype key in the parameters', '{"command":"ac-input.charging","params":{"__proto__":{"on":true}}}'),
    body('a prototype key, escaped', '{"command":"ac-input.charging","params":{"\\u005f_proto__":{"on":true}}}'),
    body('a constructor', '{"command":"ac-input.charging","constructor":{"prototype":{"on":true}},"params":{}}'),
    body('more than 16 KiB', `{"command":"${'x'.repeat(17_000)}"}`, 413),
    [
      'more than 16 KiB in pieces',
      as({ body: `4e20\r\n${'x'.repeat(20_000)}\r\n0\r\n\r\n` }, [['transfer-encoding', 'chunked']]),
      413,
      'request_invalid',
    ],
    [
      'a length that is too short, a second request behind it',
      as({ body: `${SWITCH}GET / HTTP/1.1\r\n\r\n` }, [['content-length', '20']]),
      400,
      'request_invalid',
    ],
    [
      'two lengths',
      as({}, [
        ['content-length', '52'],
        ['content-length', '5'],
      ]),
      400,
      'request_invalid',
    ],
    [
      'length and pieces at once',
      as({}, [
        ['content-length', '52'],
        ['transfer-encoding', 'chunked'],
      ]),
      400,
      'request_invalid',
    ],
    ['a negative length', as({}, [['content-length', '-1']]), 400, 'request_invalid'],
    ['bytes that are no HTTP', { path, bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' }, 400, 'request_invalid'],
    shaped('null', null),
    shaped('a list', [JSON.parse(SWITCH)]),
    shaped('a text', SWITCH),
    shaped('a number', 42),
    shaped('no command', { params: { on: true } }),
    shaped('a command that is a list', { command: ['ac-input.charging'], params: { on: true } }),
    shaped('a command of 10,000 characters', { command: 'x'.repeat(10_000) }),
    shaped('parameters that are a list', { command: 'ac-input.charging', params: [true] }),
    shaped('parameters that are null', { command: 'ac-input.charging', params: null }),
    shaped('a key of its own', { ...JSON.parse(SWITCH), force: true }),
    shaped('another kit in the body', { ...JSON.parse(SWITCH), kit_sn: 'M109ZEB4ZE7B0009' }),
    shaped('a confirmation that is true', { ...JSON.parse(SWITCH), confirmation: true }),
  ]
}

export const values = (_scene: Scene, { with: as }: Forms): Row[] => {
  const given = (what: string, command: string, params: string): Row => [
    what,
    as({ body: `{"command":${JSON.stringify(command)},"params":${params}}` }),
    422,
    'wrong_params',
  ]
  const amperes = (what: string, value: string): Row => given(what, 'ac-input.current-limit', `{"amperes":${value}}`)
  const unknown = (what: string, command: string): Row => [
    what,
    as({ body: JSON.stringify({ command, params: { on: true } }) }),
    404,
    'unknown_command',
  ]
  return [
    amperes('a number as text', '"16"'),
    amperes('a number with its unit', '"16 A"'),
    amperes('milliamperes', '16000'),
    amperes('an infinite number', '1e999'),
    amperes('a huge whole number', '9007199254740993'),
    amperes('a negative number', '-1'),
    amperes('zero', '0'),
    amperes('one above the highest', '24'),
    amperes('a fraction', '15.5'),
    amperes('the "leave unchanged" of the wire', '255'),
    amperes('null', 'null'),
    amperes('an object that looks like a number', '{"valueOf":16}'),
    given('on as text', 'ac-input.charging', '{"on":"true"}'),
    given('on as a number', 'ac-input.charging', '{"on":1}'),
    given('nothing', 'ac-input.charging', '{}'),
    given('a parameter too many', 'ac-input.charging', '{"on":true,"powerOn":0}'),
    given('a key twice, the second one wrong', 'ac-input.charging', '{"on":true,"on":"yes"}'),
    given('a limit beyond its side', 'battery.charge-limit', '{"percent":49}'),
    given('a circuit that is not there', 'dc-panel.circuit-switch', '{"circuit":0,"on":true}'),
    unknown('a command that nobody knows', 'kit.explode'),
    unknown('the vendor’s name of a command', 'dischgIcParaSet'),
    unknown('a name that every object has', 'constructor'),
    unknown('another one', '__proto__'),
    unknown('a name in capital letters', 'AC-INPUT.CHARGING'),
    unknown('a name with a byte that is no UTF-8', 'ac-input.charging\uFFFD'),
  ]
}

export const danger = ({ token }: Scene, { with: as, path }: Forms): Row[] => {
  const off = { command: 'ac-output.switch', params: { on: false } }
  const again = (what: string, confirmation: string): Row => [
    what,
    as({ body: JSON.stringify({ ...off, confirmation }) }),
    428,
    'confirmation_required',
  ]
  const byVan = { path, headers: [JSON_TYPE, bearer(token('van'))], body: JSON.stringify(off) }
  return [
    ['a dangerous command in one step', as({ body: JSON.stringify(off) }), 428, 'confirmation_required'],
    again('a confirmation that is made up', '00000000-0000-4000-8000-000000000000'),
    again('a confirmation that is empty', ''),
    again('the token as confirmation', token('owner')),
    again('a confirmation that every object has', 'constructor'),
    ['a dangerous command with a token for others', byVan, 403, 'danger_forbidden'],
    ['a command that is denied', as({ body: '{"command":"battery.power-off","params":{}}' }), 403, 'command_denied'],
  ]
}
