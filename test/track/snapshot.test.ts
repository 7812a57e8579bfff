import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { restoreSnapshot, takeSnapshot } from '../../src/track/snapshot.ts'
import type { TrackState } from '../../src/track/state.ts'
import { histories } from './random-inputs.ts'
import { catalogue, createLine, DCOU } from './virtual-line.ts'

const bytesOf = (state: TrackState): Buffer => Buffer.concat(takeSnapshot(state, catalogue))
const textOf = (state: TrackState): string => bytesOf(state).toString()

describe('snapshot', () => {
  it('folded on from gives the lines of a straight run, wherever it was taken', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.boolean()), (inputs, restarts) => {
        const straight = createLine()
        let line = createLine()
        for (const input of inputs) {
          expect(line.run(input)).toEqual(straight.run(input))
          if (restarts.next().value) line = createLine(restoreSnapshot(bytesOf(line.state), catalogue))
        }
        expect(textOf(line.state)).toBe(textOf(straight.state))
      }),
      { numRuns: 150 },
    )
  })

  it('survives a catalogue whose slots have moved or gone', () => {
    const line = createLine()
    line.push(0, DCOU, { ldOutVol: 26_400, hs1Temp: 30 })
    const [first, kits] = textOf(line.state).split('\n')
    const shot = JSON.parse(first!)
    shot.names.bbcout = shot.names.bbcout.map((name: string) => (name.endsWith('voltage_v') ? 'gone' : name))
    const restored = createLine(restoreSnapshot(Buffer.from(`${JSON.stringify(shot)}\n${kits}\n`), catalogue))
    expect(restored.minute(60).find(({ measurement }) => measurement === 'dc_output')?.fields).toEqual({
      heatsink_1_temperature_c: 30,
    })
  })

  it('is refused, not misread, when it is of another version or no snapshot', () => {
    const { version, ...rest } = JSON.parse(textOf(createLine().state))
    for (const text of ['', 'x', 'null', '{}', '[]', JSON.stringify({ ...rest, version: version + 1 })])
      expect(restoreSnapshot(Buffer.from(text), catalogue), text).toBeUndefined()
  })
})
