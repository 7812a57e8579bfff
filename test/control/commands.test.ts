/** Set commands through the real collector to simulated kits, in virtual time: each end that one can come to. */
import { afterEach, describe, expect, it } from 'vitest'
import type { CommandRecord } from '../../src/control/command-record.ts'
import type { Answer, Asked } from '../../src/control/control.ts'
import { createVirtualCollector, type VirtualCollector } from '../virtual-collector.ts'

const START = Date.UTC(2026, 5, 14, 9)
const SECOND = 1_000
const MINUTE = 60 * SECOND

const worlds: VirtualCollector[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.end()
})

const start = async (env: Readonly<Record<string, string>> = {}) => {
  const world = createVirtualCollector({ startAt: START, seed: 5, kits: 1, env })
  worlds.push(world)
  await world.start()
  await world.advance(2 * MINUTE)
  const sn = world.cloud.kits[0]!.plan.hubSn
  const ask = (command: string, params: object = {}, more: Partial<Asked> = {}): Promise<Answer> => {
    const asked = { kitSn: sn, command, params, by: 'owner', mayDanger: true, isDryRun: false, ...more }
    return world.collector().control.ask(asked)
  }
  const send = async (command: string, params: object = {}): Promise<string> => {
    const answer = await ask(command, params)
    if (!answer.isOk) throw new Error(answer.refusal.text)
    return answer.record!.id
  }
  const get = (id: string): CommandRecord => world.collector().control.get(id)!
  const received = () => world.cloud.commands.received
  const quirk = (what: Parameters<typeof world.cloud.faults.quirk>[1]) =>
    world.cloud.faults.quirk(sn, what, { times: 1 })
  return { world, sn, ask, send, get, received, quirk, faults: world.cloud.faults }
}

const LIMIT = 'battery.charge-limit'

describe('a command', () => {
  it('is recorded, taken by the broker, answered by the kit, and seen in what it reports', async () => {
    const { world, send, get, received, sn } = await start()
    const id = await send(LIMIT, { percent: 80 })
    const states: string[] = []
    world.collector().control.follow(id, ({ state, isAcknowledged }) => states.push(`${state} ${isAcknowledged}`))
    await world.advance(30 * SECOND)
    expect(get(id)).toMatchObject({ state: 'confirmed', transport: 'mqtt', isAcknowledged: true })
    expect(states.at(-1)).toBe('confirmed true')
    expect(received()).toMatchObject([{ kitSn: sn, transport: 'mqtt', operateType: 'socUpperLimit', fate: 'done' }])
    const { askedAt, sentAt, acknowledgedAt, endedAt } = get(id)
    expect([askedAt <= sentAt!, sentAt! <= endedAt!, acknowledgedAt! <= endedAt!]).toEqual([true, true, true])
  })

  it('goes by HTTP where there is no session, and is confirmed by polls', async () => {
    const { world, send, get, received, faults } = await start()
    faults.unreachable('mqtt')
    await world.advance(SECOND)
    const id = await send(LIMIT, { percent: 80 })
    await world.advance(90 * SECOND)
    expect(get(id)).toMatchObject({ state: 'confirmed', transport: 'http', isAcknowledged: false })
    expect(received()).toMatchObject([{ transport: 'http', fate: 'done' }])
  })

  it('that shows without a reply is confirmed all the same', async () => {
    const { world, send, get, quirk } = await start()
    quirk({ replies: 0 })
    const id = await send(LIMIT, { percent: 80 })
    await world.advance(30 * SECOND)
    expect(get(id)).toMatchObject({ state: 'confirmed', isAcknowledged: false })
    expect(get(id).acknowledgedAt).toBeUndefined()
  })

  it('that the kit takes and does not do is contradicted', async () => {
    const { world, send, get, quirk } = await start()
    quirk({ effectAfterMs: Number.POSITIVE_INFINITY })
    const id = await send(LIMIT, { percent: 80 })
    await world.advance(55 * SECOND)
    expect(get(id)).toMatchObject({ state: 'sent', isAcknowledged: true })
    await world.advance(15 * SECOND)
    expect(get(id)).toMatchObject({ state: 'contradicted', isAcknowledged: true })
    expect(get(id).text).toMatch(/bmsChgUpline of bmstotal is 100, where 80 was asked.*had replied/)
  })

  it('whose effect comes late is not called contradicted before', async () => {
    const { world, send, get, quirk } = await start()
    quirk({ effectAfterMs: 35 * SECOND })
    const id = await send(LIMIT, { percent: 80 })
    await world.advance(70 * SECOND)
    expect(get(id)).toMatchObject({ state: 'confirmed' })
  })

  it('that the kit refuses has failed', async () => {
    const { world, send, get, quirk } = await start()
    quirk({ retSta: 3, replies: 2 })
    const id = await send(LIMIT, { percent: 80 })
    await world.advance(5 * SECOND)
    expect(get(id)).toMatchObject({ state: 'failed', isAcknowledged: false })
    expect(get(id).text).toContain('says 3')
  })

  it('that the cloud refuses has failed, in the words of its code', async () => {
    const { world, sn, send, get, faults, received } = await start()
    faults.unreachable('mqtt')
    faults.http(sn, { kind: 'code', code: '1008' }, { times: 1, path: 'quota' })
    await world.advance(SECOND)
    const id = await send(LIMIT, { percent: 80 })
    await world.advance(5 * SECOND)
    expect(get(id)).toMatchObject({ state: 'failed', transport: 'http' })
    expect(get(id).text).toMatch(/code 1008.*not carried out/)
    expect(received().filter(({ fate }) => fate === 'done')).toEqual([])
  })

  it('whose way broke is not sent again, and ends by what the kit shows', async () => {
    const { world, send, get, quirk, received } = await start()
    quirk({ lost: 'answer' })
    const carriedOut = await send(LIMIT, { percent: 80 })
    await world.advance(90 * SECOND)
    quirk({ lost: 'command' })
    const lost = await send(LIMIT, { percent: 70 })
    await world.advance(90 * SECOND)
    expect(get(carriedOut).state).toMatch(/confirmed$/)
    expect(get(lost).state).toMatch(/^(?:contradicted|unconfirmed)$/)
    expect(get(lost).text).toMatch(/not known.*not sent again/)
    expect(received()).toHaveLength(2)
  })

  it.each([
    ['signed by others', { isForeign: true }],
    ['with an id of its own', { hasOtherId: true, replies: 2 }],
    ['that says nothing of success', { verdict: 'bare' }],
    ['with code and ack', { verdict: 'ack' }],
  ] as const)('is acknowledged by a reply %s', async (_how, said) => {
    const { world, send, get, quirk } = await start()
    quirk({ ...said, effectAfterMs: 20 * SECOND })
    const id = await send(LIMIT, { percent: 80 })
    await world.advance(5 * SECOND)
    expect(get(id)).toMatchObject({ state: 'sent', isAcknowledged: true })
    await world.advance(40 * SECOND)
    expect(get(id).state).toBe('confirmed')
  })

  it('without anything to read back ends with the reply, and says why', async () => {
    const { world, send, get } = await start()
    const name = await send('hub.ask-name')
    const clear = await send('battery.clear-errors')
    await world.advance(10 * SECOND)
    expect(get(name)).toMatchObject({ state: 'confirmed', isAcknowledged: true })
    expect(get(name).text).toMatch(/^The kit answered: .*"name"/)
    expect(get(clear)).toMatchObject({ state: 'unconfirmed', isAcknowledged: true })
    expect(get(clear).text).toMatch(/replied that it was done.*No report says/)
  })

  it('waits for an earlier one of its kind, one of another kind does not', async () => {
    const { world, send, get, quirk, received } = await start()
    quirk({ effectAfterMs: 20 * SECOND })
    const first = await send(LIMIT, { percent: 80 })
    await world.advance(3 * SECOND)
    const second = await send(LIMIT, { percent: 70 })
    const other = await send('battery.screen-off', { seconds: 120 })
    await world.advance(6 * SECOND)
    expect([get(first), get(second), get(other)].map(({ state }) => state)).toEqual(['sent', 'accepted', 'confirmed'])
    expect(get(second).text).toMatch(/waits/)
    await world.advance(50 * SECOND)
    expect([get(first), get(second)].map(({ state }) => state)).toEqual(['confirmed', 'confirmed'])
    expect(received()).toHaveLength(3)
  })
})

describe('nothing is sent', () => {
  const code = (answer: Answer): string => (answer.isOk ? 'ok' : `${answer.refusal.status} ${answer.refusal.code}`)

  it('by a dry run, which shows what would be', async () => {
    const { ask, received, world } = await start()
    const answer = await ask(LIMIT, { percent: 80 }, { isDryRun: true })
    expect(answer).toMatchObject({
      isOk: true,
      record: undefined,
      plan: { transport: 'mqtt', to: expect.stringMatching(/^\/open\/open-\w+\/\w+\/set$/) },
    })
    await world.advance(SECOND)
    expect([received(), world.collector().control.list()]).toEqual([[], []])
  })

  it('to kits unknown or away, nor what is none, too hasty, or denied', async () => {
    const { world, ask, sn, received, faults } = await start({
      CONTROL_DENY: 'hub.scene',
      CONTROL_ALLOW: 'hub.*,battery.*',
    })
    expect(code(await ask(LIMIT, { percent: 80 }, { kitSn: 'M109ZEB4ZE7B0001' }))).toBe('404 kit_unknown')
    expect(code(await ask('battery.fly'))).toBe('404 unknown_command')
    expect(code(await ask(LIMIT, { percent: '80' }))).toBe('422 wrong_params')
    expect(code(await ask('hub.scene', { scene: 1 }))).toBe('403 command_denied')
    expect(code(await ask('dc-output.switch', { on: true }))).toBe('403 command_denied')
    faults.unreachable()
    await world.advance(2 * MINUTE)
    expect(code(await ask(LIMIT, { percent: 80 }))).toBe('503 not_connected')
    expect(received()).toEqual([])
    expect(world.collector().control.list(sn)).toEqual([])
  })

  it('to a kit of which the cloud says that it is not connected', async () => {
    const { world, ask, sn, received, faults } = await start()
    faults.offline(sn, { statusMs: SECOND, onlineMs: SECOND })
    await world.advance(5 * SECOND)
    expect(code(await ask(LIMIT, { percent: 80 }))).toBe('409 kit_offline')
    expect(received()).toEqual([])
  })

  it('twice for one key, nor something else under it', async () => {
    const { world, ask, received } = await start()
    const first = await ask(LIMIT, { percent: 80 }, { idempotencyKey: 'k' })
    await world.advance(30 * SECOND)
    const second = await ask(LIMIT, { percent: 80 }, { idempotencyKey: 'k' })
    expect(second.isOk && first.isOk && second.record!.id === first.record!.id).toBe(true)
    expect(second).toMatchObject({ record: { state: 'confirmed' } })
    expect(code(await ask(LIMIT, { percent: 70 }, { idempotencyKey: 'k' }))).toBe('422 key_used')
    expect(code(await ask(LIMIT, { percent: 70 }, { idempotencyKey: 'k', by: 'another' }))).toBe('ok')
    await world.advance(30 * SECOND)
    expect(received()).toHaveLength(2)
  })

  it('twice within two seconds, or dangerously within thirty', async () => {
    const { world, ask, received } = await start()
    expect(code(await ask(LIMIT, { percent: 80 }))).toBe('ok')
    expect(code(await ask(LIMIT, { percent: 70 }))).toBe('429 too_soon')
    await world.advance(2 * SECOND)
    expect(code(await ask(LIMIT, { percent: 70 }))).toBe('ok')
    await world.advance(MINUTE)
    expect(received()).toHaveLength(2)
  })

  it('dangerous without the second step, which is for this command, once, and not for long', async () => {
    const { world, ask, received } = await start()
    const token = async (): Promise<string> => {
      const answer = await ask('dc-output.voltage', { volts: 24 })
      if (answer.isOk) throw new Error('it went')
      expect(answer.refusal).toMatchObject({ code: 'confirmation_required', status: 428 })
      return answer.refusal.confirmation!.token
    }
    expect(code(await ask('dc-output.voltage', { volts: 24 }, { mayDanger: false }))).toBe('403 danger_forbidden')
    const confirmation = await token()
    expect(code(await ask('dc-output.voltage', { volts: 12 }, { confirmation }))).toBe('428 confirmation_required')
    expect(code(await ask('dc-output.voltage', { volts: 24 }, { confirmation, by: 'x' }))).toBe(
      '428 confirmation_required',
    )
    expect(code(await ask('dc-output.voltage', { volts: 24 }, { confirmation }))).toBe('ok')
    await world.advance(31 * SECOND)
    expect(code(await ask('dc-output.voltage', { volts: 24 }, { confirmation }))).toBe('428 confirmation_required')
    const late = await token()
    await world.advance(61 * SECOND)
    expect(code(await ask('dc-output.voltage', { volts: 24 }, { confirmation: late }))).toBe(
      '428 confirmation_required',
    )
    expect(received()).toHaveLength(1)
  })
})

describe('a collector that is killed', () => {
  it('finds what was on its way, brings it to an end, and sends nothing again', async () => {
    const { world, send, get, quirk, received } = await start()
    quirk({ effectAfterMs: 40 * SECOND })
    const sent = await send(LIMIT, { percent: 80 })
    const unseen = await send('battery.clear-errors')
    await world.advance(2 * SECOND)
    const waiting = await send(LIMIT, { percent: 70 })
    await world.advance(SECOND)
    expect([get(sent), get(waiting)].map(({ state }) => state)).toEqual(['sent', 'accepted'])
    await world.collector().line.spool.flush()
    await world.kill()
    await world.advance(10 * SECOND)
    await world.start()
    await world.advance(2 * MINUTE)
    expect(get(sent)).toMatchObject({ state: 'confirmed' })
    expect(get(unseen).state).toBe('unconfirmed')
    expect(get(waiting)).toMatchObject({ state: 'contradicted' })
    expect(get(waiting).text).toMatch(/stopped before it was known.*not sent again/)
    expect(received()).toHaveLength(2)
  })

  it('keeps a key that was used', async () => {
    const { world, ask, received } = await start()
    await ask(LIMIT, { percent: 80 }, { idempotencyKey: 'k' })
    await world.advance(30 * SECOND)
    await world.collector().line.spool.flush()
    await world.kill()
    await world.start()
    await world.advance(MINUTE)
    const again = await ask(LIMIT, { percent: 80 }, { idempotencyKey: 'k' })
    expect(again).toMatchObject({ isOk: true, record: { state: 'confirmed', idempotencyKey: 'k' } })
    expect(received()).toHaveLength(1)
  })
})

it('every command is a row of the store with how it ended', async () => {
  const { world, send, sn } = await start()
  await send(LIMIT, { percent: 80 })
  await world.advance(MINUTE)
  await world.drained()
  const { store } = world.collector().line.opened
  const rows = await store.rows({
    bucket: 'history',
    measurement: 'command',
    tags: { kit_sn: sn },
    from: START,
    to: START + 10 * MINUTE,
  })
  expect(rows).toMatchObject([{ values: { kind: LIMIT, details: '{"percent":80}', by: 'owner', state: 'confirmed' } }])
})
