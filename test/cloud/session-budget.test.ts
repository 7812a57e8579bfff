/** What a session spends, and when it connects anew by choice, in virtual time. */
import { describe, expect, it } from 'vitest'
import type { Budget } from '../../src/cloud/budget.ts'
import { begin, beginAccount, budgetOf, HOUR, MINUTE, QUOTA, SECOND, type World } from './scripted-session.ts'

describe('the budget', () => {
  it('warns at seven tenths, rests at the limit, and comes back when the window allows', async () => {
    const { time, broker, said, session } = await beginAccount(10)
    broker.fate = (link) => {
      link.up()
      time.after(2 * MINUTE, () => link.end('closed'))
    }
    await time.advance(HOUR)
    expect(broker.links).toHaveLength(10)
    expect(session.status()).toMatchObject({
      state: 'http_only',
      isConnected: false,
      connects: { today: 10, limit: 10 },
    })
    expect(said.filter((line) => /^warn: .*7 of 10 connects/.test(line))).toHaveLength(1)
    expect(said.filter((line) => /^error: .*rests until 12:00 UTC.*Polling goes on/.test(line))).toHaveLength(1)
    expect(session.status().problem).toContain('10 of 10 connects')
    await time.advance(23 * HOUR - SECOND)
    expect(broker.links).toHaveLength(10)
    await time.advance(2 * SECOND)
    expect(broker.links).toHaveLength(11)
  })

  it('is spent over restarts', async () => {
    const budget = await budgetOf(3)
    for (let i = 0; i < 3; i++) {
      const { time, broker, session } = begin({ budget })
      broker.fate = (link) => link.up()
      await time.advance(SECOND)
      await session.close()
    }
    const { time, broker, session, signIns } = begin({ budget })
    await time.advance(SECOND)
    expect([session.status().state, broker.links.length, signIns.length]).toEqual(['http_only', 0, 0])
  })

  it('that cannot be kept on disk is told, and the session goes on', async () => {
    const budget: Budget = {
      ...(await budgetOf()),
      status: () => ({ connects: { today: 0, limit: 9 }, ids: { today: 0, limit: 9 }, problem: 'van.json is torn' }),
    }
    const { said, broker, time } = begin({ budget })
    await time.advance(SECOND)
    expect(broker.links).toHaveLength(1)
    expect(said).toEqual([expect.stringMatching(/^warn: .*van.json is torn.*in memory only/)])
  })
})

describe('reconnecting by the watchdog', () => {
  const silent = async (connects?: number) => {
    const world = await beginAccount(connects)
    world.broker.fate = (link) => link.up()
    await world.time.advance(SECOND)
    return world
  }
  /** Asks every 5 s for so long; the minutes at which it was allowed. */
  const askFor = async ({ time, session }: Pick<World, 'time' | 'session'>, ms: number): Promise<number[]> => {
    const allowed: number[] = []
    for (let passed = 0; passed < ms; passed += 5 * SECOND) {
      if (session.reconnect('it is silent')) allowed.push(Math.round(passed / MINUTE))
      await time.advance(5 * SECOND)
    }
    return allowed
  }

  it('closes the link and connects anew, without waiting and without signing in', async () => {
    const { session, broker, time, signIns, said } = await silent()
    expect(session.reconnect('nothing came for 15 s')).toBe(true)
    expect(broker.links[0]?.isClosedByUs).toBe(true)
    expect(session.reconnect('again')).toBe(false)
    await time.advance(1)
    expect([broker.links.length, signIns.length, session.status().state]).toEqual([2, 1, 'connected'])
    expect(said).toContain('warn: Account van: nothing came for 15 s: connecting anew.')
  })

  it('comes more and more rarely while nothing comes', async () => {
    expect(await askFor(await silent(), 4 * HOUR)).toEqual([0, 5, 15, 35, 75, 135, 195])
  })

  it('begins its pace anew when something came, but never within 5 min', async () => {
    const world = await silent()
    expect(await askFor(world, 30 * MINUTE)).toEqual([0, 5, 15])
    world.broker.last().message(QUOTA, '{}')
    expect(await askFor(world, 4 * MINUTE)).toEqual([0])
    world.broker.last().message(QUOTA, '{}')
    expect(await askFor(world, 4 * MINUTE)).toEqual([1])
  })

  it('leaves the last of the budget to connections that break by themselves', async () => {
    const world = await silent(10)
    expect(await askFor(world, 20 * HOUR)).toHaveLength(6)
    expect(world.session.status()).toMatchObject({ isConnected: true, connects: { today: 7, limit: 10 } })
    world.broker.last().end('closed')
    await world.time.advance(3 * SECOND)
    expect(world.session.status().isConnected).toBe(true)
  })

  it('is no matter of a session that is not open', async () => {
    const { session, time, broker } = begin()
    expect(session.reconnect('silent')).toBe(false)
    broker.fate = (link) => link.end('unreachable')
    await time.advance(SECOND)
    expect(session.reconnect('silent')).toBe(false)
    await session.close()
    expect(session.reconnect('silent')).toBe(false)
  })
})

describe('a message that found no room', () => {
  it('is asked for again by connecting anew when there is room, once', async () => {
    let hasRoom = false
    const { session, time, broker } = begin({ onMessage: () => (hasRoom ? 1 : undefined) })
    broker.fate = (link) => link.up()
    await time.advance(SECOND)
    session.onRoom()
    broker.last().message(QUOTA, '{}', 0)
    session.onRoom()
    expect(broker.links).toHaveLength(1)
    broker.last().message(QUOTA, '{}', 1)
    hasRoom = true
    session.onRoom()
    session.onRoom()
    await time.advance(SECOND)
    session.onRoom()
    await time.advance(SECOND)
    expect(broker.links).toHaveLength(2)
  })
})
