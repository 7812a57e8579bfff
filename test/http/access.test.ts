import { connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { bearerToken, isLoopback, isOwnHost, isSameOrigin } from '../../src/http/access.ts'
import { startHttp } from '../../src/http/server.ts'
import { machineTimers } from '../../src/timers.ts'
import { createScripted } from './scripted-control.ts'
import { account, askRaw, healthy, keepIn, NOW, nothingStored, ready, serve, status } from './serve.ts'
import { createVan, KIT } from './van.ts'

const TOKEN = 'a-made-up-token-of-some-length'
const paths = [
  '/api/v1/kits',
  `/api/v1/kits/${KIT}/latest`,
  '/api/v1/collector',
  '/api/v1/commands',
  '/api/v1/commands/some-id',
  '/metrics',
  '/nowhere',
]
const bearer = { authorization: `Bearer ${TOKEN}` }

it('tells loopback from addresses that others reach', () => {
  expect(['127.0.0.1', '127.8.9.1', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true])
  const reachable = ['0.0.0.0', '::', '', '192.168.1.7', '127.evil.example', 'localhost.example', '::ffff:127.0.0.1']
  expect(reachable.filter(isLoopback)).toEqual([])
})

it('reads tokens', () => {
  expect(bearerToken(`bearer ${TOKEN}`)).toBe(TOKEN)
  expect([undefined, '', 'Bearer', 'Bearer ', `Basic ${TOKEN}`, `Bearer ${TOKEN} x`].map(bearerToken)).toEqual(
    Array(6).fill(undefined),
  )
})

it('knows its own names', () => {
  const own = ['127.0.0.1:8484', 'localhost', 'LOCALHOST:1', '[::1]:8484', '10.0.0.1', 'van.lan']
  expect(own.filter((host) => !isOwnHost(host, 'Van.lan'))).toEqual([])
  const foreign = [undefined, '', 'evil.example:8484', 'localhost.evil.example', '127.0.0.1.evil.example', 'a b', '@']
  expect(foreign.filter((host) => isOwnHost(host, '127.0.0.1'))).toEqual([])
  const allowed = ['https://van.example', 'http://boat.example:8080']
  const named = ['van.example', 'VAN.example', 'van.example:443', 'boat.example:8080', 'x.van.example', 'van']
  expect(named.map((host) => isOwnHost(host, '127.0.0.1', allowed))).toEqual([true, true, true, true, false, false])
})

it('knows pages of its own', () => {
  const own = ['http://van.lan:8484', 'https://van.lan:8484']
  expect(own.filter((origin) => !isSameOrigin(origin, 'Van.lan:8484'))).toEqual([])
  const foreign = ['null', '', 'http://van.lan', 'http://evil.example', 'file://van.lan:8484', 'http://van.lan:84841']
  expect(foreign.filter((origin) => isSameOrigin(origin, 'van.lan:8484'))).toEqual([])
  expect(isSameOrigin('http://van.lan:8484', undefined)).toBe(false)
})

it('refuses to start off loopback without a token, and listens nowhere', async () => {
  const { state } = createVan()
  const timers = machineTimers(() => NOW)
  const log = { error: () => undefined, warn: () => undefined }
  const options = {
    port: 0,
    state: () => state,
    status: () => status,
    ready,
    ...timers,
    log,
    control: createScripted(),
    answers: nothingStored,
    rawKeptMs: 0,
    isDemonstration: false,
    doctor: healthy,
  }
  for (const host of ['0.0.0.0', '::', '192.0.2.1'])
    for (const token of [undefined, ''])
      await expect(startHttp({ ...options, host, token })).rejects.toMatchObject({
        code: 'http_token_required',
        help: expect.stringContaining('HTTP_TOKEN'),
      })
})

it.each(['0.0.0.0', '127.0.0.1'])('with a token on %s everything that tells of kits needs it', async (host) => {
  const served = await serve({ host, token: TOKEN })
  try {
    for (const path of paths) {
      const without = await served.get(path)
      expect([path, without.status, without.headers.get('www-authenticate')]).toEqual([
        path,
        401,
        'Bearer realm="powerkits"',
      ])
      expect(without.headers.get('content-type')).toContain('application/problem+json')
      expect(await without.json()).toMatchObject({ type: 'urn:powerkits:problem:token_missing', instance: path })
      const wrong = await served.get(path, { authorization: 'Bearer something-else' })
      expect(await wrong.json()).toMatchObject({ status: 401, type: 'urn:powerkits:problem:token_wrong' })
      expect((await served.get(path, bearer)).status).toBe(
        ['/nowhere', '/api/v1/commands/some-id'].includes(path) ? 404 : 200,
      )
    }
    for (const path of ['/healthz', '/readyz', '/api/v1/openapi.json', '/docs/'])
      expect((await served.get(path)).status).toBe(200)
  } finally {
    await served.close()
  }
})

it('never tells the token', async () => {
  const served = await serve({ token: TOKEN, status: () => ({ ...status, accounts: [account] }) })
  try {
    const answers = await Promise.all(
      [...paths, '/healthz', '/readyz'].flatMap((path) => [served.get(path), served.get(path, bearer)]),
    )
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(texts.filter((text) => text.includes(TOKEN))).toEqual([])
    expect(JSON.stringify(served.logged)).not.toContain(TOKEN)
  } finally {
    await served.close()
  }
})

it('without a token it answers only under its own names', async () => {
  const served = await serve()
  try {
    const { host, port } = new URL(served.url)
    for (const name of [host, `localhost:${port}`, `[::1]:${port}`])
      expect((await askRaw(served.url, '/api/v1/kits', name)).status).toBe(200)
    for (const path of ['/api/v1/kits', '/healthz', '/readyz', '/metrics', '/nowhere']) {
      const refused = await askRaw(served.url, path, `evil.example:${port}`)
      expect(refused.status).toBe(403)
      expect(JSON.parse(refused.body)).toMatchObject({ type: 'urn:powerkits:problem:host_refused' })
    }
  } finally {
    await served.close()
  }
})

it('with a token any name will do: the token is what counts', async () => {
  const served = await serve({ token: TOKEN })
  try {
    expect((await askRaw(served.url, '/healthz', 'van.example')).status).toBe(200)
    expect((await askRaw(served.url, '/api/v1/kits', 'van.example')).status).toBe(401)
    expect((await served.get('/api/v1/kits', { ...bearer, host: 'van.example' })).status).toBe(200)
  } finally {
    await served.close()
  }
})

it('says so when its port is taken, and when it cannot be had', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  try {
    const { port } = other.address() as { port: number }
    await expect(serve({ port })).rejects.toMatchObject({
      code: 'http_port_in_use',
      message: expect.stringContaining(`port ${port}`),
      help: expect.stringContaining('HTTP_PORT'),
    })
  } finally {
    other.close()
  }
  // An address kept for documentation: no machine has it.
  await expect(serve({ host: '192.0.2.1', token: TOKEN })).rejects.toMatchObject({ code: 'http_cannot_listen' })
})

it('frees its port when closed', async () => {
  const served = await serve()
  await served.get('/healthz')
  await served.close()
  const again = await serve({ port: Number(new URL(served.url).port) })
  expect((await again.get('/healthz')).status).toBe(200)
  await again.close()
  await expect(again.get('/healthz')).rejects.toThrow()
})

it('is not kept from closing by a client that does not read', async () => {
  const served = await serve({ after: keepIn((call) => void setImmediate(call)) })
  const { host, hostname, port } = new URL(served.url)
  const asked = `GET /docs/static/swagger-ui-bundle.js HTTP/1.1\r\nhost: ${host}\r\n\r\n`
  const socket = connect(Number(port), hostname, () => socket.write(asked.repeat(40)))
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('readable', resolve))
  await served.close()
  socket.destroy()
})

it('is not kept from closing by a connection over which nothing was asked', async () => {
  // Its time to give up never comes.
  const served = await serve({ after: keepIn(() => undefined) })
  const { hostname, port } = new URL(served.url)
  const socket = connect(Number(port), hostname)
  await new Promise((resolve) => socket.once('connect', resolve))
  expect((await served.get('/healthz')).status).toBe(200)
  await served.close()
  socket.destroy()
})
