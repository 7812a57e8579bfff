import { expect, it } from 'vitest'
import { ApiError } from '../../../../src/console/api-error.ts'
import type { SentCommand } from '../../../../src/console/command-shapes.ts'
import {
  afterError,
  afterLoss,
  type Flight,
  isBusy,
  isUncertain,
} from '../../../../src/console/pages/control/flight.ts'

const error = (type: string, status: number, more: object = {}) =>
  new ApiError({ type: `urn:powerkits:problem:${type}`, title: 'T', detail: 'D', status, ...more })

const confirmation = { token: 'made-up', expires_at: 60_000 }

it('asks for a second step where the collector wants one, and takes every other refusal as one', () => {
  const wanted = error('confirmation_required', 428, { confirmation })
  expect(afterError({ on: false }, 'key', wanted)).toEqual({
    step: 'confirming',
    params: { on: false },
    confirmation,
    detail: 'D',
  })
  expect(afterError({}, 'key', error('too_soon', 429))).toMatchObject({ step: 'refused', key: 'key' })
  expect(afterError({}, 'key', error('confirmation_required', 428))).toMatchObject({ step: 'refused' })
})

it('is uncertain only where the command may have been taken', () => {
  const sure = [
    error('too_soon', 429),
    error('kit_offline', 409),
    error('not_connected', 503),
    error('token_wrong', 401),
  ]
  expect(sure.map(isUncertain)).toEqual([false, false, false, false])
  const gone = new ApiError({ type: 'unreachable', status: 0, title: '', detail: '' })
  expect(
    [gone, error('failed', 500), error('foreign_answer', 504), error('foreign_answer', 413)].map(isUncertain),
  ).toEqual([true, true, true, false])
})

it('stands still no longer when the collector knows nothing of it any more', () => {
  const taken: Flight = { step: 'taken', record: { params: { on: true } } as unknown as SentCommand, isLost: true }
  const gone = error('command_id_unknown', 404)
  expect(afterLoss(taken, gone)).toEqual({ step: 'refused', params: { on: true }, key: '', error: gone })
  expect(isBusy(afterLoss(taken, gone))).toBe(false)
  expect(afterLoss(undefined, gone)).toBeUndefined()
})

it('is busy until the command has ended, was refused or given up', () => {
  const record = (is_ended: boolean) => ({ is_ended }) as SentCommand
  const flights: (Flight | undefined)[] = [
    undefined,
    { step: 'asking', params: {}, key: '' },
    { step: 'confirming', params: {}, confirmation, detail: '' },
    { step: 'taken', record: record(false), isLost: true },
    { step: 'taken', record: record(true), isLost: false },
    { step: 'given-up', params: {}, isLate: false },
    { step: 'refused', params: {}, key: '', error: error('too_soon', 429) },
  ]
  expect(flights.map(isBusy)).toEqual([false, true, true, true, false, false, false])
})
