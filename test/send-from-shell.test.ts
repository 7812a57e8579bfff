/** `powerkits set`: what is typed, sent through a running collector, and what is told of it. */
import { afterEach, describe, expect, it } from 'vitest'
import { readSettings } from '../src/config.ts'
import { CollectorError } from '../src/errors.ts'
import { readParams, sendFromShell, type Typed } from '../src/send-from-shell.ts'
import { createVirtualCollector, type VirtualCollector } from './virtual-collector.ts'

const START = Date.UTC(2026, 5, 14, 9)
const KIT = 'M109ZEB4ZE7B0001'
const TOKENS = [
  'name=reader scope=read token=made-up-reader-0001',
  'name=other scope=dangerous kits=M109ZEB4ZE7B0002 token=made-up-other-00001',
  'name=old scope=dangerous until=2020-01-01 token=made-up-old-0000001',
  'name=owner scope=control token=made-up-owner-00001',
].join(';')

const typed = (changes: Partial<Typed> = {}): Typed => ({
  kitSn: KIT,
  command: 'battery.charge-limit',
  given: ['percent=80'],
  isDryRun: false,
  isMeant: false,
  ...changes,
})

const failureOf = async (work: Promise<unknown>): Promise<CollectorError> => {
  const error = await work.then(() => undefined).catch((cause: unknown) => cause)
  expect(error).toBeInstanceOf(CollectorError)
  return error as CollectorError
}

describe('parameters', () => {
  it.each([
    ['battery.charge-limit', ['percent=80'], { percent: 80 }],
    ['dc-output.switch', ['on=off'], { on: false }],
    ['dc-panel.circuit-name', ['circuit=3', 'name=12=on'], { circuit: 3, name: '12=on' }],
    ['hub.name', ['name=12'], { name: '12' }],
    ['battery.charge-limit', ['percent=80%'], { percent: '80%' }],
    ['no.such', ['a=1', 'b=yes', 'c=', 'd=-0.5'], { a: 1, b: true, c: '', d: -0.5 }],
  ])('%s %j', (command, given, params) => {
    expect(readParams(command, given)).toEqual(params)
  })

  it.each([[['percent']], [['=80']], [['percent=1', 'percent=2']]])('%j are none', (given) => {
    expect(() => readParams('battery.charge-limit', given)).toThrow(CollectorError)
  })
})

/** A collector that answers as told; what it was asked. */
const scripted = (answers: readonly (readonly [status: number, answer: object] | Error)[]) => {
  const asked: { method: string; url: string; token: string; body: unknown }[] = []
  const said: string[] = []
  const send = (async (url: string, init: { method: string; headers: Record<string, string>; body?: string }) => {
    const { method, headers, body } = init
    asked.push({ method, url, token: headers.authorization!, body: body === undefined ? undefined : JSON.parse(body) })
    const answer = answers[asked.length - 1]!
    if (answer instanceof Error) throw answer
    return new Response(JSON.stringify(answer[1]), { status: answer[0] })
  }) as unknown as typeof fetch
  const settings = readSettings({ CONTROL_TOKENS: TOKENS, HTTP_PORT: '9000' })
  const shell = { send, now: () => START, sleep: async () => undefined, print: (line: string) => void said.push(line) }
  return { asked, said, run: (what: Typed) => sendFromShell(what, settings, shell) }
}

const command = { id: 'one', state: 'accepted', is_ended: false, is_acknowledged: false, text: 'It is being sent.' }
const plan = { transport: 'mqtt', to: '/open/a/b/set', message: { id: 1 }, checks: ['looked at'], read_back: 'seen' }

describe('a command from the shell', () => {
  it('goes with the token for the kit, and is looked at until it has ended', async () => {
    const ended = { ...command, state: 'confirmed', is_ended: true, is_acknowledged: true, text: 'The kit says so.' }
    const { run, asked, said } = scripted([
      [202, { command, plan }],
      [200, command],
      [200, ended],
    ])
    expect(await run(typed())).toBe(true)
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST http://127.0.0.1:9000/api/v1/kits/${KIT}/commands?wait=confirmed`,
      'GET http://127.0.0.1:9000/api/v1/commands/one',
      'GET http://127.0.0.1:9000/api/v1/commands/one',
    ])
    expect(asked[0]).toMatchObject({
      token: 'Bearer made-up-owner-00001',
      body: { command: 'battery.charge-limit', params: { percent: 80 } },
    })
    expect(said).toEqual(['confirmed, acknowledged: The kit says so.', 'It is one in /api/v1/commands.'])
  })

  it('that is not confirmed ends with a no', async () => {
    const ended = { ...command, state: 'contradicted', is_ended: true }
    expect(await scripted([[200, { command: ended, plan }]]).run(typed())).toBe(false)
  })

  it('is shown by a dry run', async () => {
    const { run, asked, said } = scripted([[200, { plan }]])
    expect(await run(typed({ isDryRun: true }))).toBe(true)
    expect(asked[0]!.url).toMatch(/\?dry-run=true$/)
    expect(said).toEqual(['Would go by mqtt to /open/a/b/set', '{"id":1}', '- looked at', 'Read back: seen'])
  })

  it('that is dangerous needs --yes, which takes the second step', async () => {
    const refusal = [428, { detail: 'This is dangerous.', confirmation: { token: 't', expires_at: 1 } }] as const
    const refused = scripted([refusal])
    const error = await failureOf(refused.run(typed()))
    expect([error.message, error.help, refused.asked.length]).toEqual([
      'This is dangerous.',
      'If it is meant, add --yes.',
      1,
    ])
    const ended = { ...command, state: 'confirmed', is_ended: true }
    const meant = scripted([refusal, [200, { command: ended, plan }]])
    expect(await meant.run(typed({ isMeant: true }))).toBe(true)
    expect(meant.asked[1]!.body).toMatchObject({ confirmation: 't' })
  })

  it.each([
    [[409, { detail: 'It is away.' }] as const, 'command_refused', 'It is away.'],
    [new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }), 'collector_not_reached', '127.0.0.1:9000'],
    [new TypeError('terminated'), 'command_out_of_sight', 'stopped answering'],
  ])('that does not get through is told as what it is: %s', async (answer, code, words) => {
    const error = await failureOf(scripted([answer]).run(typed()))
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(words)])
  })

  it('without a token for the kit is not even asked for', async () => {
    const settings = readSettings({ CONTROL_TOKENS: 'name=reader scope=read token=made-up-reader-0001' })
    const send = () => Promise.reject(new Error('asked'))
    const shell = { send, now: () => START, sleep: async () => undefined, print: () => undefined }
    expect((await failureOf(sendFromShell(typed(), settings, shell))).code).toBe('control_token_missing')
  })
})

describe('through the real collector', () => {
  let world: VirtualCollector | undefined
  afterEach(() => world?.end())

  it('a simulated kit does it', async () => {
    const env = { CONTROL_TOKENS: 'name=owner scope=dangerous token=made-up-owner-00001' }
    world = createVirtualCollector({ startAt: START, seed: 5, kits: 1, env })
    await world.start()
    await world.advance(120_000)
    const said: string[] = []
    const settings = readSettings({ ...env, HTTP_PORT: new URL(world.collector().url).port })
    const shell = {
      send: fetch,
      now: world.time.now,
      sleep: async () => undefined,
      print: (line: string) => void said.push(line),
    }
    const kitSn = world.cloud.kits[0]!.plan.hubSn
    let isDone = false
    const done = sendFromShell(
      typed({ kitSn, command: 'dc-output.switch', given: ['on=off'], isMeant: true }),
      settings,
      shell,
    )
    void done.finally(() => {
      isDone = true
    })
    while (!isDone) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      await world.advance(250)
    }
    expect(await done).toBe(true)
    expect(said[0]).toMatch(/^confirmed(?:, acknowledged)?: The kit reports what was asked.$/)
    expect(world.cloud.commands.received).toMatchObject([{ operateType: 'dischgParaSet', fate: 'done' }])
  })
})
