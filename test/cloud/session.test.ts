/** How a session connects, comes back and gives way, in virtual time, against a broker that the test plays. */
import { describe, expect, it } from 'vitest'
import {
  begin,
  beginAccount,
  failure,
  HOUR,
  loud,
  MINUTE,
  NOON,
  QUOTA,
  SECOND,
  SIGN_IN,
  waits,
} from './scripted-session.ts'

describe('a session that connects', () => {
  it('signs in, opens a link with the one client id, and subscribes each topic by itself', async () => {
    const { session, time, broker, said } = await beginAccount()
    expect(session.status()).toMatchObject({ isConnected: false, state: 'connecting', sinceAt: NOON })
    await time.advance(SECOND)
    session.setTopics([QUOTA, `${QUOTA}2`])
    broker.grant = (topic) => (topic === QUOTA ? 0 : 1)
    broker.last().up()
    await time.advance(SECOND)
    expect(broker.last().options).toMatchObject({ ...SIGN_IN, protocolVersion: 4 })
    expect(broker.last().asked).toEqual([QUOTA, `${QUOTA}2`])
    expect(session.status()).toMatchObject({
      isConnected: true,
      state: 'connected',
      sinceAt: NOON + SECOND,
      problem: '',
      granted: new Map([
        [QUOTA, 0],
        [`${QUOTA}2`, 1],
      ]),
      connects: { today: 1, limit: 100 },
      ids: { today: 1, limit: 10 },
    })
    expect(said).toEqual(['info: Account van: connected to the broker at mqtt.example.net:8883.'])
  })

  it('subscribes kits discovered later, each topic once', async () => {
    const { session, time, broker } = begin()
    await time.advance(1)
    broker.last().up()
    session.setTopics([QUOTA, 'later'])
    session.setTopics([QUOTA, 'later', 'last'])
    await time.advance(1)
    expect(broker.last().asked).toEqual([QUOTA, 'later', 'last'])
  })

  it('tells of a refused topic once, keeps the others, and asks again on the next connection', async () => {
    const { session, time, broker, said } = begin({ topics: ['bad', QUOTA] })
    broker.grant = (topic) => (topic === 'bad' ? 128 : 0)
    broker.fate = (link) => link.up()
    await time.advance(1)
    expect([...session.status().granted]).toEqual([
      ['bad', 128],
      [QUOTA, 0],
    ])
    broker.last().end('closed')
    expect(session.status().granted.size).toBe(0)
    await time.advance(MINUTE)
    expect(broker.links).toHaveLength(2)
    expect(broker.last().asked).toEqual(['bad', QUOTA])
    expect(said.filter((line) => /refused the subscription to bad/.test(line))).toHaveLength(1)
  })

  it('a grant that comes after its link ended is not believed', async () => {
    const { session, time, broker } = begin()
    const answers: ((qos: number | undefined) => void)[] = []
    broker.grant = () => new Promise((resolve) => void answers.push(resolve))
    broker.fate = (link) => link.up()
    await time.advance(1)
    broker.last().end('closed')
    await time.advance(2 * SECOND)
    expect([answers.length, broker.links.length]).toEqual([2, 2])
    answers[0]?.(1)
    answers[1]?.(undefined)
    await time.advance(1)
    expect(session.status()).toMatchObject({ isConnected: true, granted: new Map() })
  })

  it('passes on messages and durability', async () => {
    const heard: string[] = []
    const { session, time, broker } = begin({
      onMessage: (topic, bytes, isDuplicate, qos) => heard.push(`${topic} ${Buffer.from(bytes)} ${isDuplicate} ${qos}`),
    })
    await time.advance(1)
    broker.last().up()
    expect(broker.last().message('t', 'hello', 1)).toBe(1)
    session.onDurable(1)
    expect([heard, broker.last().durable]).toEqual([['t hello false 1'], [1]])
  })
})

describe('a session that was lost', () => {
  it('backs off from 2 s to 5 min with jitter, and begins anew after a connection that lived a minute', async () => {
    const { time, broker, session, said } = begin()
    broker.fate = (link) => link.end('unreachable', 'connect ECONNREFUSED')
    await time.advance(30 * MINUTE)
    // random 0.5 makes three quarters of 2, 4, 8 … 300 s
    expect(waits({ broker }).slice(0, 10)).toEqual([2, 3, 6, 12, 24, 48, 96, 192, 225, 225])
    expect(session.status().problem).toMatch(/No connection to the broker at mqtt.example.net:8883: connect ECONN/)
    expect(loud(said)).toHaveLength(1)

    broker.fate = (link) => link.up()
    await time.advance(5 * MINUTE)
    expect(session.status()).toMatchObject({ isConnected: true, problem: '' })
    broker.last().end('closed')
    await time.advance(2 * SECOND)
    expect(session.status().isConnected).toBe(true)
  })

  it('a connection that lived less goes on backing off', async () => {
    const { time, broker } = begin()
    broker.fate = (link) => {
      link.up()
      time.after(30 * SECOND, () => link.end('closed'))
    }
    await time.advance(5 * MINUTE)
    expect(waits({ broker }).slice(0, 5)).toEqual([32, 33, 36, 42, 54])
  })

  it('spends nothing of the budget while nobody answers', async () => {
    const { time, broker, session } = await beginAccount()
    broker.fate = (link) => link.end('unreachable', 'getaddrinfo ENOTFOUND')
    await time.advance(HOUR)
    expect(session.status().connects).toEqual({ today: 0, limit: 100 })
  })

  it('says in words what a certificate that is not to be trusted may mean, and that nothing was sent', async () => {
    const { time, broker, said, session } = await beginAccount()
    broker.fate = (link) => link.end('untrusted', 'self-signed certificate')
    await time.advance(10 * MINUTE)
    expect(loud(said)).toHaveLength(1)
    expect(said[0]).toMatch(/^error: .*certificate of mqtt.example.net:8883.*self-signed.*nothing was sent/)
    expect(session.status()).toMatchObject({ state: 'waiting', connects: { today: 0 } })
  })

  it('is closed for good when closed, also while it waits or signs in', async () => {
    const waiting = begin()
    waiting.broker.fate = (link) => link.end('unreachable')
    await waiting.time.advance(SECOND)
    await waiting.session.close()
    const signingIn = begin()
    await signingIn.session.close()
    const connected = begin()
    connected.broker.fate = (link) => link.up()
    await connected.time.advance(SECOND)
    await connected.session.close()
    for (const { time, session, broker } of [waiting, signingIn, connected]) {
      const before = broker.links.length
      await time.advance(HOUR)
      expect(session.status()).toMatchObject({ state: 'closed', isConnected: false })
      expect([broker.links.length, time.pending()]).toEqual([before, 0])
    }
    expect(connected.broker.last().isClosedByUs).toBe(true)
  })
})

describe('signing in', () => {
  it('backs off while the cloud is unreachable, and spends no connect', async () => {
    const world = await beginAccount(100, failure('unreachable'))
    const { time, signIns, broker, session, said } = world
    await time.advance(10 * MINUTE)
    expect(signIns.slice(1, 6).map((at, i) => (at - signIns[i]!) / SECOND)).toEqual([1.5, 3, 6, 12, 24])
    expect([broker.links.length, session.status().connects?.today]).toEqual([0, 0])
    expect(session.status()).toMatchObject({ state: 'waiting', problem: 'Sign-in failed: unreachable.' })
    expect(loud(said)).toHaveLength(1)
    world.answer = { isOk: true, value: SIGN_IN }
    broker.fate = (link) => link.up()
    await time.advance(5 * MINUTE)
    expect(session.status().isConnected).toBe(true)
  })

  it('is tried every 5 min where only a person can help', async () => {
    const world = await beginAccount(100, failure('signature'))
    await world.time.advance(HOUR)
    expect(world.signIns.length).toBeLessThanOrEqual(13)
    expect(loud(world.said)).toEqual(['error: Account van: Sign-in failed: signature. Next try in 5 min.'])
  })

  it('is not repeated for a connection that broke', async () => {
    const { time, broker, signIns } = await beginAccount()
    broker.fate = (link) => link.up()
    for (let i = 0; i < 5; i++) {
      await time.advance(2 * MINUTE)
      broker.last().end('closed')
    }
    expect([broker.links.length, signIns.length]).toEqual([5, 1])
  })
})

describe('credentials that the broker refuses', () => {
  it('are fetched again at once after a long time, with the same client id', async () => {
    const { time, broker, signIns, session } = await beginAccount()
    broker.fate = (link) => link.up()
    await time.advance(HOUR)
    broker.fate = (link) => link.refuse(4)
    broker.last().end('closed')
    await time.advance(1_600)
    broker.fate = (link) => link.up()
    await time.advance(5 * SECOND)
    expect(signIns).toHaveLength(2)
    expect(session.status().isConnected).toBe(true)
    expect(new Set(broker.links.map(({ options }) => options.clientId)).size).toBe(1)
  })

  it('are fetched again not more often than every 5 min, then more and more rarely', async () => {
    const { time, broker, signIns, said, session } = await beginAccount()
    broker.fate = (link) => link.refuse(5)
    await time.advance(11 * HOUR)
    const minutes = signIns.slice(1).map((at, i) => Math.round((at - signIns[i]!) / MINUTE))
    expect(minutes.slice(0, 7)).toEqual([5, 5, 11, 21, 42, 63, 63])
    expect(Math.min(...signIns.slice(1).map((at, i) => at - signIns[i]!))).toBeGreaterThanOrEqual(5 * MINUTE)
    expect(session.status().connects?.today).toBe(broker.links.length)
    expect(session.status().ids?.today).toBe(1)
    expect(loud(said)).toHaveLength(1)
    for (const words of ['rotated', 'another program', 'client ids', 'Polling goes on'])
      expect(said[0]).toContain(words)
    expect(said.join()).not.toContain('made-up')
  })

  it('a session that came up in between makes the next refusal the first again', async () => {
    const { time, broker, signIns, session } = await beginAccount()
    for (let i = 0; i < 4; i++) {
      broker.fate = (link) => link.refuse(4)
      broker.links.at(-1)?.end('closed')
      await time.advance(1_600)
      broker.fate = (link) => link.up()
      await time.advance(10 * MINUTE)
      expect(session.status().isConnected).toBe(true)
    }
    expect(signIns).toHaveLength(5)
  })

  it('of a plain broker are tried again at the common pace, and no vendor is named', async () => {
    const { time, broker, said } = begin()
    broker.fate = (link) => link.refuse(5)
    await time.advance(MINUTE)
    expect(waits({ broker }).slice(0, 4)).toEqual([2, 3, 6, 12])
    expect(said[0]).toMatch(/not authorised.*Check user name and password/)
    expect(said[0]).not.toMatch(/vendor|account’s/)
  })
})

describe('a session that others push out', () => {
  it('leaves them in peace for 10 min after the third time, and says who they may be', async () => {
    const { time, broker, said, session } = await beginAccount()
    broker.fate = (link) => {
      link.up()
      time.after(3 * SECOND, () => link.end('closed'))
    }
    await time.advance(45 * MINUTE)
    expect(waits({ broker })).toEqual([5, 6, 633, 633, 633, 633])
    expect(session.status()).toMatchObject({ state: 'waiting' })
    const words = said.find((line) => /within 10 s/.test(line))
    for (const who of ['second collector', 'another integration', 'app', 'Polling goes on'])
      expect(words).toContain(who)
    broker.fate = (link) => link.up()
    await time.advance(15 * MINUTE)
    broker.last().end('closed')
    await time.advance(2 * SECOND)
    expect(session.status().isConnected).toBe(true)
  })
})
