/** Set commands in the line: their rows, what a restart still knows, and what is forgotten. */
import { expect, it } from 'vitest'
import type { CommandRecord } from '../../src/control/command-record.ts'
import { restoreSnapshot, takeSnapshot } from '../../src/track/snapshot.ts'
import { createState } from '../../src/track/state.ts'
import { catalogue, createLine, KIT, START } from './virtual-line.ts'

const record = (changes: Partial<CommandRecord> = {}): CommandRecord => ({
  id: 'one',
  wireId: 7,
  kitSn: KIT,
  command: 'dc-output.switch',
  operateType: 'dischgParaSet',
  params: { on: false },
  by: 'owner',
  idempotencyKey: '',
  askedAt: START + 1_234,
  state: 'accepted',
  transport: '',
  isAcknowledged: false,
  sentAt: undefined,
  acknowledgedAt: undefined,
  endedAt: undefined,
  text: 'It waits to be sent.',
  readBack: [{ kind: 'bbcout', field: 'dcOutSta', expected: 0 }],
  ...changes,
})

const tell = (line: ReturnType<typeof createLine>, of: CommandRecord) =>
  line.run({ at: of.endedAt ?? of.askedAt, source: 'tick', topic: 'command', bytes: Buffer.from(JSON.stringify(of)) })

it('each change is written over the row that the command has', () => {
  const line = createLine()
  const [first] = tell(line, record())
  expect(first).toEqual({
    measurement: 'command',
    tags: { kit_sn: KIT },
    fields: {
      id: 'one',
      kind: 'dc-output.switch',
      details: '{"on":false}',
      by: 'owner',
      state: 'accepted',
      state_code: 0,
      text: 'It waits to be sent.',
      is_acknowledged: 0,
      asked_ms: START + 1_234,
    },
    at: START + 1_000,
  })
  const ended = record({
    state: 'confirmed',
    transport: 'mqtt',
    isAcknowledged: true,
    sentAt: START + 1_300,
    acknowledgedAt: START + 1_400,
    endedAt: START + 4_234,
  })
  const [last] = tell(line, ended)
  expect(last).toMatchObject({
    at: START + 1_000,
    fields: {
      state: 'confirmed',
      state_code: 2,
      transport: 'mqtt',
      is_acknowledged: 1,
      sent_ms: START + 1_300,
      acknowledged_ms: START + 1_400,
      end_ms: START + 4_234,
      duration_s: 3,
    },
  })
  expect([...line.state.commands.values()]).toMatchObject([{ record: { state: 'confirmed' }, stampAt: START + 1_000 }])
})

it('no two commands of a kit share a stamp, those of two kits may', () => {
  const line = createLine()
  const stamps = [
    record({ id: 'a' }),
    record({ id: 'b', askedAt: START + 1_500 }),
    record({ id: 'c', askedAt: START + 1_900 }),
    record({ id: 'd', askedAt: START + 90_000 }),
    record({ id: 'e', kitSn: 'M109ZEB4ZE5K0099' }),
    record({ id: 'b', askedAt: START + 1_500, state: 'sent' }),
  ].map((one) => tell(line, one)[0]!.at - START)
  expect(stamps).toEqual([1_000, 2_000, 3_000, 90_000, 1_000, 2_000])
})

it('a snapshot keeps commands with their stamps, and their times that are not known', () => {
  const line = createLine()
  tell(line, record({ id: 'a' }))
  tell(line, record({ id: 'b' }))
  const restored = restoreSnapshot(Buffer.concat(takeSnapshot(line.state, catalogue)), catalogue)!
  expect([...restored.commands.keys()]).toEqual(['a', 'b'])
  const sent = record({ id: 'b', state: 'sent', sentAt: START + 2_000 })
  expect(tell(createLine(restored), sent)).toEqual(tell(line, sent))
})

it('of more than a thousand those that ended are forgotten first, and none that is on its way', () => {
  const line = createLine(createState())
  tell(line, record({ id: 'on its way' }))
  for (let i = 0; i < 1_005; i++)
    tell(line, record({ id: `${i}`, state: 'confirmed', askedAt: START + i * 5_000, endedAt: START + i * 5_000 }))
  expect(line.state.commands.size).toBe(1_000)
  expect([...line.state.commands.keys()].slice(0, 2)).toEqual(['on its way', '6'])
})
