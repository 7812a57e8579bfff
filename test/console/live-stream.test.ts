import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEventReader, type ServerEvent } from '../../src/console/live-stream.ts'

const readAll = (pieces: readonly string[]): ServerEvent[] => {
  const read = createEventReader()
  return pieces.flatMap((piece) => read(piece))
}

const STREAM =
  ': a comment\n\n' +
  'event: kits\ndata: {"at":1}\n\n' +
  'event:kit\nid: 7\nretry: 10\ndata:{"a":"x: y"}\n\n' +
  'data: first\ndata:  second\ndata:\n\n' +
  'event: nothing\n\n' +
  ': heartbeat\n\n' +
  'event: latest\ndata: {"ä":"→ €"}\n\n'

const EVENTS = [
  { name: 'kits', data: '{"at":1}' },
  { name: 'kit', data: '{"a":"x: y"}' },
  { name: 'message', data: 'first\n second\n' },
  { name: 'latest', data: '{"ä":"→ €"}' },
]

it('gives each event once it is complete, and comments never', () => {
  expect(readAll([STREAM])).toEqual(EVENTS)
})

it('keeps what is not complete for the next piece', () => {
  const read = createEventReader()
  expect(read('event: kits\nda')).toEqual([])
  expect(read('ta: 1\n')).toEqual([])
  expect(read('\n')).toEqual([{ name: 'kits', data: '1' }])
  expect(read('data: never ended\n')).toEqual([])
})

it.each(['\n', '\r\n'])('is the same however it is cut, with lines that end in %j', (end) => {
  const cuts = fc.array(fc.nat(STREAM.length * 2), { maxLength: 40 })
  fc.assert(
    fc.property(cuts, (places) => {
      const stream = STREAM.replaceAll('\n', end)
      const sorted = [0, ...places.map((place) => Math.min(place, stream.length)).sort((a, b) => a - b), stream.length]
      const pieces = sorted.slice(1).map((to, index) => stream.slice(sorted[index], to))
      expect(readAll(pieces)).toEqual(EVENTS)
    }),
  )
})

it('takes one letter at a time', () => {
  expect(readAll([...STREAM])).toEqual(EVENTS)
  expect(readAll([...STREAM.replaceAll('\n', '\r\n')])).toEqual(EVENTS)
})
