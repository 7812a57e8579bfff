import { expect, it } from 'vitest'
import { testNotice } from '../../src/alerts/notice.ts'
import { due, EMPTY, failed, put, sent } from '../../src/alerts/outbox.ts'
import { MINUTE, START } from './rows-of.ts'

const notices = Array.from({ length: 510 }, (_, index) => testNotice(START + index, 'UTC'))
const never = () => false

it('keeps the latest 500, and says how many it gave up until that was told', () => {
  const box = put(EMPTY, notices)
  expect(box.waiting).toHaveLength(500)
  expect(box.waiting[0]).toBe(notices[10])
  const later = sent(put(box, [notices[0]!]), box.waiting, box.dropped)
  expect([box.dropped, later.dropped, later.waiting]).toEqual([10, 1, [notices[0]]])
})

it('is left alone for longer and longer after failures, an hour at most', () => {
  let box = put(EMPTY, notices.slice(0, 1))
  const pauses: number[] = []
  for (let tries = 0; tries < 8; tries++) {
    box = failed(box, START)
    pauses.push((box.notBefore - START) / MINUTE)
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  expect(due(box, never, START + 59 * MINUTE)).toEqual([])
  expect(due(box, never, START + 60 * MINUTE)).toHaveLength(1)
  expect(sent(box, box.waiting, 0)).toEqual(EMPTY)
})

it('keeps what is held back', () => {
  const box = put(EMPTY, notices.slice(0, 3))
  expect(due(box, (notice) => notice === notices[1], START)).toEqual([notices[0], notices[2]])
})
