import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ExportShell, exportTo } from '../../src/shell/export.ts'
import { type ExportAsked, planExport } from '../../src/shell/export-plan.ts'
import { LABEL } from '../../src/shell/export-target.ts'
import { createProgress } from '../../src/shell/progress.ts'
import { encodePoint, type Point, parseLine } from '../../src/store/line-protocol.ts'
import type { Answers } from '../../src/store/store.ts'
import { DAY_MS, END, KIT, openTemporary, pastRows, writePast, writeRows, ZONE } from '../analysis/past.ts'
import { query } from './read-parquet.ts'

const VAN = { kitSn: KIT, name: 'Van', timeZone: ZONE }
const past = pastRows()
let folder = ''
let opened: Awaited<ReturnType<typeof openTemporary>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'powerkits-export-'))
  opened = await openTemporary()
  await writePast(opened.store, past)
  const late = { measurement: 'battery', tags: { kit_sn: 'M109ZEB4ZE7B0009', module_sn: 'B9' }, at: END + 3 * DAY_MS }
  await writeRows(opened.store, 'raw', [
    encodePoint({ ...late, fields: { soc_pct: 50, new_field: 1, model: 'a "b", c' } }),
  ])
})

afterAll(async () => {
  await opened.close()
  rmSync(folder, { recursive: true })
})

const shell = (answers: Answers = opened.store, signal = new AbortController().signal): ExportShell => ({
  answers,
  signal,
  version: '1.2.3',
  progress: createProgress({ write: () => undefined }, () => 0),
})

const NOW = END + 5 * DAY_MS
const planned = (asked: Partial<ExportAsked>) => planExport({ format: 'parquet', bucket: 'all', ...asked }, [VAN], NOW)

const run = async (name: string, asked: Partial<ExportAsked>, isForced = false, around: ExportShell = shell()) => {
  const dir = join(folder, name)
  return { dir, done: await exportTo(dir, planned(asked), isForced, around) }
}

const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

const ofBattery = past.raw.filter(({ measurement }) => measurement === 'battery')
/** Rows of one moment and series are one. */
const stored =
  1 +
  [past.raw, past.history].reduce((sum, points) => {
    return sum + new Set(points.map(({ measurement, tags, at }) => JSON.stringify([measurement, tags, at]))).size
  }, 0)
const sumOf = (points: readonly Point[], name: string): number =>
  points.reduce((sum, { fields }) => sum + Number(fields[name] ?? 0), 0)

it('writes Parquet that DuckDB reads back with the same counts and sums, one schema over all files', async () => {
  const { dir, done } = await run('parquet', {})
  const battery = `read_parquet('${dir}/raw/measurement=battery/**/*.parquet', hive_partitioning = true)`
  const own = `FROM ${battery} WHERE kit_sn = '${KIT}'`
  const [sums] = await query(
    `SELECT count(*)::INT AS n, sum(soc_pct) AS soc, min(epoch_ms(time))::DOUBLE AS first, max(measurement) AS name ${own}`,
  )
  expect(sums).toMatchObject({ n: ofBattery.length, first: ofBattery[0]!.at, name: 'battery' })
  expect(sums!.soc).toBeCloseTo(sumOf(ofBattery, 'soc_pct'), 6)
  const days = await query(`SELECT day::VARCHAR AS day, count(*)::INT AS n FROM ${battery} GROUP BY day ORDER BY day`)
  expect(days.map(({ day }) => day)).toEqual(['2026-06-17', '2026-06-18', '2026-06-19', '2026-06-22'])
  const schemas = await query(
    `SELECT DISTINCT list(name || ':' || type || ':' || coalesce(converted_type, '') ORDER BY column_id) AS schema FROM (SELECT * FROM parquet_schema('${dir}/raw/measurement=battery/**/*.parquet')) GROUP BY file_name`,
  )
  expect(schemas).toHaveLength(1)
  expect(String(schemas[0]!.schema)).toContain('time:INT64:TIMESTAMP_MILLIS')
  expect(String(schemas[0]!.schema)).toContain('new_field:DOUBLE')
  expect(String(schemas[0]!.schema)).toContain('model:BYTE_ARRAY:UTF8')
  const everything = await query(
    `SELECT sum(n)::INT AS n FROM (SELECT sum(num_rows) AS n FROM parquet_file_metadata('${dir}/**/*.parquet'))`,
  )
  expect(everything[0]!.n).toBe(stored)
  expect(done.reduce((sum, { rows }) => sum + rows, 0)).toBe(stored)
  const label = JSON.parse(readFileSync(join(dir, LABEL), 'utf8'))
  expect(label).toMatchObject({ powerkits: '1.2.3', format: 'parquet' })
  expect(filesIn(dir).some((path) => path.includes('spill') || path.endsWith('.wide'))).toBe(false)
})

it('keeps rows of a file in the order of time', async () => {
  const { dir } = await run('ordered', { measurement: ['battery'], bucket: 'raw' })
  const times = await query(
    `SELECT epoch_ms(time)::DOUBLE AS at, module_sn FROM '${dir}/raw/measurement=battery/day=2026-06-18/battery.parquet'`,
  )
  const found = times.map(({ at, module_sn }) => `${at} ${module_sn}`)
  expect(found).toHaveLength(5760)
  expect(found).toEqual([...found].sort())
})

it('writes line protocol that is what was stored', async () => {
  const { dir } = await run('lines', {
    format: 'lp',
    measurement: ['battery', 'energy'],
    from: '2026-06',
    to: '2026-06-19',
  })
  const lines = filesIn(join(dir, 'raw')).flatMap((path) =>
    gunzipSync(readFileSync(path)).toString().trimEnd().split('\n'),
  )
  expect(lines.map(parseLine)).toHaveLength(ofBattery.length)
  const sorted = (points: readonly Point[]): string[] =>
    points.map((point) => JSON.stringify([point.at, point.tags, Object.entries(point.fields).sort()])).sort()
  expect(sorted(lines.map(parseLine))).toEqual(sorted(ofBattery))
})

it('writes CSV with one header for all files', async () => {
  const { dir } = await run('csv', { format: 'csv', measurement: ['battery'], bucket: 'raw' })
  const files = filesIn(join(dir, 'raw', 'battery'))
  expect(files.map((path) => path.slice(-14))).toEqual([
    '2026-06-17.csv',
    '2026-06-18.csv',
    '2026-06-19.csv',
    '2026-06-22.csv',
  ])
  const texts = files.map((path) => readFileSync(path, 'utf8').split('\r\n'))
  const fields = [...new Set(ofBattery.flatMap((point) => Object.keys(point.fields))), 'new_field'].sort()
  expect(new Set(texts.map(([head]) => head))).toEqual(new Set([['time', 'kit_sn', 'module_sn', ...fields].join()]))
  expect(texts[3]![1]).toMatch(/^2026-06-22T22:00:00.000Z,M109ZEB4ZE7B0009,B9,,.*,"a ""b"", c",1,,50$/)
  expect(texts.reduce((sum, lines) => sum + lines.length - 2, 0)).toBe(ofBattery.length + 1)
  const rows = await query(
    `SELECT sum(soc_pct) AS soc, count(*)::INT AS n FROM read_csv('${dir}/raw/battery/*.csv') WHERE kit_sn = '${KIT}'`,
  )
  expect(rows[0]!.n).toBe(ofBattery.length)
  expect(rows[0]!.soc).toBeCloseTo(sumOf(ofBattery, 'soc_pct'), 6)
})

it('brings out only what is asked for', async () => {
  const { done } = await run('some', {
    kit: ['van'],
    bucket: 'history',
    from: '2026-06-01',
    to: '2026-06-02',
    measurement: ['energy_day', 'battery'],
  })
  expect(done).toMatchObject(
    [
      { bucket: 'history', measurement: 'battery', days: 2, rows: 96 },
      { bucket: 'history', measurement: 'energy_day', days: 2, rows: 2 },
    ].sort((a, b) => b.measurement.length - a.measurement.length),
  )
})

it('asks for less time at once of a fleet, and brings out the same', async () => {
  const plan = planned({ format: 'lp', measurement: ['battery'], from: '2026-06-12' })
  const counts = []
  for (const kits of [1, 60]) {
    const done = await exportTo(join(folder, `fleet-${kits}`), { ...plan, kits }, false, shell())
    counts.push(done.map(({ bucket, rows, days }) => ({ bucket, rows, days })))
  }
  expect(counts[1]).toEqual(counts[0])
})

it('brings several kits out one after another, day by day', async () => {
  const plan = planned({ format: 'parquet', measurement: ['battery'], from: '2026-06-15' })
  const kits = [KIT, 'M109ZEB4ZE7B0009', 'M109ZEB4ZE7B0010']
  const one = await exportTo(join(folder, 'all'), plan, false, shell())
  const each = await exportTo(join(folder, 'each'), { ...plan, kitSns: kits }, false, shell())
  expect(each.map(({ rows, days }) => [rows, days])).toEqual(one.map(({ rows, days }) => [rows, days]))
})

it('keeps what is there, and replaces an older export when told so', async () => {
  const asked = { format: 'lp', measurement: ['run'] }
  const { dir } = await run('kept', asked)
  await expect(run('kept', asked)).rejects.toMatchObject({ code: 'export_exists' })
  writeFileSync(join(dir, 'old'), '')
  await run('kept', asked, true)
  expect(existsSync(join(dir, 'old'))).toBe(false)
  mkdirSync(join(folder, 'home'))
  await run('home', asked)
  mkdirSync(join(folder, 'mine'))
  writeFileSync(join(folder, 'mine', 'letter.txt'), '')
  await expect(run('mine', asked, true)).rejects.toThrow('it is no export, so that --force does not touch it')
  writeFileSync(join(folder, 'file'), '')
  await expect(run('file', asked, true)).rejects.toThrow('is no directory')
  expect(readdirSync(folder).filter((name) => /\.(part|old)$/.test(name))).toEqual([])
})

it('leaves nothing behind when it is stopped, fails, or finds nothing', async () => {
  const before = readdirSync(folder)
  for (const format of ['parquet', 'csv', 'lp']) {
    const stop = new AbortController()
    const stopping = {
      ...opened.store,
      rows: async (question: Parameters<Answers['rows']>[0]) => {
        if (question.limit !== 1) stop.abort(new Error('Ctrl-C'))
        return opened.store.rows(question)
      },
    }
    await expect(run('stopped', { format }, false, shell(stopping, stop.signal))).rejects.toThrow('Ctrl-C')
    const full = {
      ...opened.store,
      rows: async () => {
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      },
    }
    await expect(run('full', { format }, false, shell(full))).rejects.toMatchObject({ code: 'export_unwritable' })
    await expect(run('none', { format, from: '2020', to: '2020' })).rejects.toMatchObject({ code: 'nothing_collected' })
  }
  expect(readdirSync(folder)).toEqual(before)
})

it('reads ranges in UTC, up to what is stamped a little ahead of now', () => {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
  expect([planned({ from: 'today' })].map(({ fromAt, toAt }) => [day(fromAt), day(toAt)])).toEqual([
    [day(NOW), day(NOW + DAY_MS)],
  ])
  expect([planned({ to: '2026-06' })].map(({ fromAt, toAt }) => [fromAt, day(toAt)])).toEqual([[0, '2026-07-01']])
})

it('says what it does not know', () => {
  expect(() => planned({ format: 'parket' })).toThrow('There is no format parket: is parquet meant?')
  expect(() => planned({ measurement: ['batery'] })).toThrow('is battery meant?')
  expect(() => planned({ bucket: 'old' })).toThrow('There is no bucket old')
  expect(() => planned({ bucket: 'raw', measurement: ['energy'] })).toThrow(
    'Nothing of energy is kept in the bucket raw.',
  )
  expect(() => planned({ kit: ['boat'] })).toThrow('No kit boat')
})
