import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, FRONTS, type Front, listen } from './fronts.ts'

/** What came of a SUBSCRIBE. */
const granted = async (front: Front, asked: Promise<number | undefined>): Promise<number | undefined> => {
  let answer: { qos: number | undefined } | undefined
  void asked.then((qos) => {
    answer = { qos }
  })
  await front.until(() => expect(answer).toBeDefined())
  return answer!.qos
}

describe.each(Object.entries(FRONTS))('simulated sessions %s', (_name, open) => {
  let front: Front
  beforeEach(async () => {
    front = await open({ accounts: 2 })
  })
  afterEach(() => front.stop())

  const name = (): string => front.accounts[0]!.name
  const kit = (): string => front.accounts[0]!.kitSns[0]!

  it('hear the kits of their account, on exact topics, at QoS 0', async () => {
    const { heard, grants, link } = await listen(front)
    await front.until(() => expect(heard.length).toBeGreaterThan(3))
    expect(new Set(heard.map(({ sn }) => sn))).toEqual(new Set([kit()]))
    const refused = [...grants].filter(([, qos]) => qos !== 0)
    expect(refused.map(([topic, qos]) => [topic.replace(/open-\w+/, 'x'), qos])).toEqual([
      ['/open/x/+/quota', 128],
      ['/open/#', 128],
    ])
    const foreign = `/open/${front.accounts[0]!.account}/${front.accounts[1]!.kitSns[0]}/quota`
    expect(await granted(front, link.subscribe(foreign))).toBe(128)
    await link.close()
  })

  it('fall silent and stay connected; the next one hears again', async () => {
    const first = await listen(front)
    await front.until(() => expect(first.heard).not.toHaveLength(0))
    front.faults.silence(name())
    // What was under way may still arrive.
    await front.live(10_000)
    const before = first.heard.length
    await front.live(60_000)
    expect(first.heard).toHaveLength(before)
    expect(first.isUp()).toBe(true)
    await first.link.close()
    const second = await listen(front)
    await front.until(() => expect(second.heard).not.toHaveLength(0))
    await second.link.close()
  })

  it('hear nothing of a mute kit, the next one neither, while HTTP moves on', async () => {
    const end = front.faults.mute(kit())
    for (const _session of [1, 2]) {
      const { heard, link } = await listen(front)
      const earlier = await ask(front, 'all', { sn: kit() })
      await front.live(60_000)
      expect(heard).toHaveLength(0)
      expect((await ask(front, 'all', { sn: kit() })).text).not.toBe(earlier.text)
      await link.close()
    }
    end()
    const { heard, link } = await listen(front)
    await front.until(() => expect(heard).not.toHaveLength(0))
    await link.close()
  })

  it('hear less of a kit that trickles', async () => {
    const { heard, link } = await listen(front)
    const heardIn = async (ms: number): Promise<number> => {
      const before = heard.length
      await front.live(ms)
      return heard.length - before
    }
    const usual = await heardIn(60_000)
    const end = front.faults.trickle(kit(), 40)
    await front.live(20_000)
    expect(await heardIn(60_000)).toBeLessThan(usual / 4)
    end()
    await link.close()
  })

  it('are closed when the password rotates; the certification gives the new one', async () => {
    const old = front.accounts[0]!.password
    const { ended } = await listen(front)
    front.faults.rotate(name())
    await front.until(() => expect(ended.map(({ reason }) => reason)).toEqual(['closed']))
    expect((await listen(front, { password: old })).ended).toMatchObject([{ reason: 'refused', code: 4 }])
    const { data } = (await ask(front, 'certification')).reply
    expect(data.certificatePassword).not.toBe(old)
    const fresh = await listen(front, { password: String(data.certificatePassword) })
    expect(fresh.isUp()).toBe(true)
    await fresh.link.close()
  })

  it('are cut and may come again; a refused topic spoils no other', async () => {
    const first = await listen(front)
    const end = front.faults.refuseTopics(kit())
    front.faults.cut(name())
    await front.until(() => expect(first.ended).toHaveLength(1))
    const second = await listen(front)
    const own = [...second.grants].filter(([topic]) => topic.includes(kit()))
    expect(own.map(([, qos]) => qos)).toEqual([128, 128, 128])
    end()
    expect(await granted(front, second.link.subscribe(own[0]![0]))).toBe(0)
    await second.link.close()
  })

  it('are refused for the day after ten client ids, for known ids as well', async () => {
    for (let id = 1; id <= 10; id++) await (await listen(front, { clientId: `id-${id}` })).link.close()
    for (const clientId of ['id-11', 'id-1'])
      expect((await listen(front, { clientId })).ended).toMatchObject([{ reason: 'refused', code: 5 }])
    const other = await listen(front, { account: front.accounts[1]! })
    expect(other.isUp()).toBe(true)
    await other.link.close()
  })

  it('are refused while the account is locked out', async () => {
    const end = front.faults.lockOut(name())
    expect((await listen(front)).ended).toMatchObject([{ reason: 'refused', code: 5 }])
    end()
    const again = await listen(front)
    expect(again.isUp()).toBe(true)
    await again.link.close()
  })

  it('are one an account: a second id is refused, the same id takes over', async () => {
    const first = await listen(front)
    expect((await listen(front, { clientId: 'another' })).ended).toMatchObject([{ reason: 'refused', code: 5 }])
    expect(first.isUp()).toBe(true)
    const again = await listen(front)
    await front.until(() => expect(first.isUp()).toBe(false))
    expect(again.isUp()).toBe(true)
    await again.link.close()
  })

  it('lose to a rival that holds the account, and are kicked by one that comes back', async () => {
    const first = await listen(front)
    const endHold = front.faults.rival(name(), 'holds')
    await front.until(() => expect(first.ended).toHaveLength(1))
    expect((await listen(front)).ended).toMatchObject([{ reason: 'refused', code: 5 }])
    endHold()
    const endKicks = front.faults.rival(name(), { kicksAfterMs: 300 })
    for (const _turn of [1, 2]) {
      const kicked = await listen(front)
      await front.until(() => expect(kicked.ended).toMatchObject([{ reason: 'closed' }]))
    }
    endKicks()
    const { isUp, link } = await listen(front)
    await front.live(30_000)
    expect(isUp()).toBe(true)
    await link.close()
  })

  it('find nobody while the broker is unreachable', async () => {
    const first = await listen(front)
    const end = front.faults.unreachable('mqtt')
    await front.until(() => expect(first.ended).toMatchObject([{ reason: 'closed' }]))
    expect((await listen(front)).ended.map(({ reason }) => reason)).toEqual(['unreachable'])
    expect((await ask(front, 'list')).reply.code).toBe('0')
    end()
    const again = await listen(front)
    expect(again.isUp()).toBe(true)
    await again.link.close()
  })

  it('hear some messages twice and some late', async () => {
    const { heard, link } = await listen(front)
    const end = front.faults.duplicate(kit(), 1)
    await front.until(() => expect(heard.length).toBeGreaterThan(20))
    end()
    const texts = heard.map(({ text }) => text)
    expect(texts.length - new Set(texts).size).toBeGreaterThan(5)
    const from = heard.length
    const endReorder = front.faults.reorder(kit(), 0.5)
    await front.until(() => expect(heard.length).toBeGreaterThan(from + 20))
    endReorder()
    const ids = heard
      .slice(from)
      .filter(({ channel }) => channel === 'quota')
      .map(({ text }) => (JSON.parse(text) as { id: number }).id)
    expect(ids).not.toEqual([...ids].sort((a, b) => a - b))
    await link.close()
  })
})

it('a second session takes the place of the first where the cloud is told so', async () => {
  const front = await FRONTS['over sockets']({ secondSession: 'replaces' })
  const first = await listen(front, { version: 5 })
  const second = await listen(front, { version: 5, clientId: 'another' })
  await front.until(() => expect(first.ended).toMatchObject([{ reason: 'closed' }]))
  expect(second.isUp()).toBe(true)
  await second.link.close()
  await front.stop()
})

it('refusals come in the words of MQTT 5 to who speaks it', async () => {
  const front = await FRONTS['over sockets']({})
  const wrong = await listen(front, { version: 5, password: 'wrong' })
  expect(wrong.ended).toMatchObject([{ reason: 'refused', code: 4 }])
  const right = await listen(front, { version: 5 })
  expect([...right.grants.values()].filter((qos) => qos === 0)).toHaveLength(6)
  await front.until(() => expect(right.heard).not.toHaveLength(0))
  await right.link.close()
  await front.stop()
})
