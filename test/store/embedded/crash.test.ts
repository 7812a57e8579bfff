import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'

const ROOT = join(import.meta.dirname, '../../..')
// below node_modules, so that the compiled child finds the packages
const COMPILED = join(ROOT, 'node_modules/.powerkits-crash-child')
const dir = mkdtempSync(join(tmpdir(), 'powerkits-crash-'))
const BORDER = Date.UTC(2026, 11, 1)

beforeAll(() => {
  mkdirSync(COMPILED, { recursive: true })
  writeFileSync(join(COMPILED, 'package.json'), '{ "type": "module" }')
  const tsconfig = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      noCheck: true,
      rootDir: ROOT,
      outDir: COMPILED,
      typeRoots: [join(ROOT, 'node_modules/@types')],
    },
    files: [join(ROOT, 'test/store/embedded/crash-child.ts')],
    include: [],
  }
  writeFileSync(join(COMPILED, 'tsconfig.json'), JSON.stringify(tsconfig))
  const run = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', COMPILED], {
    encoding: 'utf8',
  })
  expect(run.stdout + run.stderr).toBe('')
})
afterAll(() => {
  rmSync(dir, { recursive: true, force: true })
  rmSync(COMPILED, { recursive: true, force: true })
})

const start = (): ChildProcess =>
  spawn(process.execPath, [join(COMPILED, 'test/store/embedded/crash-child.js'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

/** Lets the child write until it has said `count` batches, kills it, and gives the last batch it said. */
const killAfter = async (child: ChildProcess, count: number): Promise<number> => {
  let said = 0
  let last = 0
  for await (const line of createInterface({ input: child.stdout! })) {
    last = Number(line)
    if (++said === count) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return last
}

const open = () => openEmbedded({ dir, memoryLimit: '128MB', threads: 1, timeoutMs: 10_000, now: () => 0 })

it('kill -9 leaves exactly the accepted batches, whole and once, and writing goes on from there', async () => {
  for (const count of [1, 3, 7, 4]) {
    const last = await killAfter(start(), count)
    const store = await open()
    const mark = await store.committed('spool', 'raw')
    // the child may have been killed after a commit and before it could say so
    expect([last, last + 1]).toContain(mark)
    const rows = await store.rows({ bucket: 'raw', measurement: 'battery', from: 0, to: 4e12 })
    const numbers = (isLater: boolean) =>
      rows
        .filter(({ at }) => at >= BORDER === isLater)
        .map(({ values }) => Number(values.n))
        .sort((a, b) => a - b)
    const upTo = (batch: number, odd: number) => Array.from({ length: batch * 50 + 50 }, (_, index) => index * 2 + odd)
    expect(numbers(true)).toEqual(upTo(mark!, 0))
    // the month before is written first: it may hold its part of the one batch that was under way
    expect([upTo(mark!, 1), upTo(mark! + 1, 1)]).toContainEqual(numbers(false))
    await store.close()
  }
})

it('a second collector is refused while the first one holds the directory, and gets in once it is dead', async () => {
  const child = start()
  await once(child.stdout!, 'data')
  await expect(open()).rejects.toMatchObject({ code: 'data_dir_in_use' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  const store = await open()
  await store.close()
})
