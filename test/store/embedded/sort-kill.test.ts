/** A real process that sorts months, killed in the middle of it, again and again in the same directory. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'

const ROOT = join(import.meta.dirname, '../../..')
// below node_modules, so that the compiled child finds the packages
const COMPILED = join(ROOT, 'node_modules/.powerkits-sort-child')
const dir = mkdtempSync(join(tmpdir(), 'powerkits-sort-kill-'))
const MONTHS = [5, 6, 7, 8]
const ROWS = 4_000

beforeAll(() => {
  mkdirSync(COMPILED, { recursive: true })
  writeFileSync(join(COMPILED, 'package.json'), '{ "type": "module" }')
  const options = '--ignoreConfig --noCheck --target es2023 --module nodenext --rewriteRelativeImportExtensions'
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const child = 'test/store/embedded/sort-child.ts'
  const words = [tsc, child, ...options.split(' '), '--types', 'node', '--rootDir', '.', '--outDir', COMPILED]
  const run = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' })
  expect(run.stdout + run.stderr).toBe('')
})
afterAll(() => {
  rmSync(dir, { recursive: true, force: true })
  rmSync(COMPILED, { recursive: true, force: true })
})

const open = () => openEmbedded({ dir, memoryLimit: '128MB', threads: 1, timeoutMs: 10_000, now: () => 0 })

/** What the store holds, and up to which record. */
const read = async () => {
  const store = await open()
  const rows = await store.rows({ bucket: 'raw', measurement: 'battery', from: 0, to: 4e12 })
  const mark = await store.committed('spool', 'raw')
  await store.close()
  return { rows, mark }
}

/** Lets the child sort for so long; what it said. */
const runAndKill = async (afterMs: number): Promise<string[]> => {
  const child = spawn(process.execPath, [join(COMPILED, 'test/store/embedded/sort-child.js'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  let said = ''
  child.stdout.on('data', (bytes) => {
    said += bytes
  })
  while (!said.includes('begins') && child.exitCode === null) await sleep(1)
  await sleep(afterMs)
  child.kill('SIGKILL')
  await closed
  return said.split('\n').filter((line) => line !== '')
}

it('holds the same rows wherever the sorting of months is killed, and ends with all of them sorted', async () => {
  const store = await open()
  const lines = MONTHS.flatMap((month) =>
    Array.from({ length: ROWS }, (_, n) => {
      const tags = `kit_sn=M109ZAB4C000001,module_sn=M101ZAB4C00000${n % 5}`
      return `battery,${tags} n=${n},half=${n / 2},state="on" ${Date.UTC(2026, month, 1) + n * 10_000}\n`
    }),
  )
  await store.write({ bucket: 'raw', lines, spoolId: 'spool', upTo: 7 })
  await store.close()
  const before = await read()
  expect(before.rows.length).toBe(lines.length)
  const sorted = new Set<string>()
  let said: string[] = []
  for (let round = 0; round < 60 && !said.includes('ended'); round++) {
    said = await runAndKill(10 + 40 * round)
    for (const name of said.filter((line) => line.startsWith('raw-'))) {
      expect(sorted).not.toContain(name)
      sorted.add(name)
    }
    if (round % 4 === 0) expect(await read()).toEqual(before)
  }
  expect(said).toContain('ended')
  expect(await read()).toEqual(before)
  expect(readdirSync(dir).filter((name) => name.includes('aside'))).toEqual([])
})
