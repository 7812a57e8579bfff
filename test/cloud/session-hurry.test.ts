/** A cloud that is there again: who only waited for the way tries at once, who was refused keeps waiting. */
import { expect, it } from 'vitest'
import { begin, beginAccount, MINUTE, SECOND } from './scripted-session.ts'

it('tries at once when it only waited for the way to the broker', async () => {
  const { session, time, broker } = begin()
  broker.fate = (link) => link.end('unreachable')
  await time.advance(30 * MINUTE)
  const before = broker.links.length
  broker.fate = (link) => link.up()
  session.hurry()
  await time.advance(SECOND)
  expect(broker.links).toHaveLength(before + 1)
  expect(session.status().isConnected).toBe(true)
  session.hurry()
  await time.advance(MINUTE)
  expect(broker.links).toHaveLength(before + 1)
  expect(time.pending()).toBe(0)
})

it('keeps waiting when the broker refused it', async () => {
  const { session, time, broker } = await beginAccount()
  broker.fate = (link) => link.refuse(5)
  await time.advance(SECOND)
  const before = broker.links.length
  session.hurry()
  await time.advance(SECOND)
  expect(broker.links).toHaveLength(before)
  expect(session.status().state).toBe('waiting')
})
