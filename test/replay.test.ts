import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { readFleet } from '../src/read-fleet.ts'
import { replay } from '../src/replay.ts'
import { readReplay } from '../src/replay-file.ts'
import { quotaAll } from '../src/simulator/quota-all.ts'
import { createKits } from '../src/simulator/reporter.ts'
import { readRecording } from '../src/store/recording-reader.ts'
import { dumpStore } from './faults/kills.ts'

const AT = Date.UTC(2026, 5, 14, 12)
const newDir = (): string => mkdtempSync(join(tmpdir(), 'powerkits-replay-'))

const fileOf = (content: unknown): string => {
  const path = join(newDir(), 'file.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

interface Said {
  readonly said: string
  readonly dataDir: string
  /** What a person would see on the bar. */
  readonly seen: readonly { readonly share: number; readonly text: string }[]
}

const run = async (
  paths: string[],
  dataDir = newDir(),
  kitSn?: string,
  at = AT,
  { env = {}, yaml = '' }: { env?: Record<string, string>; yaml?: string } = {},
): Promise<Said> => {
  const lines: string[] = []
  const seen: { share: number; text: string }[] = []
  const settings = readSettings({ DATA_DIR: dataDir, ...env })
  await replay(
    paths,
    { kitSn, at, latestAt: Date.now() },
    {
      settings,
      fleet: readFleet(settings, () => yaml),
      log: createLog('silent', 'json'),
      print: (line) => lines.push(line),
      progress: { at: (done, of, text = '') => seen.push({ share: done / of, text }), end: () => undefined },
    },
  )
  return { said: lines.join('\n'), dataDir, seen }
}

const push = { id: 1, version: '1.0', moduleSn: 'M102Z3B4ZE6H0009', time: 5, params: { soc: 87, vol: 52998 } }
const kit = createKits(1, 3, AT)[0]!
const answer = quotaAll(kit, 'C')

it('brings an answer of the cloud to an empty store, every module of it', async () => {
  const { said, dataDir } = await run([fileOf(answer)], newDir(), kit.plan.hubSn)
  expect(said).toContain('Reports  quota 1')
  expect(said).toContain('Rejected none')
  const measurements = new Set([...(await dumpStore(dataDir)).keys()].map((identity) => identity.split(' ')[0]))
  for (const name of ['battery', 'battery_bank', 'inverter_ac', 'kit', 'module', 'event'])
    expect(measurements).toContain(name)
})

it.each([
  ['a message', push, 1],
  ['a list of messages', [push, push], 2],
  ['one message a line', `${JSON.stringify(push)}\n${JSON.stringify(push)}\n`, 2],
  ['answers under names', { first: { data: { bmsTotal: { totalSoc: 5 } } }, second: push }, 2],
  ['messages with their topic and time', { topic: '/open/a/M109/quota', at: 7, message: push }, 1],
])('finds %s in a file', async (_, content, count) => {
  const inputs = []
  for await (const input of readReplay(fileOf(content), { kitSn: 'M109', at: AT, latestAt: Date.now() }))
    inputs.push(input)
  expect(inputs).toHaveLength(count)
  expect(inputs.every(({ topic }) => topic.includes('M109'))).toBe(true)
})

it('takes the line that the documentation shows', async () => {
  const [, shown] = /```jsonl\n(\{"topic".*)\n```/.exec(readFileSync('docs/command-line.md', 'utf8')) ?? []
  const { said } = await run([fileOf(shown)])
  expect(said).toMatch(/^battery M102Z3B4ZE6H0009 .* soc_pct +87 pct$/m)
  expect(said).toContain('Rejected none')
})

it('replays its own recording to the same rows', async () => {
  const first = await run([fileOf([push, { ...push, id: 2, params: { soc: 88 } }])], newDir(), 'M109ZAB4Z000001F')
  const spool = join(first.dataDir, 'spool')
  const segments = readdirSync(spool).filter((name) => name.endsWith('.spool'))
  const second = await run(segments.map((name) => join(spool, name)))
  expect(await dumpStore(second.dataDir)).toEqual(await dumpStore(first.dataDir))
})

it('refuses what is no report: a set command, an empty file, no JSON, a time that has not come', async () => {
  const command = { id: 1, operateType: 'dischgParaSet', moduleSn: 'M1093-DCIN-CA7C3', params: { volTag: 0 } }
  await expect(run([fileOf(command)], newDir(), 'M109ZAB4Z000001F')).rejects.toThrow('set commands are none')
  await expect(run([fileOf('')])).rejects.toThrow('is empty')
  await expect(run([fileOf('hello')])).rejects.toThrow('neither JSON nor a recording')
  await expect(run(['/nowhere/file.json'])).rejects.toMatchObject({ code: 'replay_unreadable' })
  const later = Date.now() + 3_600_000
  await expect(run([fileOf(push)], newDir(), 'M109ZAB4Z000001F', later)).rejects.toMatchObject({
    code: 'replay_future',
  })
})

it('says which kit is missing, that a file holds nothing, and that time does not run backwards', async () => {
  await expect(run([fileOf(push)])).rejects.toMatchObject({ code: 'replay_without_kit' })
  await expect(run([fileOf({ a: 1 })], newDir(), 'M109')).rejects.toMatchObject({ code: 'replay_nothing_found' })
  const { dataDir } = await run([fileOf(push)], newDir(), 'M109ZAB4Z000001F')
  await expect(run([fileOf(push)], dataDir, 'M109ZAB4Z000001F', AT - 60_000)).rejects.toMatchObject({
    code: 'replay_older',
  })
})

const KIT = 'M109ZAB4Z000001F'
const OTHER = 'M109ZAB4Z000002F'
const YAML = `brokers:
  - name: home
    url: mqtt://home
    account: open-x
    kits:
      ${KIT}: { name: Van, time_zone: Asia/Tokyo }
      ${OTHER}: { name: Bus }
`
const rowsOf = async (dataDir: string, measurement: string) =>
  [...(await dumpStore(dataDir))].filter(([id]) => id.startsWith(`${measurement} `)).map(([, row]) => row)

describe('what the settings say', () => {
  it('holds for a file: name, account and time zone of its kit, days where it is, and nothing of other kits', async () => {
    const topic = `/iot-open/sign/device/quota/all?sn=${KIT}`
    const midnight = Date.UTC(2026, 5, 14, 15)
    const messages = Array.from({ length: 40 }, (_, minute) => ({
      ...{ topic, at: midnight + (minute - 20) * 60_000 },
      message: quotaAll(createKits(1, 3, midnight + (minute - 20) * 60_000)[0]!, 'C'),
    }))
    const { dataDir } = await run([fileOf(messages)], newDir(), undefined, AT, {
      env: { TIME_ZONE: 'Europe/Berlin' },
      yaml: YAML,
    })
    expect((await rowsOf(dataDir, 'site')).map(({ tags, values }) => ({ ...tags, ...values }))).toEqual([
      expect.objectContaining({ kit_sn: KIT, label: 'Van', account: 'home', time_zone: 'Asia/Tokyo' }),
    ])
    const days = await rowsOf(dataDir, 'energy_day')
    expect(days.map(({ values }) => values.local_date)).toEqual(['2026-06-14', '2026-06-15'])
    const kits = await rowsOf(dataDir, 'kit')
    expect(new Set(kits.map(({ tags }) => tags.kit_sn))).toEqual(new Set([KIT]))
  })

  it('gives a kit that nobody names the time zone of the settings', async () => {
    const of = { env: { TIME_ZONE: 'Europe/Berlin' }, yaml: YAML }
    const { dataDir } = await run([fileOf([push, push])], newDir(), 'M109ZAB4Z000003F', AT, of)
    expect(await rowsOf(dataDir, 'site')).toMatchObject([{ values: { time_zone: 'Europe/Berlin' } }])
  })

  it('is told once for one kit, before its first input, and again for each further one', async () => {
    const wrapped = (sn: string, at: number) => ({ topic: `/open/open-x/${sn}/quota`, at, message: push })
    const messages = [wrapped(KIT, AT), wrapped(KIT, AT + 1), wrapped(OTHER, AT + 2), wrapped(KIT, AT + 3)]
    const { dataDir } = await run([fileOf(messages)], newDir(), undefined, AT, { yaml: YAML })
    const topics: string[] = []
    const spool = join(dataDir, 'spool')
    for (const name of readdirSync(spool).filter((name) => name.endsWith('.spool')))
      for await (const { input } of readRecording(join(spool, name))) topics.push(input.topic)
    const quota = (sn: string) => `/open/open-x/${sn}/quota`
    const heard = ['fleet', quota(KIT), quota(KIT), 'fleet', quota(OTHER), quota(KIT), 'minute/0/1']
    expect(topics).toEqual(heard)
  })

  it('gives way to a recording that tells its own', async () => {
    const first = await run([fileOf([push, push])], newDir(), KIT, AT, { yaml: YAML })
    const spool = join(first.dataDir, 'spool')
    const segments = readdirSync(spool).filter((name) => name.endsWith('.spool'))
    const second = await run(segments.map((name) => join(spool, name)))
    expect(await dumpStore(second.dataDir)).toEqual(await dumpStore(first.dataDir))
  })
})

it('is seen while it works: how much of each file is read, then what the store has', async () => {
  const paths = [fileOf([push, push, push, push]), fileOf([push, push])]
  const { seen, dataDir } = await run(paths, newDir(), KIT)
  const reading = seen.filter(({ text }) => text !== 'to the store')
  expect(reading.map(({ share }) => share)).toEqual([0, 1 / 8, 1 / 4, 3 / 8, 1 / 2, 3 / 4])
  expect(reading.map(({ text }) => text)).toEqual(paths.flatMap((path, index) => Array(4 - 2 * index).fill(path)))
  expect(seen.at(-1)!.text).toBe('to the store')
  const spool = join(dataDir, 'spool')
  const segments = readdirSync(spool).filter((name) => name.endsWith('.spool'))
  const again = await run(segments.map((name) => join(spool, name)))
  expect(again.seen.filter(({ text }) => text.endsWith('.spool')).at(-1)).toMatchObject({ share: 1 })
})
