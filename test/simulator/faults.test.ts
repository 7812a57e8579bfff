import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, codeOf, FRONTS, type Front, listen } from './fronts.ts'

describe.each(Object.entries(FRONTS))('simulated faults %s', (_name, open) => {
  let front: Front
  beforeEach(async () => {
    front = await open({ accounts: 2 })
  })
  afterEach(() => front.stop())

  const name = (): string => front.accounts[0]!.name
  const sn = (): string => front.accounts[0]!.kitSns[0]!
  const onlineOf = async (): Promise<number> => (await ask(front, 'list')).reply.data[0]!.online

  it('leave other accounts alone, which know only their own kits', async () => {
    const [first, second] = front.accounts
    front.faults.http(first!.name, { kind: 'code', code: '1000' })
    expect(await codeOf(front, 'list')).toBe('1000')
    const list = await ask(front, 'list', { account: second! })
    expect(list.reply.data.map((device) => device.sn)).toEqual(second!.kitSns)
    expect(await codeOf(front, 'all', { account: second!, sn: sn() })).toBe('8512')
    expect(await codeOf(front, 'list', { account: { ...second!, accessKey: first!.accessKey } })).toBe('8521')
  })

  it.each(['8521', '8513', '8512', '1006', '1008', '1000', '6012', '6042', '7015', '7005', '401'])(
    'answer %s so many times, for one kit or the account',
    async (code) => {
      const ofKit = front.faults.http(sn(), { kind: 'code', code })
      expect(await codeOf(front, 'all', { sn: sn() })).toBe(code)
      expect(await codeOf(front, 'list')).toBe('0')
      ofKit()
      expect(await codeOf(front, 'all', { sn: sn() })).toBe('0')
      front.faults.http(name(), { kind: 'code', code }, { times: 2, path: '/device/list' })
      const codes = []
      for (const path of ['list', 'certification', 'list', 'list'] as const) codes.push(await codeOf(front, path))
      expect(codes).toEqual([code, '0', code, '0'])
    },
  )

  it('answer a page, nothing, or success without data', async () => {
    const endPage = front.faults.http(name(), { kind: 'html', status: 502 })
    expect(await ask(front, 'list')).toMatchObject({ status: 502, type: 'text/html', text: /^<html>/ })
    endPage()
    front.faults.http(name(), { kind: 'dropped' }, { times: 1 })
    await expect(ask(front, 'list')).rejects.toThrow('fetch failed')
    front.faults.http(sn(), { kind: 'no_data', as: 'null' }, { times: 1 })
    expect((await ask(front, 'all', { sn: sn() })).reply).toMatchObject({ code: '0', data: null })
    front.faults.http(sn(), { kind: 'no_data', as: 'missing' }, { times: 1 })
    expect((await ask(front, 'all', { sn: sn() })).reply).not.toHaveProperty('data')
    expect((await ask(front, 'all', { sn: sn() })).reply.data).toBeTypeOf('object')
  })

  it('answer late, and a caller who gives up hears at once', async () => {
    front.faults.http(name(), { kind: 'slow', ms: 400 })
    const askedAt = front.now()
    expect(await codeOf(front, 'list')).toBe('0')
    expect(front.now() - askedAt).toBeGreaterThanOrEqual(400)
    const given = new AbortController()
    const asked = front.fetch(`${front.httpUrl}/iot-open/sign/device/list`, { signal: given.signal })
    given.abort(new Error('given up'))
    await expect(asked).rejects.toThrow('given up')
  })

  it('say 8513 in the wrong region', async () => {
    const end = front.faults.wrongRegion(name())
    expect(await codeOf(front, 'list')).toBe('8513')
    end()
    expect(await codeOf(front, 'list')).toBe('0')
  })

  it('skew the clock: the Date tells it, and 8521 from five minutes on', async () => {
    const end = front.faults.skewClock(200_000)
    const ahead = await ask(front, 'list')
    expect(ahead.reply.code).toBe('0')
    expect(Math.abs(ahead.serverAt - front.now() - 200_000)).toBeLessThan(60_000)
    front.faults.skewClock(-310_000)
    expect(await codeOf(front, 'list')).toBe('8521')
    end()
    expect(await codeOf(front, 'list')).toBe('0')
  })

  it('make the cloud unreachable as a whole', async () => {
    const { ended } = await listen(front)
    const end = front.faults.unreachable()
    await front.until(() => expect(ended).toHaveLength(1))
    await expect(ask(front, 'list')).rejects.toThrow('fetch failed')
    expect((await listen(front)).ended.map(({ reason }) => reason)).toEqual(['unreachable'])
    end()
    expect(await codeOf(front, 'list')).toBe('0')
    const again = await listen(front)
    expect(again.isUp()).toBe(true)
    await again.link.close()
  })

  it.each([0, 1] as const)('freeze the snapshot with code 0 and online %i; no pushes come', async (online) => {
    const { heard, link } = await listen(front)
    await front.live(60_000)
    const end = front.faults.freeze(sn(), online)
    const snapshot = (await ask(front, 'all', { sn: sn() })).reply
    await front.live(10_000)
    const before = heard.length
    await front.live(60_000)
    expect((await ask(front, 'all', { sn: sn() })).reply).toEqual(snapshot)
    expect(snapshot.code).toBe('0')
    expect(heard).toHaveLength(before)
    expect(await onlineOf()).toBe(online)
    end()
    await front.until(() => expect(heard.length).toBeGreaterThan(before))
    expect((await ask(front, 'all', { sn: sn() })).reply).not.toEqual(snapshot)
    expect(await onlineOf()).toBe(1)
    await link.close()
  })

  it('take a kit offline, which the cloud notices late, and bring it back', async () => {
    const { heard, link } = await listen(front)
    await front.until(() => expect(heard).not.toHaveLength(0))
    const end = front.faults.offline(sn(), { statusMs: 300, onlineMs: 600 })
    const snapshot = (await ask(front, 'all', { sn: sn() })).reply
    const command = { id: 5, operateType: 'socUpperLimit', moduleSn: '0', moduleType: 0, params: { maxChgSoc: 90 } }
    // Not noticed yet: the cloud queues what nobody will do.
    expect(await codeOf(front, 'set', { put: { ...command, sn: sn() } })).toBe('0')
    const statuses = (): number[] =>
      heard
        .filter(({ channel }) => channel === 'status')
        .map(({ text }) => (JSON.parse(text) as { params: { status: number } }).params.status)
    await front.until(() => expect(statuses().at(-1)).toBe(0))
    await front.live(60_000)
    expect(await onlineOf()).toBe(0)
    expect(await codeOf(front, 'set', { put: { ...command, sn: sn() } })).toBe('1008')
    expect((await ask(front, 'all', { sn: sn() })).reply).toEqual(snapshot)
    expect(heard.at(-1)!.channel).toBe('status')
    end()
    await front.until(() => expect(statuses().at(-1)).toBe(1))
    await front.until(() => expect(heard.at(-1)!.channel).toBe('quota'))
    await front.live(60_000)
    expect(await onlineOf()).toBe(1)
    expect(front.kits[0]!.settings.chargeCeilingPct).toBe(100)
    await link.close()
  })

  it('change the shape of quota/all in the middle', async () => {
    const keys = async (): Promise<string> => Object.keys((await ask(front, 'all', { sn: sn() })).reply.data).join()
    expect(await keys()).toContain('bmsTotal.totalSoc')
    front.faults.changeShape(sn(), 'A')
    expect((await ask(front, 'all', { sn: sn() })).reply.data.bmsTotal).toBeTypeOf('string')
    front.faults.changeShape(sn(), 'B')
    expect((await ask(front, 'all', { sn: sn() })).reply.data.bmsTotal).toBeTypeOf('object')
    expect(await keys()).not.toContain('bmsTotal.totalSoc')
  })

  it('are of things there are', () => {
    expect(() => front.faults.mute('M109ZEB4ZE0X0000')).toThrow('The simulator has no kit M109ZEB4ZE0X0000.')
    expect(() => front.faults.cut('account-9')).toThrow('The simulator has no account account-9.')
  })
})

it('of the vendor’s hosts, only the one of the account’s region knows its keys', async () => {
  const front = await FRONTS['in the process']({ region: 'us' })
  expect(await codeOf(front, 'list', { host: 'https://api-a.ecoflow.com' })).toBe('0')
  expect(await codeOf(front, 'list', { host: 'https://api-e.ecoflow.com' })).toBe('8513')
  await front.stop()
})
