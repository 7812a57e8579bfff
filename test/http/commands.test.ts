import { afterEach, beforeEach, expect, it } from 'vitest'
import { COMMANDS } from '../../src/catalogue/commands.ts'
import type { Asked } from '../../src/control/control.ts'
import { readTokens } from '../../src/http/tokens.ts'
import { createScripted, PLAN, type ScriptedControl } from './scripted-control.ts'
import { keepIn, NOW, type Served, serve } from './serve.ts'
import { KIT, START } from './van.ts'

const OTHER = 'M109ZEB4ZE7B0002'
const token = (name: string): string => `made-up-token-of-${name}`
const bearer = (name: string): Record<string, string> => ({ authorization: `Bearer ${token(name)}` })
const { tokens, problems } = readTokens(
  [
    `name=reader scope=read token=${token('reader')}`,
    `name=van scope=control token=${token('van')}`,
    `name=owner scope=dangerous token=${token('owner')}`,
    `name=guest scope=control kits=${OTHER} token=${token('guest')}`,
  ].join(';'),
)

let control: ScriptedControl
let served: Served
const start = async (refuse?: Parameters<typeof createScripted>[0], changes: Parameters<typeof serve>[0] = {}) => {
  control = createScripted(refuse)
  served = await serve({ control, controlTokens: tokens, ...changes })
}
beforeEach(() => start())
afterEach(() => served.close())

const BODY = { command: 'ac-output.switch', params: { on: true } }

const post = (by: string, body: unknown = BODY, query = '', headers = {}): Promise<Response> =>
  fetch(`${served.url}/api/v1/kits/${KIT}/commands${query}`, {
    method: 'POST',
    headers: { ...bearer(by), 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const told = async (answer: Response): Promise<object> => {
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  return (await answer.json()) as object
}

it('has tokens that can be read', () => expect(problems).toEqual([]))

it('hands a command on, with who asks and what that one may do, and says where it stands', async () => {
  const answer = await post('van', BODY, '', { 'idempotency-key': 'key-1' })
  expect([answer.status, answer.headers.get('location')]).toEqual([202, '/api/v1/commands/id-1'])
  const asked: Asked = {
    kitSn: KIT,
    ...BODY,
    by: 'van',
    mayDanger: false,
    idempotencyKey: 'key-1',
    isDryRun: false,
  }
  expect(control.asked).toEqual([asked])
  const command = {
    id: 'id-1',
    wire_id: 1,
    kit_sn: KIT,
    command: 'ac-output.switch',
    operate_type: 'dischgIcParaSet',
    params: { on: true },
    by: 'van',
    state: 'accepted',
    is_ended: false,
    is_acknowledged: false,
    transport: 'mqtt',
    asked_ms: START,
    text: 'Checked; it is being sent.',
  }
  const { transport, to, message, checks, readBack } = PLAN
  expect(await answer.json()).toEqual({ command, plan: { transport, to, message, checks, read_back: readBack } })
  expect(await (await served.get('/api/v1/commands/id-1', bearer('reader'))).json()).toEqual(command)
  expect(await (await served.get(`/api/v1/kits/${KIT}/commands`, bearer('reader'))).json()).toEqual({
    at: NOW,
    kit_sn: KIT,
    commands: [command],
  })
  await post('owner', { ...BODY, confirmation: 'yes-1' })
  expect(control.asked[1]).toMatchObject({ by: 'owner', mayDanger: true, confirmation: 'yes-1' })
})

it('only tells what would be sent in a dry run', async () => {
  const answer = await post('van', BODY, '?dry-run=true&wait=confirmed')
  expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
  expect(Object.keys((await answer.json()) as object)).toEqual(['plan'])
  expect(control.asked).toMatchObject([{ isDryRun: true }])
})

it.each([
  ['sent', { state: 'sent', sentAt: NOW + 100 }, 202],
  ['acknowledged', { state: 'sent', isAcknowledged: true, acknowledgedAt: NOW + 200 }, 202],
  ['confirmed', { state: 'confirmed', endedAt: NOW + 300 }, 200],
  ['acknowledged', { state: 'failed', endedAt: NOW + 300 }, 200],
  ['confirmed', { state: 'unconfirmed', endedAt: NOW + 300 }, 200],
] as const)('waits until it is %s, or has ended', async (wish, changes, status) => {
  const waiting = post('van', BODY, `?wait=${wish}`)
  await expect.poll(() => control.followers('id-1')).toBe(1)
  if (wish !== 'sent') control.change('id-1', { text: 'Nothing that is waited for.' })
  control.change('id-1', changes)
  const answer = await waiting
  expect(answer.status).toBe(status)
  expect(await answer.json()).toMatchObject({ command: { state: changes.state, is_ended: status === 200 } })
  await expect.poll(() => control.followers('id-1')).toBe(0)
})

it('waits no longer than it says', async () => {
  await served.close()
  await start(undefined, { after: keepIn((call) => void setImmediate(call)) })
  const answer = await post('van', BODY, '?wait=confirmed')
  expect([answer.status, control.followers('id-1')]).toEqual([202, 0])
})

it('streams the states of a command until it has ended', async () => {
  await post('van')
  const stream = await served.get('/api/v1/commands/id-1/events', bearer('reader'))
  expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  await expect.poll(() => control.followers('id-1')).toBe(1)
  control.change('id-1', { state: 'sent', sentAt: NOW + 100 })
  control.change('id-1', { isAcknowledged: true })
  control.change('id-1', { state: 'confirmed', endedAt: NOW + 300 })
  const events = (await stream.text())
    .trim()
    .split('\n\n')
    .map((event) => event.split('\n'))
  expect(events.map(([name]) => name)).toEqual(['event: accepted', 'event: sent', 'event: sent', 'event: confirmed'])
  expect(JSON.parse(events[3]![1]!.slice('data: '.length))).toMatchObject({ id: 'id-1', is_ended: true })
  await expect.poll(() => control.followers('id-1')).toBe(0)
  const after = await (await served.get('/api/v1/commands/id-1/events', bearer('reader'))).text()
  expect(after).toMatch(/^event: confirmed\ndata: .*\n\n$/)
})

it('keeps a stream alive, and ends it with the client or the server', async () => {
  await served.close()
  const beats: (() => void)[] = []
  await start(undefined, { after: keepIn((call) => void beats.push(call)) })
  await post('van')
  const leaving = new AbortController()
  const headers = bearer('reader')
  const url = `${served.url}/api/v1/commands/id-1/events`
  const left = await fetch(url, { headers, signal: leaving.signal })
  const stays = await fetch(url, { headers })
  await expect.poll(() => control.followers('id-1')).toBe(2)
  for (const beat of beats.splice(0)) beat()
  leaving.abort()
  await expect(left.text()).rejects.toThrow('aborted')
  await expect.poll(() => control.followers('id-1')).toBe(1)
  const waiting = post('van', BODY, '?wait=confirmed')
  await expect.poll(() => control.followers('id-2')).toBe(1)
  await served.close()
  expect((await waiting).status).toBe(202)
  expect(await stays.text()).toMatch(/^event: accepted\n.*\n\n: still here\n\n$/)
  expect([control.followers('id-1'), control.followers('id-2')]).toEqual([0, 0])
})

it('tells why a command is not sent, with the second step of a dangerous one', async () => {
  await served.close()
  const confirmation = { token: 'yes-1', expiresAt: NOW + 60_000 }
  await start(({ confirmation: given }) =>
    given === 'yes-1'
      ? undefined
      : { isOk: false, refusal: { code: 'confirmation_needed', status: 428, text: 'This cuts power.', confirmation } },
  )
  const first = await post('owner')
  expect([first.status, await told(first)]).toEqual([
    428,
    {
      type: 'urn:powerkits:problem:confirmation_needed',
      title: 'The command is not sent',
      status: 428,
      detail: 'This cuts power.',
      instance: `/api/v1/kits/${KIT}/commands`,
      confirmation: { token: 'yes-1', expires_at: NOW + 60_000 },
    },
  ])
  expect((await post('owner', { ...BODY, confirmation: 'yes-1' })).status).toBe(202)
})

it('keeps a token to its scope and its kits', async () => {
  expect(await told(await post('reader'))).toMatchObject({
    status: 403,
    type: 'urn:powerkits:problem:scope_missing',
    detail: expect.stringContaining('scope=control'),
  })
  expect(await told(await post('guest'))).toMatchObject({
    status: 403,
    type: 'urn:powerkits:problem:kit_forbidden',
    detail: expect.stringContaining(OTHER),
  })
  expect(control.asked).toEqual([])
  await post('van')
  const ofOthers = [`/api/v1/kits/${KIT}`, `/api/v1/kits/${KIT}/commands`, '/api/v1/collector', '/metrics']
  for (const path of ofOthers) expect([path, (await served.get(path, bearer('guest'))).status]).toEqual([path, 403])
  for (const rest of ['', '/events'])
    expect(await told(await served.get(`/api/v1/commands/id-1${rest}`, bearer('guest')))).toMatchObject({
      type: 'urn:powerkits:problem:command_id_unknown',
    })
  expect(await (await served.get('/api/v1/kits', bearer('guest'))).json()).toMatchObject({ kits: [{ kit_sn: OTHER }] })
})

it('names only its own kits to a token', async () => {
  const some = readTokens(`name=guest scope=read kits=${OTHER},M109ZEB4ZE7B0009 token=${token('guest')}`).tokens
  await served.close()
  await start(undefined, { controlTokens: some })
  expect(await told(await served.get('/api/v1/kits/M109ZEB4ZE7B0009', bearer('guest')))).toMatchObject({
    known_kits: [OTHER],
  })
})

it('takes no command until there are tokens', async () => {
  await served.close()
  await start(undefined, { controlTokens: [] })
  expect(await told(await post('van'))).toMatchObject({ status: 403, type: 'urn:powerkits:problem:control_off' })
  expect(await (await served.get('/api/v1/commands')).json()).toMatchObject({ is_enabled: false })
})

it('lists the catalogue with the schemas of its parameters', async () => {
  const { is_enabled, commands } = (await (await served.get('/api/v1/commands')).json()) as {
    is_enabled: boolean
    commands: { name: string; params: { properties: object }; danger?: object }[]
  }
  expect([is_enabled, commands.map(({ name }) => name)]).toEqual([true, COMMANDS.map(({ name }) => name)])
  expect(commands.find(({ name }) => name === 'dc-output.switch')).toMatchObject({
    operate_type: 'dischgParaSet',
    params: { properties: { on: { type: 'boolean' } }, additionalProperties: false },
    danger: { when: 'when switched off' },
    reads_back: { on: { measurement: 'dc_output', field: 'is_on', is_by_circuit: false } },
  })
  expect(commands.find(({ name }) => name === 'dc-panel.circuit-switch')).toMatchObject({ needs: 'lddc' })
  expect(commands.find(({ name }) => name === 'battery.power-off')).toMatchObject({ reads_back: {} })
})

it('knows no command of a kit or an id that it does not know', async () => {
  const of = (path: string) => served.get(path, bearer('van'))
  expect(await told(await of('/api/v1/kits/M109/commands'))).toMatchObject({ status: 404, known_kits: [KIT, OTHER] })
  expect(await told(await of('/api/v1/commands/id-9'))).toMatchObject({
    type: 'urn:powerkits:problem:command_id_unknown',
  })
})

it('limits how often a token may ask, each for itself', async () => {
  await served.close()
  await start(undefined, { commandsAMinute: 3 })
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await post('van')).status)
  expect(statuses).toEqual([202, 202, 202, 429])
  const limited = await post('van')
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await told(limited)).toMatchObject({ type: 'urn:powerkits:problem:too_many' })
  expect((await post('owner')).status).toBe(202)
  expect((await served.get('/api/v1/kits', bearer('van'))).status).toBe(200)
})
