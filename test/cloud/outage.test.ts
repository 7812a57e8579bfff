import { expect, it } from 'vitest'
import { createOutage } from '../../src/cloud/outage.ts'
import type { Failure } from '../../src/cloud/outcome.ts'

const failure = (kind: Failure['kind']): Failure => ({ kind, code: '', text: `because of ${kind}`, traceId: '' })

const start = () => {
  const scene = { isPushing: false }
  const told: [boolean, string][] = []
  const outage = createOutage(
    () => scene.isPushing,
    (isDown, problem) => told.push([isDown, problem]),
  )
  return { scene, told, outage }
}

it('is down after failures that go on for half a minute, and up again with the first answer', () => {
  const { told, outage } = start()
  outage.note(failure('unreachable'), 0)
  outage.note(failure('unreachable'), 10_000)
  outage.look(29_000)
  expect(outage.isDown()).toBe(false)
  outage.look(30_000)
  expect(outage.isDown()).toBe(true)
  expect(outage.problem()).toBe('because of unreachable')
  outage.note(undefined, 90_000)
  expect(outage.isDown()).toBe(false)
  expect(outage.problem()).toBe('')
  expect(outage.lastOkAt()).toBe(90_000)
  expect(told).toEqual([
    [true, 'Why: the cloud was not reached.'],
    [false, ''],
  ])
})

it('takes one lost answer for no outage, however long nothing is asked', () => {
  const { told, outage } = start()
  outage.note(failure('timed_out'), 0)
  outage.look(600_000)
  expect(told).toEqual([])
})

it('takes the refusal of one kit for an answer', () => {
  const { told, outage } = start()
  outage.note(failure('unreachable'), 0)
  outage.note(failure('no_permission'), 20_000)
  outage.note(failure('unreachable'), 40_000)
  outage.look(60_000)
  expect(told).toEqual([])
  expect(outage.lastOkAt()).toBeUndefined()
})

it('is not down while kits push, and is when they stop', () => {
  const { scene, told, outage } = start()
  scene.isPushing = true
  for (let at = 0; at <= 300_000; at += 60_000) outage.note(failure('server_error'), at)
  expect(told).toEqual([])
  scene.isPushing = false
  outage.look(310_000)
  expect(told.map(([isDown]) => isDown)).toEqual([true])
  scene.isPushing = true
  outage.look(320_000)
  expect(told.map(([isDown]) => isDown)).toEqual([true, false])
})
