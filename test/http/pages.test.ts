import { afterEach, expect, it } from 'vitest'
import { readTokens } from '../../src/http/tokens.ts'
import { createScripted } from './scripted-control.ts'
import { type Served, serve } from './serve.ts'
import { KIT } from './van.ts'

const TOKEN = 'a-made-up-token-of-some-length'
const PAGE = 'https://van.example'

let served: Served
afterEach(() => served.close())

it('shows the description of the API as a page that needs nothing from elsewhere, and no token', async () => {
  served = await serve({ token: TOKEN })
  const page = await served.get('/docs')
  const html = await page.text()
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self'/,
  )
  const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!)
  expect(links.length).toBeGreaterThan(4)
  for (const link of links) {
    expect(link).toMatch(/^\/docs\/static\/[\w.-]+$/)
    const file = await served.get(link)
    expect([link, file.status, (await file.text()).length > 0]).toEqual([link, 200, true])
  }
  const script = await (await served.get('/docs/static/swagger-initializer.js')).text()
  expect(script).toContain("resolveUrl('./json')")
  const described = await (await served.get('/docs/json')).json()
  expect(described).toEqual(await (await served.get('/api/v1/openapi.json')).json())
})

it('lets a configured page ask, tells it so beforehand, and no other page', async () => {
  const controlTokens = readTokens(`name=van scope=control token=${TOKEN}`).tokens
  const control = createScripted()
  served = await serve({ controlTokens, origins: [PAGE], control })
  const path = `${served.url}/api/v1/kits/${KIT}/commands`
  const asking = (origin: string, method: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(path, {
      method,
      headers: { origin, ...headers },
      ...(method === 'POST' && { body: JSON.stringify({ command: 'hub.scene', params: { scene: 1 } }) }),
    })
  const beforehand = { 'access-control-request-method': 'POST' }
  const asked = await asking(PAGE, 'OPTIONS', beforehand)
  expect([asked.status, Object.fromEntries(asked.headers)]).toMatchObject([
    204,
    {
      'access-control-allow-origin': PAGE,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key',
      vary: 'origin',
    },
  ])
  const bearer = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const taken = await asking(PAGE, 'POST', bearer)
  expect([taken.status, taken.headers.get('access-control-allow-origin')]).toEqual([202, PAGE])
  for (const [method, headers] of [
    ['OPTIONS', beforehand],
    ['POST', bearer],
    ['GET', bearer],
  ] as const) {
    const refused = await asking('https://evil.example', method, headers)
    expect([refused.status, refused.headers.has('access-control-allow-origin')]).toEqual([403, false])
  }
  const own = await asking(served.url, 'POST', bearer)
  expect([own.status, own.headers.has('access-control-allow-origin')]).toEqual([202, false])
  expect(control.asked).toHaveLength(2)
  const unknown = await asking(PAGE, 'POST', { ...bearer, authorization: 'Bearer x' })
  expect([unknown.status, unknown.headers.get('access-control-allow-origin')]).toEqual([401, PAGE])
})
