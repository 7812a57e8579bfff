import { describe, expect, it } from 'vitest'
import type { CommandRecord } from '../../src/control/command-record.ts'
import type { ReceivedCommand } from '../../src/simulator/command-log.ts'
import { createKits } from '../../src/simulator/reporter.ts'
import type { Settings } from '../../src/simulator/settings.ts'
import { judge } from './command-oracle.ts'
import { uncovered } from './random-commands.ts'

const AT = Date.UTC(2026, 5, 14, 9)
const [kit] = createKits(1, 7, AT)
const kitSn = kit!.plan.hubSn

const record = (over: Partial<CommandRecord> = {}): CommandRecord => ({
  id: '5b1f6a0e-6f0e-4c58-9d0a-3c2f9a1b7d44',
  wireId: 77,
  kitSn,
  command: 'battery.charge-limit',
  operateType: 'socUpperLimit',
  params: { percent: 80 },
  by: 'test',
  idempotencyKey: '',
  askedAt: AT,
  state: 'confirmed',
  transport: 'mqtt',
  isAcknowledged: false,
  sentAt: AT + 50,
  acknowledgedAt: undefined,
  endedAt: AT + 60_000,
  text: '',
  readBack: [],
  ...over,
})

const received = (over: Partial<ReceivedCommand> = {}): ReceivedCommand => ({
  at: AT + 25,
  kitSn,
  transport: 'mqtt',
  id: 77,
  operateType: 'socUpperLimit',
  moduleSn: '0000000000000000',
  moduleType: 0,
  params: { maxChgSoc: 80 },
  fate: 'done',
  quirk: {},
  effectAt: AT + 25,
  replies: [],
  ...over,
})

const since = (at: number, change: Partial<Settings>) => ({ at, settings: { ...kit!.settings, ...change } })

const held = (
  records: readonly CommandRecord[],
  log: readonly ReceivedCommand[],
  settings = [since(AT - 1_000, {}), since(AT + 25, { chargeCeilingPct: 80 })],
  disturbances: Parameters<typeof judge>[0]['disturbances'] = [],
) => judge({ records, log: { received: log, settings: new Map([[kitSn, settings]]) }, kits: [kit!], disturbances })

const NOTHING = [since(AT - 1_000, {})]
const ignored = received({ fate: 'ignored', effectAt: undefined })
const refused = received({ fate: 'refused', effectAt: undefined })
const acknowledged = { isAcknowledged: true, acknowledgedAt: AT + 200 }

describe('what the collector says of a command, held against the simulator', () => {
  it('is right where it is true of the kit', () => {
    const { judged, undecided, twice, unrecorded } = held([record()], [received()])
    expect(judged).toMatchObject([{ truth: 'done at once', wrong: '', weak: '' }])
    expect([undecided, twice, unrecorded]).toEqual([[], [], []])
    expect(held([record({ state: 'contradicted' })], [ignored], NOTHING).judged).toMatchObject([
      { wrong: '', weak: '' },
    ])
    expect(held([record({ state: 'failed' })], []).judged).toMatchObject([{ truth: 'never arrived', wrong: '' }])
    const replied = received({ replies: [{ at: AT + 150, isGood: true }] })
    expect(held([record(acknowledged)], [replied]).judged).toMatchObject([{ wrong: '' }])
  })

  it.each<[string, Partial<CommandRecord>, ReceivedCommand[], typeof NOTHING | undefined]>([
    ['confirmed, though the kit never stood so', {}, [ignored], NOTHING],
    ['confirmed, though it never arrived', {}, [], NOTHING],
    ['contradicted, though the kit stands so', { state: 'contradicted' }, [received()], undefined],
    ['failed, though it took effect', { state: 'failed' }, [received()], undefined],
    ['sent, though it was rejected', { state: 'rejected' }, [received()], undefined],
    ['acknowledged, though the kit had not replied', acknowledged, [received()], undefined],
    ['out of the range of the kit', { state: 'failed' }, [refused], NOTHING],
    ['the kit cannot understand it', {}, [received({ fate: 'misaddressed' })], undefined],
  ])('is wrong: %s', (why, over, log, settings) => {
    expect(held([record(over)], log, settings).judged).toMatchObject([{ wrong: why }])
  })

  it('is weak where more could be known, unless something was out of order', () => {
    const unconfirmed = [record({ state: 'unconfirmed' })]
    expect(held(unconfirmed, [received()]).judged).toMatchObject([{ weak: 'unconfirmed, though it shows' }])
    const otherwise = 'unconfirmed, though the kit shows otherwise'
    expect(held(unconfirmed, [ignored], NOTHING).judged).toMatchObject([{ weak: otherwise }])
    const disturbance = { kitSns: [], fromAt: AT, toAt: AT + 30_000 }
    expect(held(unconfirmed, [ignored], NOTHING, [disturbance]).judged).toMatchObject([{ wrong: '', weak: '' }])
    const lost = received({ quirk: { lost: 'answer' } })
    expect(held(unconfirmed, [lost]).judged).toMatchObject([{ weak: '', isPlain: false }])
    const unreadable = [record({ state: 'unconfirmed', readBack: 'No report carries it.' })]
    expect(held(unreadable, [ignored], NOTHING).judged).toMatchObject([{ weak: '' }])
  })

  it('finds what was sent twice, what nobody asked for, and what never ended', () => {
    expect(held([record()], [received(), received()]).twice).toEqual([77])
    expect(held([record()], [received(), received({ id: 78 })]).unrecorded).toMatchObject([{ id: 78 }])
    expect(held([record({ state: 'sent' })], [received()]).undecided).toHaveLength(1)
  })
})

it('random commands know every command of the catalogue', () => {
  expect(uncovered()).toEqual([])
})
