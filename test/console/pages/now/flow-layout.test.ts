import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FLOW_NAMES, type FlowName } from '../../../../src/console/pages/now/flow-facts.ts'
import { curveOf, layoutOf, middleOf, paceOf, pathOf } from '../../../../src/console/pages/now/flow-layout.ts'

const shown = fc.subarray([...FLOW_NAMES]).map((names) => [...new Set<FlowName>([...names, 'battery'])])

/** Room for a name above and a line of words below a circle. */
const WORDS = 14

test('every node stands inside the picture, and none upon another', () => {
  fc.assert(
    fc.property(shown, fc.boolean(), (names, isWide) => {
      const { nodes, radius, width, height, battery } = layoutOf(names, isWide)
      const places = [...nodes.values()]
      expect(nodes.size).toBe(names.filter((name) => name !== 'battery').length)
      for (const [i, { x, y }] of places.entries()) {
        expect(x - radius).toBeGreaterThanOrEqual(0)
        expect(x + radius).toBeLessThanOrEqual(width)
        expect(y - radius - WORDS).toBeGreaterThanOrEqual(0)
        expect(y + radius + WORDS).toBeLessThanOrEqual(height)
        expect(x + radius <= battery.x || x - radius >= battery.x + battery.width || y + radius <= battery.y).toBe(true)
        for (const other of places.slice(i + 1))
          expect(Math.hypot(other.x - x, other.y - y)).toBeGreaterThan(2 * radius)
      }
    }),
  )
})

test('power comes into the hub and goes out of it', () => {
  for (const isWide of [true, false]) {
    const layout = layoutOf(FLOW_NAMES, isWide)
    for (const name of FLOW_NAMES) {
      const inwards = curveOf(layout, name, true)
      expect(inwards[3]).toEqual(layout.hub)
      expect(curveOf(layout, name, false)).toEqual([...inwards].reverse())
    }
  }
})

test('a line is written as a path, and an arrow half way along it points where the power goes', () => {
  const curve = [
    { x: 0, y: 0 },
    { x: 3, y: 0 },
    { x: 6, y: 0 },
    { x: 9, y: 0 },
  ] as const
  expect(pathOf(curve)).toBe('M0 0C3 0 6 0 9 0')
  expect(middleOf(curve)).toEqual({ x: 4.5, y: 0, turn: 0 })
  const [a, b, c, d] = curve
  expect(Math.abs(middleOf([d, c, b, a]).turn)).toBe(180)
})

test('nothing moves where nothing flows or nothing is known', () => {
  for (const watts of [undefined, 0, 0.4, -0.4]) expect(paceOf(watts)).toBeUndefined()
})

test('more power is never thinner or slower, whichever way it goes', () => {
  const power = fc.integer({ min: 1, max: 100_000 })
  fc.assert(
    fc.property(power, power, (a, b) => {
      const [less, more] = [paceOf(Math.min(a, b)), paceOf(-Math.max(a, b))]
      expect(more?.width).toBeGreaterThanOrEqual(less?.width ?? Number.NaN)
      expect(more?.seconds).toBeLessThanOrEqual(less?.seconds ?? Number.NaN)
    }),
  )
  expect(paceOf(5)?.width).toBeLessThan(paceOf(5000)?.width ?? 0)
})
