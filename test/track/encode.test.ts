/** Lines from under the pen against the plain encoder: whatever was written, joining its parts gives the same text. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCounters } from '../../src/counters.ts'
import { runLine } from '../../src/pipeline.ts'
import { simulateMessages } from '../../src/simulator/reporter.ts'
import { encodePoint, parseLine } from '../../src/store/line-protocol.ts'
import { createState } from '../../src/track/state.ts'
import { createTrack } from '../../src/track/track.ts'
import { histories } from './random-inputs.ts'
import { catalogue, PACK, pushInput, START } from './virtual-line.ts'

const newTrack = () => createTrack(createState(), catalogue, createCounters())

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1)

const plain = (line: string): string => encodePoint(parseLine(line)).slice(0, -1)

it('writes what the plain encoder writes, for random histories', () => {
  fc.assert(
    fc.property(histories, (inputs) => {
      const track = newTrack()
      for (const input of inputs) for (const line of linesOf(runLine(track, input).raw)) expect(plain(line)).toBe(line)
    }),
    { numRuns: 100 },
  )
})

it('writes what the plain encoder writes, for simulated kits', () => {
  const track = newTrack()
  const [from, measurements] = [Date.UTC(2026, 4, 28, 12), new Set<string>()]
  for (const form of ['open', 'app'] as const)
    for (const { at, topic, bytes } of simulateMessages({
      ...{ kits: 1, seed: 3, from, until: from + 120_000, account: 'open-test', form },
    }))
      for (const line of linesOf(runLine(track, { at, source: 'mqtt', topic, bytes }).raw)) {
        measurements.add(parseLine(line).measurement)
        expect(plain(line)).toBe(line)
      }
  expect(measurements.size).toBeGreaterThan(8)
})

it('keeps letters beyond ASCII, quotes and backslashes of names and serial numbers', () => {
  const track = newTrack()
  const odd = 'M101Z"ü\\, =🔋'
  const { raw } = runLine(track, pushInput(START, odd, { soc: 5, vol: 52_000 }, { moduleType: 15361 }))
  expect(linesOf(raw).map(parseLine)).toMatchObject([
    { tags: { module_sn: odd }, fields: { soc_pct: 5, voltage_v: 52 } },
  ])
  const listed = { onLineModuleSnList: [{ moduleSn: PACK, moduleVersion: 'é "1" \\' }] }
  runLine(track, pushInput(START + 1, '', listed))
  const minute = runLine(track, { at: START + 60_000, source: 'tick', topic: 'minute', bytes: new Uint8Array() })
  expect(minute.raw).toContain('é')
})
