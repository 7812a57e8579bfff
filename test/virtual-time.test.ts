import { expect, it } from 'vitest'
import { pause } from '../src/timers.ts'
import { createVirtualTime } from './virtual-time.ts'

it('calls what falls due, in order, at its time, and nothing else', async () => {
  const time = createVirtualTime(1_000)
  const called: [string, number][] = []
  const call = (name: string) => () => void called.push([name, time.now()])
  time.after(300, call('late'))
  time.after(100, call('first'))
  time.after(100, call('second'))
  const cancel = time.after(200, call('never'))
  cancel()
  cancel()
  await time.advance(299)
  expect(called).toEqual([
    ['first', 1_100],
    ['second', 1_100],
  ])
  expect([time.now(), time.pending()]).toEqual([1_299, 1])
  await time.advance(1)
  expect(called.at(-1)).toEqual(['late', 1_300])
})

it('lets promises settle between calls, also those that wait again', async () => {
  const time = createVirtualTime(0)
  const seen: number[] = []
  const walk = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) {
      await pause(time, 10)
      seen.push(time.now())
    }
  }
  const walked = walk()
  await time.advance(50)
  await walked
  expect(seen).toEqual([10, 20, 30, 40, 50])
})
