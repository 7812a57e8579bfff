/**
 * The real collector with its API on a real socket, before simulated kits in virtual time, under attack: how each hostile
 * request was answered, and what reached the cloud by then.
 */
import { createVirtualCollector, type VirtualCollector } from '../virtual-collector.ts'
import { hostileRequests } from './hostile-requests.ts'
import type { Hostile, Scene, TokenName } from './hostile-scene.ts'
import { type RawAnswer, type RawRequest, sendRaw } from './raw-request.ts'

export interface Refused extends Pick<Hostile, 'group' | 'what' | 'status' | 'code'> {
  readonly got: Pick<Hostile, 'status' | 'code'>
  /** Commands that have reached the cloud so far, whatever it made of them. */
  readonly sent: number
}

const START = Date.UTC(2026, 5, 2, 9)
const token = (name: TokenName): string => `a-made-up-token-of-${name}`
const COMMANDS_A_MINUTE = 400
const REFUSALS_A_MINUTE = 300
const WINDOW_MS = 61_000

const tokensFor = (other: string): string =>
  [
    `name=reader scope=read token=${token('reader')}`,
    `name=van scope=control token=${token('van')}`,
    `name=owner scope=dangerous token=${token('owner')}`,
    `name=guest scope=control kits=${other} token=${token('guest')}`,
    `name=expired scope=dangerous until=2026-06-01 token=${token('expired')}`,
  ].join('; ')

const codeOf = ({ body }: RawAnswer): string | undefined => /"urn:powerkits:problem:(\w+)"/.exec(body)?.[1]

/** One after the other, as a table wants them. */
export interface Attack {
  /** Each of the list. */
  single(): Promise<Refused[]>
  /** A good command and what may be made of having heard it; the first row is the good one. */
  replayed(): Promise<Refused[]>
  /** Far more than anybody needs. */
  flooded(): Promise<Refused[]>
  end(): Promise<void>
}

interface Stage {
  readonly world: VirtualCollector
  readonly scene: Scene
}

const open = async (): Promise<Stage> => {
  // The same seed gives the same kits, so that a token for one of them can be written beforehand.
  const options = { startAt: START, seed: 11, kits: 3 }
  const before = createVirtualCollector(options)
  const [kit, other, offline] = before.cloud.kits.map(({ plan }) => plan.hubSn) as [string, string, string]
  await before.end()
  const env = {
    HTTP_TOKEN: token('http'),
    CONTROL_TOKENS: tokensFor(other),
    CONTROL_COMMANDS_PER_MINUTE: String(COMMANDS_A_MINUTE),
  }
  const world = createVirtualCollector({ ...options, env })
  world.cloud.faults.offline(offline)
  await world.start()
  await world.advance(120_000)
  return { world, scene: { kit, other, offline, token } }
}

const sentTo = ({ world }: Stage): number => world.cloud.commands.received.length

/** Virtual time passes while an answer is waited for. */
const send = async ({ world }: Stage, request: RawRequest): Promise<RawAnswer> => {
  let isDone = false
  const answer = sendRaw(world.collector().url, request).finally(() => {
    isDone = true
  })
  while (!isDone) await world.advance(1)
  return answer
}

const attempt = async (stage: Stage, { group, what, request, status, code }: Hostile): Promise<Refused> => {
  const answer = await send(stage, request)
  const found = codeOf(answer)
  const got = { status: answer.status, ...(found !== undefined && { code: found }) }
  return { group, what, status, ...(code !== undefined && { code }), got, sent: sentTo(stage) }
}

const post = ({ scene }: Stage, by: TokenName, body: object, key?: string): RawRequest => ({
  path: `/api/v1/kits/${scene.kit}/commands`,
  headers: [
    ['content-type', 'application/json'],
    ['authorization', `Bearer ${token(by)}`],
    ...(key === undefined ? [] : [['idempotency-key', key] as const]),
  ],
  body: JSON.stringify(body),
})

const OFF = { command: 'ac-output.switch', params: { on: false } }

const confirmationFor = async (stage: Stage, body: object): Promise<string> => {
  const { confirmation } = JSON.parse((await send(stage, post(stage, 'owner', body))).body) as {
    confirmation: { token: string }
  }
  return confirmation.token
}

const replayed = async (stage: Stage): Promise<Refused[]> => {
  const rows: Refused[] = []
  const attack = async (what: string, request: RawRequest, status: number, code?: string): Promise<void> => {
    rows.push(await attempt(stage, { group: 'replay', what, request, status, ...(code !== undefined && { code }) }))
  }
  const asOwner = (body: object, key?: string): RawRequest => post(stage, 'owner', body, key)
  const late = await confirmationFor(stage, OFF)
  await stage.world.advance(WINDOW_MS)
  await attack('a confirmation that is too old', asOwner({ ...OFF, confirmation: late }), 428, 'confirmation_required')
  const other = { command: 'ac-input.current-limit', params: { amperes: 20 } }
  const ofOther = await confirmationFor(stage, other)
  await attack(
    'the confirmation of another command',
    asOwner({ ...OFF, confirmation: ofOther }),
    428,
    'confirmation_required',
  )
  const highest = { ...other, params: { amperes: 23 }, confirmation: ofOther }
  await attack('with other parameters', asOwner(highest), 428, 'confirmation_required')
  const meant = { ...OFF, confirmation: await confirmationFor(stage, OFF) }
  await attack('(the one good command)', asOwner(meant, 'key-1'), 202)
  await stage.world.advance(1_000)
  await attack('the same again at once', asOwner(meant), 429, 'too_soon')
  await attack('its key with another command', asOwner(other, 'key-1'), 422, 'key_used')
  await stage.world.advance(WINDOW_MS)
  await attack('(its key with itself: how it stands, nothing sent)', asOwner(meant, 'key-1'), 200)
  await attack('its confirmation once more', asOwner(meant), 428, 'confirmation_required')
  return rows
}

/** The last answer to so many of one request. */
const flood = async (stage: Stage, what: string, request: RawRequest, count: number): Promise<Refused> => {
  for (let i = 1; i < count; i++) await send(stage, request)
  return attempt(stage, { group: 'flood', what, request, status: 429, code: 'too_many' })
}

const flooded = async (stage: Stage): Promise<Refused[]> => {
  const unknown = post(stage, 'van', { command: 'x' })
  const wrong = { ...unknown, headers: [['authorization', 'Bearer a-wrong-token-of-some-length']] as const }
  const rightful = { ...post(stage, 'owner', OFF), path: `/api/v1/kits/${stage.scene.kit}/commands?dry-run=true` }
  const mostly = (what: string, request: RawRequest, limit: number): Promise<Refused> =>
    flood(stage, `${limit + 1} ${what}`, request, limit + 1)
  return [
    await mostly('commands that nobody knows', unknown, COMMANDS_A_MINUTE),
    await mostly('wrong tokens', wrong, REFUSALS_A_MINUTE),
    await attempt(stage, { group: 'flood', what: '(a rightful dry run meanwhile)', request: rightful, status: 200 }),
  ]
}

export const startAttack = async (): Promise<Attack> => {
  const stage = await open()
  return {
    single: async () => {
      const rows: Refused[] = []
      for (const hostile of hostileRequests(stage.scene)) rows.push(await attempt(stage, hostile))
      return rows
    },
    replayed: () => replayed(stage),
    flooded: () => flooded(stage),
    end: () => stage.world.end(),
  }
}

/** Answered as expected. */
export const isRefused = ({ status, code, got }: Refused): boolean => got.status === status && got.code === code

/** One line of the table. */
export const rowOf = (refused: Refused): string => {
  const { group, what, got, sent } = refused
  const answer = `${got.status} ${got.code ?? ''}`
  const wrong = isRefused(refused) ? '' : `  WRONG: expected ${refused.status} ${refused.code ?? ''}`
  return `${group.padEnd(7)} ${what.padEnd(58)} ${answer.padEnd(28)} ${String(sent).padStart(4)}${wrong}`
}
