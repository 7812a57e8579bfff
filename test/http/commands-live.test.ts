/** Commands over a real socket to the real collector, whose simulated kits carry them out in virtual time. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createVirtualCollector, type VirtualCollector } from '../virtual-collector.ts'

const TOKEN = 'a-made-up-token-of-some-length'
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }

let world: VirtualCollector
let kit: string
beforeAll(async () => {
  const env = { CONTROL_TOKENS: `name=owner scope=dangerous token=${TOKEN}` }
  world = createVirtualCollector({ startAt: Date.UTC(2026, 5, 3, 9), seed: 7, kits: 1, env })
  await world.start()
  await world.advance(120_000)
  kit = world.cloud.kits[0]!.plan.hubSn
})
afterAll(() => world.end())

interface Told {
  readonly id: string
  readonly state: string
  readonly text: string
  readonly is_ended: boolean
  readonly is_acknowledged: boolean
}

/** Virtual time passes while an answer is waited for. */
const through = async <T>(work: Promise<T>): Promise<T> => {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  while (!isDone) await world.advance(50)
  return done
}

const post = (body: object, query = '', more: Record<string, string> = {}): Promise<Response> => {
  const url = `${world.collector().url}/api/v1/kits/${kit}/commands${query}`
  return through(fetch(url, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) }))
}

const read = async <T>(path: string): Promise<T> =>
  (await through(fetch(`${world.collector().url}/api/v1${path}`, { headers }))).json() as Promise<T>

const LIMIT = { command: 'battery.charge-limit', params: { percent: 91 } }

it('plans without sending, sends once, and waits until the kit shows it', async () => {
  const { received } = world.cloud.commands
  const { plan } = (await (await post(LIMIT, '?dry-run=true')).json()) as { plan: { to: string; message: object } }
  expect(plan.to).toMatch(new RegExp(`^/open/.+/${kit}/set$`))
  expect(plan.message).toMatchObject({ operateType: 'socUpperLimit', params: { maxChgSoc: 91 } })
  expect(received).toHaveLength(0)
  const answer = await post(LIMIT, '?wait=confirmed', { 'idempotency-key': 'evening' })
  expect(answer.status).toBe(200)
  const { command } = (await answer.json()) as { command: Told }
  expect(command).toMatchObject({ state: 'confirmed', is_ended: true, by: 'owner', transport: 'mqtt' })
  const again = (await (await post(LIMIT, '', { 'idempotency-key': 'evening' })).json()) as { command: Told }
  expect([again.command.id, received.length]).toEqual([command.id, 1])
  expect(received).toMatchObject([{ operateType: 'socUpperLimit', fate: 'done' }])
})

it('tells each state as it comes, after a second step where one is needed', async () => {
  const off = { command: 'dc-output.switch', params: { on: false } }
  const first = await post(off)
  const { confirmation, detail } = (await first.json()) as { confirmation: { token: string }; detail: string }
  expect([first.status, detail]).toEqual([428, expect.stringContaining('dangerous')])
  const { command } = (await (await post({ ...off, confirmation: confirmation.token })).json()) as { command: Told }
  const stream = await fetch(`${world.collector().url}/api/v1/commands/${command.id}/events`, { headers })
  const text = await through(stream.text())
  const states = text
    .split('\n\n')
    .filter((event) => event.startsWith('event: '))
    .map((event) => JSON.parse(event.slice(event.indexOf('data: ') + 'data: '.length)) as Told)
  expect(states.at(-1)).toMatchObject({ state: 'confirmed', is_acknowledged: true })
  expect(states.slice(0, -1).every(({ is_ended }) => !is_ended)).toBe(true)
})

it('knows its commands again after a restart', async () => {
  const before = await read<{ commands: Told[] }>(`/kits/${kit}/commands`)
  expect(before.commands).toHaveLength(2)
  await world.stop()
  await world.start()
  expect((await read<{ commands: Told[] }>(`/kits/${kit}/commands`)).commands).toEqual(before.commands)
  const [latest] = before.commands
  expect(await read<Told>(`/commands/${latest!.id}`)).toEqual(latest)
})
