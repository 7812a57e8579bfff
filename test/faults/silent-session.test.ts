import { expect, it } from 'vitest'
import { connectsOf, fallSilent, gapsOf, kitOf, openListening, staySilent } from './silent-session.ts'

const MINUTE_MS = 60_000

it('brings values by polls and pushes by a new connection when a session falls silent, and misses nothing', async () => {
  const virtual = await openListening({ pace: 13, learnMs: 30 * MINUTE_MS })
  const pauseMs = kitOf(virtual).pushCadenceMs
  expect(pauseMs).toBeGreaterThan(5_000)
  const { valuesMs, pushesMs } = await fallSilent(virtual, 30 * MINUTE_MS)
  expect(valuesMs).toBeLessThan(2.5 * MINUTE_MS)
  expect(pushesMs).toBeGreaterThan(valuesMs!)
  expect(pushesMs).toBeLessThan(Math.max(2 * MINUTE_MS, 5 * pauseMs) + 2.5 * MINUTE_MS + pauseMs)
  expect(connectsOf(virtual).today).toBe(2)
  expect(await gapsOf(virtual)).toEqual([])
  await virtual.end()
})

it('keeps values coming by polls, and spends few connects, while no connection hears anything', async () => {
  const virtual = await openListening({ pace: 13, learnMs: 30 * MINUTE_MS })
  const { longestMs, connects } = await staySilent(virtual, 'mute', 60 * MINUTE_MS)
  expect(longestMs).toBeLessThan(2.5 * MINUTE_MS)
  // After about 2, 7, 17 and 37 minutes.
  expect(connects).toBe(4)
  expect(await gapsOf(virtual)).toEqual([])
  await virtual.end()
})

it('shows a silence that nothing fills in the ledger', async () => {
  const virtual = await openListening({ pace: 13, learnMs: 30 * MINUTE_MS })
  const end = virtual.cloud.faults.unreachable()
  await virtual.advance(20 * MINUTE_MS)
  end()
  await virtual.advance(10 * MINUTE_MS)
  expect(await gapsOf(virtual)).not.toEqual([])
  await virtual.end()
})
