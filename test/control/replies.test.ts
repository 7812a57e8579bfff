/** Which command a set reply is of. */
import { expect, it } from 'vitest'
import type { CommandRecord } from '../../src/control/command-record.ts'
import { createReplies } from '../../src/control/replies.ts'
import type { SetReplyReport } from '../../src/report/report.ts'

const KIT = 'M109ZEB4ZE5K0021'
const SECOND = 1_000

const record = (wireId: number, more: Partial<CommandRecord> = {}): CommandRecord => ({
  id: `command ${wireId}`,
  wireId,
  kitSn: KIT,
  command: 'hub.scene',
  operateType: 'setScenes',
  params: {},
  by: 'owner',
  idempotencyKey: '',
  askedAt: 0,
  state: 'sent',
  transport: 'mqtt',
  isAcknowledged: false,
  sentAt: 0,
  acknowledgedAt: undefined,
  endedAt: undefined,
  text: '',
  readBack: '',
  ...more,
})

const reply = (id: string, operateType = 'setScenes'): SetReplyReport => ({
  type: 'set_reply',
  kitSn: KIT,
  id,
  operateType,
  code: '0',
  answer: {},
})

/** Those on their way went out at the second that is their place; `ended` are remembered besides. */
const matcher = (flying: readonly CommandRecord[], ended: readonly CommandRecord[] = []) => {
  const replies = createReplies(() => [...ended, ...flying])
  const candidates = flying.map((one, place) => ({ record: one, goneAt: place * SECOND }))
  return (said: SetReplyReport, second = 2) => replies.match(said, candidates, second * SECOND)
}

it('the one with its id, whatever else it says and however late', () => {
  const match = matcher([record(1), record(2)])
  expect([match(reply('2', 'other')), match(reply('2'), 500), match(reply('2'))]).toEqual([
    'command 2',
    'command 2',
    'command 2',
  ])
})

it('else the oldest of that operateType which has no reply yet, within eight seconds', () => {
  const match = matcher([record(1, { isAcknowledged: true }), record(2), record(3), record(4, { operateType: 'x' })])
  expect(match(reply('900'))).toBe('command 2')
  expect(match(reply('901', 'x'))).toBe('command 4')
  expect(match(reply('902', 'y'))).toBeUndefined()
  expect(match(reply('903'), 9)).toBe('command 2')
  expect(match(reply('904'), 10)).toBe('command 3')
  expect(match(reply('905'), 11)).toBeUndefined()
})

it('none, where it comes again', () => {
  const match = matcher([record(1), record(2)])
  expect([match(reply('900')), match(reply('900')), match(reply('901'))]).toEqual(['command 1', undefined, 'command 1'])
})

it('none, where its id is that of a command that has ended', () => {
  expect(matcher([record(2)], [record(1, { state: 'unconfirmed' })])(reply('1'))).toBeUndefined()
})

it('a reply without an id is matched by its kind', () => {
  expect(matcher([record(1)])(reply(''))).toBe('command 1')
})

it('none that has not gone out', () => {
  const replies = createReplies(() => [])
  expect(replies.match(reply('1'), [{ record: record(1), goneAt: undefined }], 0)).toBeUndefined()
})
