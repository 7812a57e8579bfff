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
  const rows = start()('minute/0/1', {}).filter(({ measurement }) => measurement === 'kit')
  expect(rows.map(({ tags, fields }) => [tags.kit_sn, fields.label, fields.verdict])).toEqual([
    ['M109ZAB4Z000001F', 'Van · M109ZAB4Z000001F', 'unheard'],
    ['M109ZAB4Z000002F', 'M109ZAB4Z000002F', 'unheard'],
  ])
})

it('lets a large fleet take turns within the minute', () => {
  const tell = start()
  const [first, second] = [tell('minute/0/2', {}), tell('minute/1/2', {})]
  const rows = [...first, ...second].filter(({ measurement }) => measurement === 'kit')
  expect(rows.map(({ tags, at }) => [tags.kit_sn, at])).toEqual([
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

it('takes the time zone of a kit, or that of all others, from what is said of the fleet', () => {
  const track = createTrack(createState(), createCatalogue(MODULES), createCounters())
  const tell = (content: object) =>
    runLine(track, { at: AT, source: 'tick', topic: 'fleet', bytes: Buffer.from(JSON.stringify(content)) })
  tell({ A: { name: 'Van', timeZone: 'Asia/Tokyo' }, B: { name: '' }, C: 'Cabin', '*': { timeZone: 'Europe/Berlin' } })
  const zones = () => [...track.state.kits.values()].map(({ sn, name, timeZone }) => [sn, name, timeZone])
  expect(zones()).toEqual([
    ['A', 'Van', 'Asia/Tokyo'],
    ['B', '', 'Europe/Berlin'],
    ['C', 'Cabin', 'Europe/Berlin'],
  ])
  tell({ A: { name: 'Van' } })
  expect(zones()).toEqual([['A', 'Van', 'Europe/Berlin']])
})

it('hears of devices that are kits it knows, and of no others', () => {
  const track = createTrack(createState(), createCatalogue(MODULES), createCounters())
  const run = (topic: string, source: 'tick' | 'http', content: unknown) =>
    runLine(track, { at: AT, source, topic, bytes: Buffer.from(JSON.stringify(content)) }).history
  run('fleet', 'tick', { M109ZAB4Z000001F: 'Van' })
  const data = [
    { sn: 'M109ZAB4Z000001F', online: 0 },
    { sn: 'R331ZEB4ZE000001', online: 1 },
  ]
  const lines = run('/iot-open/sign/device/list', 'http', { code: '0', data })
    .split('\n')
    .filter(Boolean)
    .map(parseLine)
  expect(lines.map(({ tags, fields }) => [tags.kit_sn, fields.kind])).toEqual([['M109ZAB4Z000001F', 'went_offline']])
  expect([...track.state.kits.keys()]).toEqual(['M109ZAB4Z000001F'])
})
