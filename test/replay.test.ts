import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSettings } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { replay } from '../src/replay.ts'
import { readReplay } from '../src/replay-file.ts'
import { quotaAll } from '../src/simulator/quota-all.ts'
import { createKits } from '../src/simulator/reporter.ts'
import { dumpStore } from './faults/kills.ts'

const AT = Date.UTC(2026, 5, 14, 12)
const newDir = (): string => mkdtempSync(join(tmpdir(), 'powerkits-replay-'))

const fileOf = (content: unknown): string => {
  const path = join(newDir(), 'file.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const run = async (
  paths: string[],
  dataDir = newDir(),
  kitSn?: string,
  at = AT,
): Promise<{ said: string; dataDir: string }> => {
  const lines: string[] = []
  const settings = readSettings({ DATA_DIR: dataDir })
  await replay(paths, { kitSn, at, latestAt: Date.now() }, settings, createLog('silent', 'json'), (line) =>
    lines.push(line),
  )
  return { said: lines.join('\n'), dataDir }
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
