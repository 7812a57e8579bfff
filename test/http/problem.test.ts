import { createConnection } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createState } from '../../src/track/state.ts'
import { askRaw, NOW, type Served, serve } from './serve.ts'
import { createEmpty, createVan, KIT, push } from './van.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.close())

interface Told {
  readonly status: number
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly instance: string
  readonly known_kits?: readonly string[]
}

/** The problem that a response tells, checked to be one. */
const told = async (answer: Response): Promise<Told> => {
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  const problem = (await answer.json()) as Told
  expect(problem.status).toBe(answer.status)
  for (const key of ['type', 'title', 'detail', 'instance'] as const) expect(problem[key]).not.toBe('')
  return problem
}

it.each(['', '/modules', '/latest'])('names the kits it knows when asked for another%s', async (rest) => {
  const problem = await told(await served.get(`/api/v1/kits/M109ZEB4ZE7B0009${rest}`))
  expect(problem).toMatchObject({
    status: 404,
    type: 'urn:powerkits:problem:kit_unknown',
    instance: `/api/v1/kits/M109ZEB4ZE7B0009${rest}`,
    known_kits: [KIT, 'M109ZEB4ZE7B0002'],
  })
  expect(problem.detail).toContain('M109ZEB4ZE7B0009')
  expect(problem.detail).toContain(KIT)
})

it('names no more than fifty kits, and says how many others there are', async () => {
  const track = createEmpty()
  for (let i = 0; i < 63; i++) push(track, `M109ZEB4ZE8B${1000 + i}`, 'M1093-DCOU-0A1B2', { batVol: 52_000 }, NOW)
  const fleet = await serve({ state: () => track.state })
  try {
    const problem = await told(await fleet.get('/api/v1/kits/M109'))
    expect(problem.known_kits).toHaveLength(50)
    expect(problem.detail).toContain('and 13 more')
  } finally {
    await fleet.close()
  }
})

it('says so when no kit is known yet', async () => {
  const state = createState()
  const empty = await serve({ state: () => state })
  try {
    expect((await told(await empty.get(`/api/v1/kits/${KIT}`))).detail).toContain('None is known yet')
    expect(await (await empty.get('/api/v1/kits')).json()).toEqual({ at: NOW, is_demonstration: false, kits: [] })
  } finally {
    await empty.close()
  }
})

it('refuses unknown paths and methods', async () => {
  expect(await told(await served.get('/api/v1/batteries?token=x'))).toMatchObject({
    status: 404,
    type: 'urn:powerkits:problem:path_unknown',
    instance: '/api/v1/batteries',
  })
  const posted = await fetch(`${served.url}/api/v1/kits`, { method: 'POST', body: '{}' })
  expect(posted.status).toBeGreaterThanOrEqual(400)
  expect(posted.status).toBeLessThan(500)
  await told(posted)
})

it('refuses parameters that it would ignore, and names them', async () => {
  const problem = await told(await served.get(`/api/v1/kits/${KIT}/latest?from=yesterday`))
  expect(problem).toMatchObject({ status: 400, type: 'urn:powerkits:problem:parameter_invalid' })
  expect(problem.detail).toContain('from')
  expect(await told(await served.get(`/api/v1/kits/${'M'.repeat(200)}`))).toMatchObject({ status: 400 })
})

it('takes serial numbers with any letters, escaped in the path', async () => {
  const track = createEmpty()
  const strange = ['a b', 'ä電', '50%', 'x?y#z', '"><script>', '..', '__proto__', 'c:d;e=f&g']
  for (const sn of strange) push(track, sn, 'M1093-DCOU-0A1B2', { batVol: 52_000 }, NOW)
  const odd = await serve({ state: () => track.state })
  try {
    for (const sn of strange) {
      const path = `/api/v1/kits/${encodeURIComponent(sn).replaceAll('.', '%2E')}/latest`
      const { status, body } = await askRaw(odd.url, path, 'localhost')
      expect([sn, status]).toEqual([sn, 200])
      expect(JSON.parse(body)).toMatchObject({ kit_sn: sn, modules: [{ module_sn: 'M1093-DCOU-0A1B2' }] })
    }
    const problem = await told(await odd.get(`/api/v1/kits/${encodeURIComponent('</script>/"\n')}`))
    expect(problem.detail).toContain('</script>/"\n')
    expect(problem.instance).toBe('/api/v1/kits/%3C%2Fscript%3E%2F%22%0A')
  } finally {
    await odd.close()
  }
})

it('answers a path that cannot be read', async () => {
  const { status, body } = await askRaw(served.url, '/api/v1/kits/%E0%A4%A', 'localhost')
  expect(status).toBe(400)
  expect(JSON.parse(body)).toMatchObject({ type: 'urn:powerkits:problem:request_invalid', status: 400 })
})

it('answers what is not HTTP at all', async () => {
  const { port } = new URL(served.url)
  const answer = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = createConnection(Number(port), '127.0.0.1', () => socket.write('BLAH\r\n\r\n'))
    socket.on('data', (part) => {
      text += part
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('application/problem+json')
  expect(answer).toContain('urn:powerkits:problem:request_invalid')
})

it('keeps a failure of its own for the log', async () => {
  const failing = await serve({
    state: () => {
      throw new Error('secret-inner-reason')
    },
  })
  try {
    const answer = await failing.get('/api/v1/kits')
    const text = await answer.clone().text()
    expect(await told(answer)).toMatchObject({ status: 500, type: 'urn:powerkits:problem:failed' })
    expect(text).not.toMatch(/secret-inner-reason|\.ts|at .*\(/)
    expect(failing.logged).toHaveLength(1)
    expect(failing.logged[0]![0]).toMatchObject({ err: { message: 'secret-inner-reason' } })
  } finally {
    await failing.close()
  }
})

it('sends its security headers with every answer', async () => {
  const { state } = createVan()
  const token = 'a-made-up-token-of-some-length'
  const guarded = await serve({ token, state: () => state })
  try {
    const paths = ['/healthz', '/api/v1/kits', '/nowhere', '/api/v1/kits/%E0%A4%A']
    for (const path of paths) {
      const { headers } = await guarded.get(path)
      expect([path, headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual([
        path,
        'nosniff',
        'no-store',
      ])
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.has('access-control-allow-origin')).toBe(false)
    }
  } finally {
    await guarded.close()
  }
})
