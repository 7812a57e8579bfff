import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Input } from '../../src/store/record.ts'
import { kitToleranceMs } from '../../src/track/cadence.ts'
import { losslessHistories } from './random-inputs.ts'
import { createLine, KIT } from './virtual-line.ts'

interface Piece {
  readonly startAt: number
  readonly endAt: number
  readonly cause: unknown
  readonly isOpen: boolean
}

/** What was heard when, by the state itself, and the kit's rows of `gap`, the last of each stamp. */
const play = (inputs: readonly Input[]) => {
  const line = createLine()
  const pieces = new Map<number, Piece>()
  const heard: { at: number; toleranceMs: number }[] = []
  for (const input of inputs) {
    const kit = line.state.kits.get(KIT)
    const before = { at: kit?.heardAt ?? 0, toleranceMs: kit ? kitToleranceMs(kit) : 0 }
    for (const { measurement, tags, fields, at } of line.run(input))
      if (measurement === 'gap' && tags.module_sn === 'all')
        pieces.set(at, { startAt: at, endAt: Number(fields.end_ms), cause: fields.cause, isOpen: fields.is_open === 1 })
    const after = line.state.kits.get(KIT)?.heardAt ?? 0
    if (after !== before.at) heard.push({ at: after, toleranceMs: before.toleranceMs })
  }
  return { heard, pieces: [...pieces.values()].sort((a, b) => a.startAt - b.startAt) }
}

const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000

describe('the pieces of a hole', () => {
  it('are in order, do not overlap, and only the last one may be open', () => {
    fc.assert(
      fc.property(losslessHistories, (inputs) => {
        const { pieces } = play(inputs)
        pieces.forEach((piece, i) => {
          expect(piece.endAt).toBeGreaterThanOrEqual(piece.startAt)
          const next = pieces[i + 1]
          if (next === undefined) return
          // A hole ends within a second, and the next one may begin in it.
          expect(next.startAt).toBeGreaterThanOrEqual(wholeSecond(piece.endAt))
          expect(piece.isOpen).toBe(false)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('cover it exactly, from the last sign of life to the next, and no long hole is without', () => {
    fc.assert(
      fc.property(losslessHistories, (inputs) => {
        const { heard, pieces } = play(inputs)
        for (let i = 1; i < heard.length; i++) {
          const [fromAt, { at: toAt, toleranceMs }] = [heard[i - 1]!.at, heard[i]!]
          const own = pieces.filter(({ endAt }) => endAt > fromAt && endAt <= toAt)
          if (own.length === 0) {
            expect(toAt - fromAt).toBeLessThanOrEqual(Math.max(1000, toleranceMs))
            continue
          }
          const first = own[0]!
          const isAway = first.cause === 'collector_down' || first.cause === 'clock'
          // Another piece may have the second already, if the hole before it ended in it.
          const isTaken = pieces.some(({ startAt }) => startAt === wholeSecond(fromAt) && startAt < first.startAt)
          if (!isAway) expect(first.startAt).toBe(wholeSecond(fromAt) + (isTaken ? 1000 : 0))
          expect(own.at(-1)!.endAt).toBe(toAt)
          own.slice(1).forEach((piece, k) => {
            expect(piece.startAt).toBe(own[k]!.endAt)
          })
        }
      }),
      { numRuns: 300 },
    )
  })
})
