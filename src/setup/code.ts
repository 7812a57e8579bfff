/**
 * The one-time code that shows who asks is whoever reads this collector's terminal or log. Promises: it is valid for one
 * start, comparing it tells nothing by its time, and after ten wrong tries no code is taken any more.
 */
import { createHash, timingSafeEqual } from 'node:crypto'

/** Without those that are mistaken for another: 0 and O, 1 and I. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GROUP = 4
const MOST_WRONG = 10

/** Such as `K7QD-2MXA`. `randomBelow` gives whole numbers from 0, none of which anybody may guess. */
export const newCode = (randomBelow: (limit: number) => number): string => {
  const group = (): string => Array.from({ length: GROUP }, () => LETTERS[randomBelow(LETTERS.length)]).join('')
  return `${group()}-${group()}`
}

export interface CodeGate {
  /** `spent`: too many were wrong, so that even the right one is refused. */
  judge(given: string): 'right' | 'wrong' | 'spent'
  triesLeft(): number
}

const digest = (code: string): Buffer => createHash('sha256').update(code.toUpperCase().replace(/[\s-]/g, '')).digest()

/** Takes the code in any case, with or without its dash. */
export const createGate = (code: string): CodeGate => {
  const right = digest(code)
  let left = MOST_WRONG
  return {
    judge: (given) => {
      if (left === 0) return 'spent'
      if (timingSafeEqual(digest(given), right)) return 'right'
      left--
      return left === 0 ? 'spent' : 'wrong'
    },
    triesLeft: () => left,
  }
}
