import { expect, it } from 'vitest'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createCounters } from '../../src/counters.ts'
import { runLine } from '../../src/pipeline.ts'
import { parseLine } from '../../src/store/line-protocol.ts'
import { createState } from '../../src/track/state.ts'
import { createTrack } from '../../src/track/track.ts'

const AT = Date.UTC(2026, 5, 14, 12)

const start = () => {
  const track = createTrack(createState(), createCatalogue(MODULES), createCounters())
  const tell = (topic: string, content: object, at = AT) => {
    const { raw, history } = runLine(track, { at, source: 'tick', topic, bytes: Buffer.from(JSON.stringify(content)) })
    return `${raw}${history}`.split('\n').flatMap((line) => (line === '' ? [] : [parseLine(line)]))
  }
  tell('fleet', { M109ZAB4Z000001F: 'Van', M109ZAB4Z000002F: '' })
  return tell
}

it('keeps a row a minute of kits that the settings name, heard of or not', () => {
  const rows = start()('minute/0/1', {})
  expect(rows.map(({ tags, fields }) => [tags.kit_sn, fields.label, fields.verdict])).toEqual([
    ['M109ZAB4Z000001F', 'Van · M109ZAB4Z000001F', 'unheard'],
    ['M109ZAB4Z000002F', 'M109ZAB4Z000002F', 'unheard'],
  ])
})

it('lets a large fleet take turns within the minute', () => {
  const tell = start()
  const [first, second] = [tell('minute/0/2', {}), tell('minute/1/2', {})]
  expect([...first, ...second].map(({ tags, at }) => [tags.kit_sn, at])).toEqual([
    ['M109ZAB4Z000001F', AT],
    ['M109ZAB4Z000002F', AT],
  ])
})

it('makes a gap row of what the spool had to drop', () => {
  const [row] = start()('loss', { records: 7, fromAt: AT - 90_500, toAt: AT - 30_500 })
  expect(row).toMatchObject({ measurement: 'gap', tags: { module_sn: 'all' }, at: AT - 91_000 })
  expect(row!.fields).toMatchObject({ cause: 'spool_full', end_ms: AT - 30_500, duration_s: 60.5, is_open: 0 })
})

it('tells each kit that the clock was set', () => {
  const rows = start()('clock/-3600000', {})
  expect(rows.map(({ measurement, fields }) => [measurement, fields.kind, fields.details])).toEqual([
    ['event', 'clock_stepped', '-3600 s'],
    ['event', 'clock_stepped', '-3600 s'],
  ])
})
