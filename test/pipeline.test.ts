import { describe, expect, it } from 'vitest'
import type { Input } from '../src/store/record.ts'
import { createLine, DCOU, fieldsOf, KIT, minuteInput, pushInput, rowOf, START } from './track/virtual-line.ts'

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
const tick = (topic: string, value: unknown = ''): Input => ({ at: START, source: 'tick', topic, bytes: bytes(value) })

describe('the line', () => {
  it('counts every message as a report or as rejected by its reason', () => {
    const line = createLine()
    line.push(0, DCOU, { ldOutVol: 26_400 })
    for (const text of ['', '[]', '{', '{"params":{}}'])
      expect(
        line.run({ at: START, source: 'mqtt', topic: `/open/account/${KIT}/quota`, bytes: Buffer.from(text) }),
      ).toEqual([])
    expect(Object.fromEntries(line.counters)).toEqual({
      messages_received: 5,
      'reports{quota}': 1,
      'values{written}': 1,
      'rejected{not_json}': 2,
      'rejected{not_an_object}': 1,
      'rejected{empty}': 1,
    })
  })

  it('drops what the broker sends again, and folds a replayed file as often as it is asked to', () => {
    const line = createLine()
    const input = pushInput(START, DCOU, { ldOutVol: 26_400 })
    expect(rowOf(line.run(input), 'dc_output')).toBeDefined()
    expect(line.run({ ...input, at: START + 5000, isDuplicate: true })).toEqual([])
    expect(line.counters.get('rejected{duplicate}')).toBe(1)
    expect(rowOf(line.run({ ...input, at: START + 9000, source: 'file' }), 'dc_output')!.at).toBe(START + 9000)
  })

  it('takes ticks as inputs that are no messages', () => {
    const line = createLine()
    line.run(tick('fleet', { [KIT]: 'Blue van' }))
    expect(fieldsOf(line.run(minuteInput(START)), 'kit')).toMatchObject({ label: `Blue van · ${KIT}` })
    const loss = line.run(tick('loss', { records: 12, fromAt: START + 500, toAt: START + 60_000 }))
    expect(rowOf(loss, 'gap')).toMatchObject({ at: START, fields: { cause: 'spool_full', duration_s: 60, is_open: 0 } })
    expect(line.run(tick('something else'))).toEqual([])
    expect(line.counters.size).toBe(0)
  })

  it('gives the same lines for the same inputs', () => {
    const inputs = [0, 1, 2].map((i) => pushInput(START + i * 900, DCOU, { ldOutVol: 26_400 + i, news: [i, { a: i }] }))
    const [one, other] = [createLine(), createLine()]
    for (const input of inputs) expect(one.run(input)).toEqual(other.run(input))
  })
})
