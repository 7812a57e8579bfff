/** Hostile by what stands before the body: token, name, path. */
import { Buffer } from 'node:buffer'
import { bearer, type Forms, type Headers, type Row, type Scene } from './hostile-scene.ts'

export const tokens = ({ kit, token }: Scene, { as, path }: Forms): Row[] => {
  const owner = token('owner')
  const wrong = (what: string, given: string): Row => [what, as([bearer(given)]), 401, 'token_wrong']
  const missing = (what: string, ...headers: Headers): Row => [what, as(headers), 401, 'token_missing']
  return [
    missing('no token'),
    missing('an empty header', ['authorization', '']),
    missing('the word Bearer alone', ['authorization', 'Bearer ']),
    missing('Basic authentication', ['authorization', `Basic ${Buffer.from(`owner:${owner}`).toString('base64')}`]),
    missing('the token bare', ['authorization', owner]),
    missing('two tokens in one header', ['authorization', `Bearer ${owner} ${owner}`]),
    missing('the token as a cookie', ['cookie', `token=${owner}`]),
    missing('the token as another header', ['x-api-key', owner]),
    ['the token in the address', { ...as([]), path: `${path}?access_token=${owner}` }, 401, 'token_missing'],
    wrong('a wrong token', 'a-wrong-token-of-some-length'),
    wrong('one character too many', `${owner}x`),
    wrong('half a token', owner.slice(0, owner.length / 2)),
    wrong('capital letters', owner.toUpperCase()),
    wrong('a token of 8,000 characters', owner.repeat(400).slice(0, 8_000)),
    [
      'a wrong token before the right one',
      as([bearer('a-wrong-token-of-some-length'), bearer(owner)]),
      400,
      'request_invalid',
    ],
    ['a token of 20,000 characters', as([bearer('x'.repeat(20_000))]), 431, 'request_invalid'],
    ['a zero byte in the token', as([bearer(`${owner}\0`)]), 400, 'request_invalid'],
    ['a token whose time is over', as([bearer(token('expired'))]), 401, 'token_expired'],
    ['the token of HTTP_TOKEN', as([bearer(token('http'))]), 403, 'scope_missing'],
    ['a token that may only read', as([bearer(token('reader'))]), 403, 'scope_missing'],
    ['a dry run with it', { ...as([bearer(token('reader'))]), path: `${path}?dry-run=true` }, 403, 'scope_missing'],
    ['a token for another kit', as([bearer(token('guest'))]), 403, 'kit_forbidden'],
    [
      'reading a kit with a token for another',
      { method: 'GET', path: `/api/v1/kits/${kit}/latest`, headers: [bearer(token('guest'))] },
      403,
      'kit_forbidden',
    ],
    [
      'reading of all kits with a token for one',
      { method: 'GET', path: '/metrics', headers: [bearer(token('guest'))] },
      403,
      'kit_forbidden',
    ],
  ]
}

export const names = (_scene: Scene, { with: as, path, owner }: Forms): Row[] => {
  const host = (what: string, name: string): Row => [what, as({}, [['host', name]]), 403, 'host_refused']
  const origin = (what: string, name: string): Row => [what, as({}, [['origin', name]]), 403, 'origin_refused']
  const preflight: Headers = [
    ['origin', 'https://evil.example'],
    ['access-control-request-method', 'POST'],
    ['access-control-request-headers', 'authorization,content-type'],
  ]
  return [
    host('a rebound name', 'evil.example'),
    host('a rebound name with our port', 'evil.example:8484'),
    host('a name that begins like ours', 'localhost.evil.example'),
    host('a name that begins like an address', '127.0.0.1.evil.example'),
    host('a name behind an @', '127.0.0.1@evil.example'),
    host('an empty name', ''),
    ['no Host header', { path, bytes: `POST ${path} HTTP/1.1\r\nauthorization: ${owner[1]}\r\n\r\n` }, 400],
    [
      'two Host headers',
      as({}, [
        ['host', '127.0.0.1'],
        ['host', 'evil.example'],
      ]),
      400,
      'request_invalid',
    ],
    origin('a page from elsewhere', 'https://evil.example'),
    origin('a page without an origin', 'null'),
    origin('a page whose name begins like ours', 'http://127.0.0.1.evil.example'),
    origin('a page on another port of this machine', 'http://127.0.0.1:1'),
    origin('a page from a file', 'file://'),
    ['its question beforehand', { method: 'OPTIONS', path, headers: preflight }, 403, 'origin_refused'],
    [
      'the address of another server in the request line',
      as({ path: `http://evil.example${path}` }),
      400,
      'request_invalid',
    ],
    ['a tunnel', { method: 'CONNECT', path: '127.0.0.1:443', headers: [owner] }, 0],
  ]
}

export const paths = ({ kit, offline, token }: Scene, { with: as, path }: Forms): Row[] => {
  const at = (what: string, to: string, status = 404, code = 'path_unknown'): Row => [
    what,
    as({ path: to }),
    status,
    code,
  ]
  const query = (what: string, text: string): Row => at(what, `${path}?${text}`, 400, 'parameter_invalid')
  const file = (what: string, to: string, status = 403, code = 'request_invalid'): Row => [
    what,
    { method: 'GET', path: to },
    status,
    code,
  ]
  const keyed = (what: string, key: string): Row => [what, as({}, [['idempotency-key', key]]), 400, 'parameter_invalid']
  return [
    at('a kit that nobody knows', '/api/v1/kits/M109ZEB4ZE7B9999/commands', 404, 'kit_unknown'),
    at('a kit that is not connected', `/api/v1/kits/${offline}/commands`, 409, 'kit_offline'),
    at('a serial number with a zero byte', `/api/v1/kits/${kit}%00/commands`, 404, 'kit_unknown'),
    at('a serial number of small letters', `/api/v1/kits/${kit.toLowerCase()}/commands`, 404, 'kit_unknown'),
    at('a serial number of 300 characters', `/api/v1/kits/${'M'.repeat(300)}/commands`, 400, 'parameter_invalid'),
    at('a serial number that is a prototype', '/api/v1/kits/__proto__/commands', 404, 'kit_unknown'),
    at('an escape that is none', '/api/v1/kits/%ZZ/commands', 400, 'request_invalid'),
    at('dots in the path', `/api/v1/kits/x/../${kit}/commands`),
    at('escaped dots', `/api/v1/kits/x/%2e%2e/${kit}/commands`),
    at('two slashes', `/${path}`),
    at('a slash behind', `${path}/`),
    at('capital letters', path.replace('/api', '/API')),
    at('a semicolon', `${path};x=1`),
    at('another version', path.replace('v1', 'v2')),
    ...['PUT', 'PATCH', 'DELETE'].map((method): Row => [`the method ${method}`, as({ method }), 404, 'path_unknown']),
    ['a method that nobody knows', as({ method: 'EXPLODE' }), 400, 'request_invalid'],
    query('a dry run that is maybe one', 'dry-run=maybe'),
    query('a dry run that is and is not', 'dry-run=true&dry-run=false'),
    query('a wait for ever', 'wait=forever'),
    query('a question that nobody knows', 'force=true'),
    keyed('a key of 129 characters', 'k'.repeat(129)),
    keyed('a key with spaces', 'key of mine'),
    [
      'a command of another’s kit, by a guess at its id',
      { method: 'GET', path: '/api/v1/commands/1', headers: [bearer(token('guest'))] },
      404,
      'command_id_unknown',
    ],
    file('a file behind the page', '/docs/static/../../package.json'),
    file('the same, escaped', '/docs/static/%2e%2e/%2e%2e/package.json'),
    file('the same, escaped twice', '/docs/static/%252e%252e/package.json', 404, 'path_unknown'),
    file('the same with backslashes', '/docs/static/..%5c..%5cpackage.json'),
  ]
}
