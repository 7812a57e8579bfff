import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MEASUREMENTS, type MeasurementName } from '../../src/catalogue/measurements.ts'
import { histories } from './random-inputs.ts'
import { createLine, DCOU, PACK, rowOf, START } from './virtual-line.ts'

const isRevisable = (measurement: string): boolean => 'revisable' in MEASUREMENTS[measurement as MeasurementName]

describe('stamps', () => {
  it('rise strictly per series, and no row has an empty tag or no field', () => {
    fc.assert(
      fc.property(histories, (inputs) => {
        const line = createLine()
        const last = new Map<string, number>()
        for (const input of inputs)
          for (const { measurement, tags, fields, at } of line.run(input)) {
            expect(Object.values(tags)).not.toContain('')
            expect(Object.keys(fields).length).toBeGreaterThan(0)
            if (isRevisable(measurement)) continue
            // The rows of an hour are in another bucket than those of its values.
            const series = JSON.stringify([measurement, tags, 'covered_s' in fields])
            expect(at, series).toBeGreaterThan(last.get(series) ?? 0)
            last.set(series, at)
          }
      }),
      { numRuns: 150 },
    )
  })

  it('hold for reports of one millisecond and for a clock that steps back', () => {
    const line = createLine()
    const stamps = [5, 5, 3, 5].map(
      (seconds, i) => rowOf(line.push(seconds, DCOU, { ldOutVol: 26_000 + i }), 'dc_output')!.at,
    )
    expect(stamps).toEqual([START + 5000, START + 5001, START + 5002, START + 5003])
  })

  it('of events lie on whole seconds of their own', () => {
    const line = createLine()
    const events = [
      ...line.poll(0, { onLineModuleSnList: [{ moduleSn: PACK, moduleVersion: '1' }] }),
      ...line.poll(0.2, { onLineModuleSnList: [{ moduleSn: PACK, moduleVersion: '2' }] }),
    ].filter(({ measurement, tags }) => measurement === 'event' && tags.module_sn === PACK)
    expect(events.map(({ at, fields }) => [at - START, fields.kind])).toEqual([
      [0, 'module_joined'],
      [1000, 'firmware_changed'],
    ])
  })
})
