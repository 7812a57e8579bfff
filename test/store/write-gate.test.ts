import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Batch, WriteAnswer } from '../../src/store/store.ts'
import { createWriteGate } from '../../src/store/write-gate.ts'

const batch = (upTo: number): Batch => ({ bucket: 'raw', lines: [], spoolId: 'a', upTo })

/** A store that answers when it is told to. */
const slowStore = () => {
  const asked: number[] = []
  const answers: (() => void)[] = []
  const write = ({ upTo }: Batch): Promise<WriteAnswer> => {
    asked.push(upTo)
    return new Promise((resolve) => answers.push(() => resolve({ answer: 'accepted' })))
  }
  return { asked, answers, write }
}

it('waits for what is on its way, lets nothing in while it is held, and everything afterwards', async () => {
  const { asked, answers, write } = slowStore()
  const gate = createWriteGate(write)
  const first = gate.write(batch(1))
  let isHeld = false
  const holding = gate.hold().then((open) => {
    isHeld = true
    return open
  })
  const second = gate.write(batch(2))
  await turn()
  expect([asked, isHeld]).toEqual([[1], false])
  answers[0]?.()
  const open = await holding
  expect(await first).toEqual({ answer: 'accepted' })
  const another = await gate.hold()
  open()
  open()
  await turn()
  expect(asked).toEqual([1])
  another()
  await turn()
  expect(asked).toEqual([1, 2])
  answers[1]?.()
  expect(await second).toEqual({ answer: 'accepted' })
})
