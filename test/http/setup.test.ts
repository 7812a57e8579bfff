import { afterEach, beforeEach, expect, it } from 'vitest'
import { readTokens } from '../../src/http/tokens.ts'
import type { Setup } from '../../src/setup/contract.ts'
import { CODE, type Counter, openCounter } from '../setup/counter.ts'
import { sendRaw } from './raw-request.ts'
import { askRaw, NOW, type Served, serve } from './serve.ts'

const TOKEN = 'a-made-up-token-of-some-length'
const PROBLEM = 'urn:powerkits:problem:'

let counter: Counter
let served: Served
const start = async (setup: Setup | undefined, changes: Parameters<typeof serve>[0] = {}) => {
  served = await serve({ setup, isDemonstration: true, ...changes })
}
beforeEach(async () => {
  counter = await openCounter()
  await start(counter.open())
})
afterEach(async () => {
  await served.close()
  await counter.close()
})

const body = (changes: Readonly<Record<string, unknown>> = {}) => ({
  code: CODE,
  access_key: counter.keys.accessKey,
  secret_key: counter.keys.secretKey,
  region: 'auto',
  ...changes,
})

const post = (path: string, sent: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${served.url}/api/v1/setup${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(sent),
  })

const problemOf = async (answer: Response): Promise<{ type: string; detail: string; status: number }> => {
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  return (await answer.json()) as { type: string; detail: string; status: number }
}

it('checks keys, then saves them, and tells neither', async () => {
  const checked = (await (await post('/check', body())).json()) as { kits: object[]; findings: object[] }
  const [one] = counter.simulator.kitSns
  expect(checked).toMatchObject({ at: NOW, are_keys_taken: true, is_saved: false })
  expect(checked.kits).toContainEqual({ kit_sn: one, name: expect.stringContaining('Van') })
  expect(checked.findings).toContainEqual({ state: 'pass', what: 'main, keys', text: 'the cloud takes them', todo: '' })
  expect(await (await served.get('/api/v1/setup')).json()).toEqual({
    at: NOW,
    is_open: true,
    tries_left: 10,
    is_saved: false,
  })
  const saved = await (await post('', body({ access_key: ` ${counter.keys.accessKey}\n` }))).json()
  expect(saved).toMatchObject({ are_keys_taken: true, is_saved: true })
  const { accessKey, secretKey } = counter.keys
  for (const text of [JSON.stringify([checked, saved]), JSON.stringify(served.logged)])
    for (const secret of [accessKey, secretKey, CODE]) expect(text).not.toContain(secret)
})

it('answers what the cloud does not take with what to do', async () => {
  const answer = await post('', body({ secret_key: 'SkMadeUpForTests9876543210' }))
  expect(answer.status).toBe(200)
  const said = (await answer.json()) as { findings: { what: string; todo: string }[] }
  expect(said).toMatchObject({ are_keys_taken: false, is_saved: false, kits: [] })
  expect(said.findings.find(({ what }) => what === 'main, keys')?.todo).toContain('ECOFLOW_SECRET_KEY')
})

it('refuses wrong codes, and after ten every code', async () => {
  for (let time = 0; time < 9; time++) {
    const problem = await problemOf(await post('/check', body({ code: 'AAAA-AAAA' })))
    expect(problem).toMatchObject({ type: `${PROBLEM}setup_code_wrong`, status: 403 })
  }
  expect(await problemOf(await post('', body({ code: '' })))).toMatchObject({ type: `${PROBLEM}setup_code_spent` })
  const spent = await problemOf(await post('', body()))
  expect(spent).toMatchObject({ type: `${PROBLEM}setup_code_spent`, detail: expect.stringContaining('start it again') })
  expect(await (await served.get('/api/v1/setup')).json()).toMatchObject({ tries_left: 0 })
})

it('is not there when no demonstration runs, and says why', async () => {
  await served.close()
  await start(undefined, { isDemonstration: false })
  for (const path of ['', '/check'])
    expect(await problemOf(await post(path, body()))).toMatchObject({
      type: `${PROBLEM}setup_off`,
      status: 403,
      detail: expect.stringContaining('edit its settings'),
    })
  expect(await (await served.get('/api/v1/setup')).json()).toMatchObject({ is_open: false })
})

it('tells where to put keys that it cannot save', async () => {
  await served.close()
  await start(counter.open({ given: ['ECOFLOW_REGION'] }))
  const problem = await problemOf(await post('', body()))
  expect(problem).toMatchObject({ type: `${PROBLEM}setup_elsewhere`, status: 409 })
  const { elsewhere } = (await (await served.get('/api/v1/setup')).json()) as { elsewhere: string }
  expect(elsewhere).toBe(problem.detail)
})

it('takes nothing else than it asks for, and repeats no key', async () => {
  const wrong = [
    body({ access_key: 'short' }),
    body({ secret_key: 'two MadeUpForTests words' }),
    body({ region: 'MadeUpForTests' }),
    body({ code: 1 }),
    body({ more: 1 }),
    {},
    [],
    'MadeUpForTests',
  ]
  for (const sent of wrong) {
    const answer = await post('', sent)
    const text = await answer.text()
    expect([answer.status, text.includes('MadeUpForTests')]).toEqual([400, false])
  }
  expect((await post('', body({ code: 'x'.repeat(5_000) }))).status).toBe(413)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await post('', body(), form)).status).toBe(415)
  expect(await (await served.get('/api/v1/setup')).json()).toMatchObject({ tries_left: 10 })
})

it('listens to no foreign page and under no foreign name', async () => {
  const foreign = await post('', body(), { origin: 'https://evil.example' })
  expect(await problemOf(foreign)).toMatchObject({ type: `${PROBLEM}origin_refused` })
  const named = await askRaw(served.url, '/api/v1/setup', 'evil.example')
  expect(named.status).toBe(403)
  await served.close()
  await start(counter.open(), { token: TOKEN })
  const { port } = new URL(served.url)
  expect((await askRaw(served.url, '/api/v1/setup', `evil.example:${port}`)).status).toBe(401)
  const headers = [
    ['host', 'evil.example'],
    ['authorization', `Bearer ${TOKEN}`],
  ] as const
  for (const path of ['/api/v1/setup', '/api/v1/setup/check'])
    expect(await sendRaw(served.url, { path, headers })).toMatchObject({
      status: 403,
      body: expect.stringContaining('host_refused'),
    })
})

it('asks for the token as well where there is one, and for one of all kits', async () => {
  await served.close()
  const [guest, reader] = ['made-up-token-of-guest', 'made-up-token-of-reader']
  const { tokens } = readTokens(
    `name=guest scope=dangerous kits=M109ZEB4ZE7B0002 token=${guest};name=reader scope=read token=${reader}`,
  )
  await start(counter.open(), { token: TOKEN, controlTokens: tokens })
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  expect((await post('/check', body())).status).toBe(401)
  expect((await post('/check', body(), bearer('no-token-of-this-server'))).status).toBe(401)
  expect(await problemOf(await post('/check', body(), bearer(guest)))).toMatchObject({
    type: `${PROBLEM}kit_forbidden`,
  })
  for (const token of [TOKEN, reader]) expect((await post('/check', body(), bearer(token))).status).toBe(200)
})
