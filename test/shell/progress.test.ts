import { expect, it } from 'vitest'
import { createProgress } from '../../src/shell/progress.ts'

const drawnOn = (isTTY: boolean, columns = 60) => {
  let [now, drawn] = [0, '']
  const screen = { isTTY, columns, write: (text: string) => (drawn += text) }
  const progress = createProgress(screen, () => now)
  return {
    progress,
    after: (ms: number, done: number): string => {
      ;[now, drawn] = [ms, '']
      progress.at(done, 4, 'file.json')
      return drawn
    },
    ended: (): string => {
      drawn = ''
      progress.end()
      return drawn
    },
  }
}

it('draws a bar from the first second on, now and then, and takes it away', () => {
  const { after, ended } = drawnOn(true)
  expect(after(999, 1)).toBe('')
  expect(after(1000, 1)).toMatch(/█{6}░{18} {2}25 % {2}file\.json$/)
  expect(after(1050, 2)).toBe('')
  expect(after(1100, 2)).toContain('50 %')
  expect(ended()).toBe('\r\u001b[2K')
  expect(ended()).toBe('')
})

it('is as wide as usual on a terminal that does not say how wide it is', () => {
  expect(drawnOn(true, 0).after(1000, 2)).toMatch(/50 % {2}file\.json$/)
})

it('writes nothing where no terminal is', () => {
  const { after, ended } = drawnOn(false)
  expect(after(5000, 1) + ended()).toBe('')
})
