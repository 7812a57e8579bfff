import { expect, it } from 'vitest'
import type { Kits, LiveKit } from '../../src/console/api-shapes.ts'
import { outcomeOf } from '../../src/console/pages/set-up/waiting.ts'
import type { Setup } from '../../src/console/set-up-shapes.ts'

const kits = (is_demonstration: boolean, count: number): Kits => ({
  at: 0,
  is_demonstration,
  kits: Array.from({ length: count }, () => ({}) as LiveKit),
})
const setup = (problem?: string): Setup => ({ at: 0, is_open: true, tries_left: 10, is_saved: true, problem })

it('waits while the demonstration is still there, and while nobody answers', () => {
  expect(outcomeOf(undefined, undefined, 60_000)).toBe('changing')
  expect(outcomeOf(kits(true, 1), setup(), 60_000)).toBe('changing')
})

it('goes on when kits of the account are there, or none came for long', () => {
  expect(outcomeOf(kits(false, 1), undefined, 1_000)).toBe('collecting')
  expect(outcomeOf(kits(false, 0), undefined, 1_000)).toBe('changing')
  expect(outcomeOf(kits(false, 0), undefined, 15_001)).toBe('collecting')
})

it('tells a start that failed', () => {
  expect(outcomeOf(kits(true, 1), setup('The disk is full.'), 1_000)).toBe('failed')
})
