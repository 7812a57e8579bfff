import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../src/simulator/gate.ts'
import type { Kit } from '../../src/simulator/kit-model.ts'
import type { Quirk } from '../../src/simulator/quirks.ts'
import { quotaAll } from '../../src/simulator/quota-all.ts'
import { readSetCommand } from '../../src/simulator/set-command.ts'
import { ask, codeOf, FRONTS } from './fronts.ts'

type Reply = Record<string, unknown> & { readonly id: unknown; readonly data: Record<string, unknown> }
type Params = Readonly<Record<string, string | number | readonly (string | number)[] | Record<string, string | number>>>

let front: Awaited<ReturnType<(typeof FRONTS)['in the process']>>
let session: Session
let replies: Reply[]
let closed: number

/** The kit that has every module. */
const kit = (): Kit => front.kits[0]!
const sn = (): string => kit().plan.hubSn
const account = () => front.accounts[0]!
const topic = (channel: string): string => `/open/${account().account}/${sn()}/${channel}`

const signIn = (): void => {
  const admitted = front.gate.admit(
    { username: account().account, password: account().password, clientId: 'powerkits-test' },
    {
      deliver: (from, bytes) => {
        if (from.endsWith('/set_reply')) replies.push(JSON.parse(Buffer.from(bytes).toString()) as Reply)
      },
      close: () => {
        closed++
      },
    },
  )
  if (typeof admitted === 'number') throw new Error(`refused with ${admitted}`)
  session = admitted
  session.subscribe(topic('set_reply'))
}

beforeEach(async () => {
  front = await FRONTS['in the process']({})
  replies = []
  closed = 0
  signIn()
})
afterEach(() => front.stop())

const toModule = (kind: 'bbcin' | 'bbcout' | 'iclow' | 'lddc', moduleType: number) => ({
  moduleSn: kit().plan.modules[kind]!,
  moduleType,
})
const toPacks = { moduleSn: '0000000000000000', moduleType: 0 }
const toHub = (moduleType: number) => ({ moduleSn: sn(), moduleType })

const send = (operateType: string, params: Params, to: object, id = 77): void =>
  session.command(topic('set'), Buffer.from(JSON.stringify({ id, version: '1.0', ...to, operateType, params })))
const bring = (quirk: Quirk, operateType = ''): void =>
  void front.faults.quirk(sn(), quirk, { times: 1, ...(operateType && { operateType }) })
const last = () => front.commands.received.at(-1)!
const field = (path: string): unknown => {
  const all = quotaAll(kit(), 'C').data as Record<string, unknown>
  const [kind, ...rest] = path.split('.')
  const key = Object.keys(all).find((name) => name.startsWith(`${kind}.`) && name.endsWith(`.${rest[0]}`))
  const value = all[key ?? '']
  return rest.length === 1 ? value : (value as Record<string, unknown>)[rest[1]!]
}

const LEAVE = { acCurrMaxSet: 255, powerOn: 255, acChgDisa: 255, acFrequencySet: 255, acVolSet: 255 }
const CHARGE = { altVoltLmtEn: 255, shakeCtrlDisable: 255, altCableUnit: 255, altCableLen: -1, altVoltLmt: 65_535 }
const GRID = { dsgLowPwrEn: 255, pfcDsgModeEn: 255, passByCurrMax: 255 }
const ALIAS = { id: 3, chAlias: { logoNum: 0, alias: 'Circuit4' } }

/** All 27 of the vendor's document: whom to, and what shows the effect. src: powerkits-api.txt L13-950 */
const COMMANDS: [operateType: string, params: Params, to: () => object, shows?: [path: string, value: unknown]][] = [
  ['dischgParaSet', { volTag: 1 }, () => toModule('bbcin', 15_362), ['bbcout.cfgVolTag', 1]],
  ['chgParaSet', { chgPause: 1, maxChgCurr: 30, ...CHARGE }, () => toModule('bbcin', 15_362), ['bbcin.chgPause', 1]],
  ['chgDsgParaSet', { workMode: 2, rsvd: ['0', '0'] }, () => toHub(15_362), ['bbcin.workMode', 2]],
  ['dischgParaSet', { swSta: 0 }, () => toModule('bbcin', 15_362), ['bbcout.dcOutSta', 0]],
  ['rtcBroadcast', { unixTime: 1_710_835_118, timeZone: 8, timeZoneQuarter: 1 }, () => toModule('bbcout', 15_363)],
  ['dischgIcParaSet', { ...LEAVE, powerOn: 0 }, () => toModule('iclow', 15_365), ['ichigh.invSwSta', 0]],
  ['dischgIcParaSet', { acCurrMaxSet: 10 }, () => toModule('iclow', 15_365), ['ichigh.appCfg.acMaxCurrSer', 10]],
  ['dsgIcParaSet', { ...GRID, passByModeEn: 1 }, () => toModule('iclow', 15_365), ['ichigh.passByModeEn', 1]],
  ['socUpperLimit', { maxChgSoc: 80 }, () => toPacks, ['bmsTotal.bmsChgUpline', 80]],
  ['socLowerLimit', { minDsgSoc: 40 }, () => toPacks, ['bp5000.dsgSetSoc', 40]],
  ['lcdStandbyMin', { minute: 60 }, () => toPacks, ['bp5000.lcdStandbyMin', 60]],
  ['powerOff', { enable: 1 }, () => toPacks],
  ['ptcDsgCale', { enable: 1 }, () => toPacks],
  ['clearError', { enable: 0 }, () => toPacks],
  ['oilStartDownLimit', { soc: 60 }, () => toPacks, ['bmsTotal.oilStartDownline', 60]],
  ['oilStopUpLimit', { soc: 20 }, () => toPacks, ['bmsTotal.oilStopUpline', 20]],
  ['acDcLsplCfg', { recv: [0, 0], acDcLsplOvertime: 0 }, () => toPacks, ['bmsTotal.acDcLsplShutdMin', 0]],
  ['setAcChAlias', ALIAS, () => toHub(15_362)],
  ['getAcAllAlias', { enable: 1 }, () => toHub(15_362)],
  ['setDcChAlias', ALIAS, () => toHub(15_362)],
  ['getDcAllAlias', { enable: 1 }, () => toHub(15_362)],
  ['chSwitch', { bitsSwSta: 0 }, () => toModule('lddc', 15_362), ['lddc.dcChRelay', 0b111110]],
  ['writeProName', { nameLen: 4, name: 'test' }, () => toHub(15_370)],
  ['readProName', { enable: 1 }, () => toHub(15_370)],
  ['setScenes', { scenes: 3 }, () => toHub(15_370), ['wireless.scenes', 3]],
  ['fullIotDataPush', { times: 1 }, () => toHub(15_370)],
  ['powerOffGen', { bitsSwSta: 1 }, () => toHub(6402)],
]

describe('set commands', () => {
  it.each(COMMANDS)('%s %j over MQTT and HTTP: done, and it shows', async (operateType, params, to, shows) => {
    send(operateType, params, to())
    expect(last()).toMatchObject({ id: 77, transport: 'mqtt', fate: 'done', effectAt: expect.any(Number) })
    if (shows) expect(field(shows[0])).toEqual(shows[1])
    await front.live(200)
    expect(replies.map((reply) => reply.operateType)).toEqual([operateType])
    expect(last().replies).toMatchObject([{ isGood: true }])
    if (operateType === 'powerOff') front.faults.switchOn(sn())
    const body = { id: 78, version: '1.0', sn: sn(), ...to(), operateType, params }
    expect(await codeOf(front, 'set', { put: body })).toBe('0')
    expect(last()).toMatchObject({ id: 78, transport: 'http', fate: 'done' })
  })

  it('leave as they are what 255, 65535 and -1 stand for, and take amperes but report milliamperes', () => {
    const before = { ...kit().settings }
    send('chgParaSet', { chgPause: 1, maxChgCurr: 30, ...CHARGE }, toModule('bbcin', 15_362))
    expect(kit().settings).toEqual({ ...before, chgPause: 1, chgMaxCurrMa: 30_000 })
    send('dischgIcParaSet', { ...LEAVE, acChgDisa: 1 }, toModule('iclow', 15_365))
    expect(kit().settings).toEqual({ ...before, chgPause: 1, chgMaxCurrMa: 30_000, acChgDisable: 1 })
  })

  it('switch circuits by 128 + n, and the power follows', async () => {
    send('chSwitch', { bitsSwSta: 1 }, toModule('lddc', 15_362))
    expect(kit().truth().dcWatts[1]).toBe(0)
    send('chSwitch', { bitsSwSta: 129 }, toHub(15_362))
    expect(field('lddc.dcChRelay')).toBe(0b111111)
    send('dischgIcParaSet', { powerOn: 0 }, toModule('iclow', 15_365))
    expect(kit().truth().acOutW).toBe(0)
  })

  it('that are out of range are refused, and change nothing', async () => {
    const before = { ...kit().settings }
    send('socUpperLimit', { maxChgSoc: 49 }, toPacks)
    send('socLowerLimit', { minDsgSoc: 51 }, toPacks)
    send('dischgIcParaSet', { acCurrMaxSet: 10, powerOn: 2 }, toModule('iclow', 15_365))
    send('chSwitch', { bitsSwSta: 6 }, toModule('lddc', 15_362))
    send('dsgIcParaSet', { passByModeEn: 3 }, toModule('iclow', 15_365))
    send('setAcChAlias', { ...ALIAS, id: 6 }, toHub(15_362))
    await front.live(200)
    expect(replies.map(({ data }) => data)).toEqual(Array.from({ length: 6 }, () => ({ retSta: 1 })))
    expect(front.commands.received.map(({ fate }) => fate)).toEqual(Array.from({ length: 6 }, () => 'refused'))
    expect(kit().settings).toEqual(before)
  })

  it('are answered as by real kits: from other modules, under another id, with what was asked', async () => {
    send('socUpperLimit', { maxChgSoc: 80 }, toPacks)
    send('getDcAllAlias', { enable: 1 }, toHub(15_362))
    send('setScenes', { scenes: 3 }, toHub(15_370))
    send('writeProName', { nameLen: 4, name: 'Vän' }, toHub(15_370))
    await front.live(200)
    send('readProName', { enable: 1 }, toHub(15_370))
    await front.live(200)
    const [limit, alias, scene, , name] = replies
    expect(kit().plan.packs.map((pack) => pack.sn)).toContain(limit!.moduleSn)
    expect(limit).toMatchObject({ id: 77, moduleType: 15_371 })
    expect(alias).toMatchObject({ moduleSn: kit().plan.modules.iclow, moduleType: 15_362 })
    expect(scene).toMatchObject({ moduleSn: kit().plan.wirelessSn, moduleType: 15_370 })
    expect(scene!.id).not.toBe(77)
    expect(name!.data).toEqual({ nameLen: 4, name: 'Vän' })
  })

  it('meet silence when unknown, for a module that is not there, malformed, or when the kit is off', async () => {
    send('toString', {}, toHub(15_362))
    send('dischgParaSet', { swSta: 0 }, { moduleSn: 'M1093-DCIN-00000', moduleType: 15_362 })
    send('socUpperLimit', { maxChgSoc: 80 }, { moduleSn: kit().plan.packs[0]!.sn, moduleType: 15_371 })
    session.command(topic('set'), Buffer.from('{"broken'))
    send('powerOff', { enable: 1 }, toPacks)
    send('setScenes', { scenes: 3 }, toHub(15_370))
    expect(await codeOf(front, 'set', { put: { sn: sn(), operateType: 'setScenes', params: { scenes: 3 } } })).toBe(
      '1008',
    )
    await front.live(200)
    const fates = ['unknown', 'misaddressed', 'misaddressed', 'malformed', 'done', 'away', 'offline']
    expect(front.commands.received.map(({ fate }) => fate)).toEqual(fates)
    expect(replies.map((reply) => reply.operateType)).toEqual(['powerOff'])
    front.faults.switchOn(sn())
    send('setScenes', { scenes: 3 }, toHub(15_370))
    expect(last().fate).toBe('done')
    for (const text of [null, 5, [], {}, { operateType: 'powerOff' }, { params: {} }])
      expect(readSetCommand(text)).toBeUndefined()
  })
})

describe('quirks of set commands', () => {
  const limit = (pct: number): void => send('socUpperLimit', { maxChgSoc: pct }, toPacks)
  const ceiling = (): number => kit().settings.chargeCeilingPct

  it.each([
    ['no reply', { replyAfterMs: Number.POSITIVE_INFINITY }, 90, []],
    ['a reply and no effect', { effectAfterMs: Number.POSITIVE_INFINITY }, 100, [{ data: { retSta: 0 } }]],
    ['a refusal', { retSta: 4 }, 100, [{ data: { retSta: 4 } }]],
    ['the same reply three times', { replies: 3 }, 90, [{ id: 77 }, { id: 77 }, { id: 77 }]],
    ['a reply with ack', { verdict: 'ack' }, 90, [{ data: { ack: 0 } }]],
    ['a reply with code', { verdict: 'code' }, 90, [{ code: 0, data: {} }]],
    ['a reply that says nothing', { verdict: 'bare' }, 90, [{ data: {} }]],
    ['a reply of a module nobody spoke to', { isForeign: true }, 90, [{ moduleSn: expect.stringMatching(/^M106Z/) }]],
    ['a reply under another id', { hasOtherId: true }, 90, [{ id: expect.not.toSatisfy((id) => id === 77) }]],
  ] as [string, Quirk, number, object[]][])('bring %s', async (_name, quirk, after, expected) => {
    bring(quirk)
    limit(90)
    await front.live(60_000)
    expect(ceiling()).toBe(after)
    expect(replies).toHaveLength(expected.length)
    expect(replies).toMatchObject(expected)
    // Once was said, once it is.
    limit(85)
    expect(ceiling()).toBe(85)
  })

  it('delay the reply and the effect, each by its own time', async () => {
    bring({ replyAfterMs: 12_000, effectAfterMs: 30_000 })
    const askedAt = front.now()
    limit(90)
    await front.live(11_000)
    expect(replies).toHaveLength(0)
    await front.live(2_000)
    expect(replies).toHaveLength(1)
    expect(ceiling()).toBe(100)
    await front.live(20_000)
    expect(ceiling()).toBe(90)
    expect(last()).toMatchObject({ at: askedAt, effectAt: askedAt + 30_000, replies: [{ at: askedAt + 12_000 }] })
    expect(front.commands.settings.get(sn())!.map(({ at, settings }) => [at, settings.chargeCeilingPct])).toEqual([
      [expect.any(Number), 100],
      [askedAt + 30_000, 90],
    ])
  })

  it('break the connection before the command has come, or before that was said', async () => {
    bring({ lost: 'command' })
    limit(90)
    expect([closed, ceiling(), last().fate]).toEqual([1, 100, 'lost'])
    signIn()
    bring({ lost: 'answer' })
    limit(90)
    expect([closed, ceiling(), last().fate]).toEqual([2, 90, 'done'])
    bring({ lost: 'answer' })
    const put = { id: 5, sn: sn(), ...toPacks, operateType: 'socUpperLimit', params: { maxChgSoc: 80 } }
    await expect(ask(front, 'set', { put })).rejects.toThrow('fetch failed')
    expect(ceiling()).toBe(80)
  })

  it('concern one operateType when asked to, and the kit they are of', () => {
    bring({ effectAfterMs: Number.POSITIVE_INFINITY }, 'socLowerLimit')
    limit(90)
    expect(ceiling()).toBe(90)
    send('socLowerLimit', { minDsgSoc: 30 }, toPacks)
    expect(kit().settings.dischargeFloorPct).toBe(10)
  })
})
