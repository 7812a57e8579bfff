import { expect, it } from 'vitest'
import { createLine, KIT, START } from './virtual-line.ts'

const PANEL = 'M10E1-LDDC-12345'

it('writes what the owner calls a circuit when it is told, and once an hour', () => {
  const line = createLine()
  const tell = (circuits: object) =>
    line.run({
      at: START,
      source: 'tick',
      topic: 'fleet',
      bytes: Buffer.from(JSON.stringify({ [KIT]: { name: 'Boat', circuits } })),
    })
  const namesAt = (seconds: number) =>
    line
      .minute(seconds)
      .filter(({ measurement, fields }) => measurement === 'circuit' && 'name' in fields)
      .map(({ tags, fields }) => [tags.module_sn, tags.side, tags.circuit, fields.name])
  tell({ ac: { 1: 'Kettle' }, dc: { 1: 'Fridge', 4: 'Water pump' } })
  expect(namesAt(60)).toEqual([])
  line.push(61, PANEL, { dcChWatt: [41, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0], dcTotalWatts: 51 })
  const names = [
    [PANEL, 'dc', '01', 'Fridge'],
    [PANEL, 'dc', '04', 'Water pump'],
  ]
  expect(namesAt(120)).toEqual(names)
  expect(namesAt(180)).toEqual([])
  expect(namesAt(3600)).toEqual(names)
  tell({ ac: {}, dc: { 4: 'Shower' } })
  expect(namesAt(3660)).toEqual([[PANEL, 'dc', '04', 'Shower']])
})
