/** A real process that appends, killed in the middle of it, again and again in the same directory. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { open, readAll, temporaryDirectory } from './spool-fixture.ts'
import { idOf } from './spool-records.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const ROUNDS = 6

/** The child as plain JavaScript, for a process of its own. */
const compileChild = (to: string): string => {
  const options =
    '--ignoreConfig --noCheck --target es2023 --module nodenext --rewriteRelativeImportExtensions --types node'
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const words = [tsc, 'test/store/spool-child.ts', ...options.split(' '), '--rootDir', '.', '--outDir', to]
  execFileSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' })
  writeFileSync(join(to, 'package.json'), '{"type":"module"}')
  return join(to, 'test/store/spool-child.js')
}

/** Runs the child until it is killed `afterMs` after its first commit; gives back what it said. */
const runAndKill = async (child: string, dir: string, firstId: number, afterMs: number): Promise<string> => {
  const process_ = spawn(process.execPath, [child, dir, String(firstId)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  process_.stdout.on('data', (bytes) => {
    said += bytes
  })
  while (!said.includes('durable')) await sleep(2)
  await sleep(afterMs)
  process_.kill('SIGKILL')
  await once(process_, 'close')
  return said.slice(0, said.lastIndexOf('\n'))
}

it('holds everything it reported durable when its process is killed', async () => {
  const base = temporaryDirectory()
  const dir = join(base, 'spool')
  mkdirSync(dir)
  const child = compileChild(join(base, 'js'))
  const held = new Map<number, number>()
  let nextId = 1
  for (let round = 0; round < ROUNDS; round++) {
    const said = await runAndKill(child, dir, nextId, 5 + 17 * round)
    const appended = new Map<number, number>()
    for (const [, seq, id] of said.matchAll(/^appended (\d+) (\d+)$/gm)) appended.set(Number(seq), Number(id))
    const durable = Math.max(...[...said.matchAll(/^durable (\d+)$/gm)].map((match) => Number(match[1])))
    for (const seq of appended.keys()) expect(held.has(seq)).toBe(false)
    const spool = await open(dir, { segmentBytes: 20_000 })
    const records = new Map((await readAll(spool, 0, 100_000)).map((record) => [record.seq, idOf(record)]))
    for (const [seq, id] of appended) if (seq <= durable) held.set(seq, id)
    for (const [seq, id] of held) expect(records.get(seq)).toBe(id)
    // What was not reported may have reached the disk, whole: from now on it is held like the rest.
    for (const [seq, id] of records) {
      if (appended.has(seq)) expect(id).toBe(appended.get(seq))
      held.set(seq, id)
    }
    await spool.close()
    nextId += 1_000_000
  }
  expect(held.size).toBeGreaterThan(ROUNDS * 100)
})
