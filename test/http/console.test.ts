import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askRaw, type Served, serve } from './serve.ts'

const TOKEN = 'a-made-up-token-of-some-length'
const INDEX = '<!doctype html><title>powerkits</title>'
const SCRIPT = 'export const kits = []\n'.repeat(100)

let folder: string
let served: Served
beforeAll(async () => {
  const outer = mkdtempSync(join(tmpdir(), 'powerkits-console-'))
  folder = join(outer, 'console')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(outer, 'secret.txt'), 'not of the console')
  writeFileSync(join(folder, 'index.html'), INDEX)
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'manifest.webmanifest'), '{"name":"powerkits"}')
  writeFileSync(join(folder, '.stamp'), 'of the build')
  writeFileSync(join(folder, 'assets', 'index-0a1B2c.js'), SCRIPT)
  writeFileSync(join(folder, 'assets', 'index-0a1B2c.js.gz'), gzipSync(SCRIPT))
  served = await serve({ token: TOKEN, host: '0.0.0.0', consoleDir: folder })
})
afterAll(async () => {
  await served.close()
  rmSync(join(folder, '..'), { recursive: true })
})

interface Raw {
  readonly status: number | undefined
  readonly headers: Record<string, unknown>
  readonly bytes: Buffer
}

/** As it comes over the wire: `fetch` would unpack it, and asks for nothing that may be kept. */
const raw = (path: string, headers: Record<string, string>): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const sent = request(`${served.url}${path}`, { headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(parts) }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })

it('serves the page to everybody, with a policy that lets nothing in from elsewhere', async () => {
  const page = await served.get('/')
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
    200,
    'text/html; charset=utf-8',
    INDEX,
  ])
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
      "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  const again = await raw('/', { 'if-none-match': page.headers.get('etag')! })
  expect([again.status, again.headers['cache-control']]).toEqual([304, 'no-cache'])
  const head = await fetch(`${served.url}/`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(INDEX.length), ''])
})

it('serves what the page is made of, named by its kind', async () => {
  for (const [path, type] of [
    ['/favicon.svg', 'image/svg+xml'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/index.html?x=1', 'text/html; charset=utf-8'],
  ] as const) {
    const file = await served.get(path)
    expect([path, file.status, file.headers.get('content-type')]).toEqual([path, 200, type])
  }
})

it('sends scripts packed to whoever takes that, and lets them be kept for a year', async () => {
  const packed = await raw('/assets/index-0a1B2c.js', { 'accept-encoding': 'gzip' })
  expect(packed.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': 'application/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  })
  expect(gunzipSync(packed.bytes).toString()).toBe(SCRIPT)
  const plain = await raw('/assets/index-0a1B2c.js', {})
  expect(plain.headers).not.toHaveProperty('content-encoding')
  expect(plain.bytes.toString()).toBe(SCRIPT)
  expect(plain.headers['content-security-policy']).toBe(packed.headers['content-security-policy'])
})

it('sends nothing else, whatever the path', async () => {
  const elsewhere = [
    ...[
      '/secret.txt',
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/..%2fsecret.txt',
    ],
    ...['/%2e%2e/secret.txt', '/assets/%2e%2e/%2e%2e/secret.txt', '/..\\secret.txt', '/assets/..%5c..%5csecret.txt'],
    ...['/assets', '/assets/', '/assets/index-0a1B2c.js.gz', '/.stamp', '//etc/passwd', '/%00', '/index.html/..'],
  ]
  for (const path of elsewhere) {
    const answer = await askRaw(served.url, path, '127.0.0.1')
    expect([path, [401, 404, 400].includes(answer.status)]).toEqual([path, true])
    expect(answer.body).toMatch(/"urn:powerkits:problem:(?:path_unknown|token_missing|request_invalid)"/)
    expect(answer.body).not.toMatch(/not of the console|of the build|root:/)
  }
})

it('says how to build it where it is not there', async () => {
  for (const consoleDir of [undefined, join(folder, 'nowhere'), join(folder, 'assets')]) {
    const bare = await serve({ token: TOKEN, consoleDir })
    try {
      const answer = await bare.get('/')
      expect([answer.status, await answer.json()]).toMatchObject([
        404,
        { detail: expect.stringContaining('npm run build') },
      ])
      expect((await bare.get('/healthz')).status).toBe(200)
    } finally {
      await bare.close()
    }
  }
})
