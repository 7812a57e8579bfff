import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url))
const MAIN = `if (process.argv[2] === 'run') setInterval(() => {}, 1000)\nconsole.log('first line', process.env.UV_THREADPOOL_SIZE)\n`

let root = ''
const note = (name: string) => join(root, '.run', name)
const write = (text: string) => writeFileSync(join(root, 'src/main.ts'), text)
const start = (...args: string[]) => {
  const run = spawnSync(process.execPath, [join(root, 'bin/powerkits.cjs'), ...args], {
    encoding: 'utf8',
    cwd: tmpdir(),
  })
  return { code: run.status, out: run.stdout, err: run.stderr }
}

/** Starts `run` and waits for its first line. */
const startCollector = async () => {
  const child = spawn(process.execPath, [join(root, 'bin/powerkits.cjs'), 'run'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return child
}

// A checkout of its own, with a blank in its path; the packages are those of this one.
beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'powerkits-set-up-')), 'a checkout')
  mkdirSync(join(root, 'src/console'), { recursive: true })
  writeFileSync(join(root, 'src/console/index.html'), '<title>console</title>')
  mkdirSync(join(root, 'node_modules'))
  cpSync(join(CHECKOUT, 'bin'), join(root, 'bin'), { recursive: true })
  const copied = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']
  for (const file of copied) cpSync(join(CHECKOUT, file), join(root, file))
  for (const name of ['typescript', '@types', '@typescript', 'undici-types', 'vite'])
    symlinkSync(join(CHECKOUT, 'node_modules', name), join(root, 'node_modules', name))
  cpSync(join(CHECKOUT, 'node_modules/.package-lock.json'), join(root, 'node_modules/.package-lock.json'))
  write(MAIN)
})

afterEach(() => rmSync(join(root, '..'), { recursive: true, force: true }))

it('builds once, then only runs, and asks for 8 threads in the pool', () => {
  expect(start('--help')).toEqual({ code: 0, out: 'first line 8\n', err: '' })
  expect(readFileSync(join(root, 'dist/console/index.html'), 'utf8')).toContain('console')
  const stamp = readFileSync(join(root, 'dist/.stamp'), 'utf8')
  rmSync(join(root, 'node_modules/typescript'))
  expect(start('--help').out).toBe('first line 8\n')
  expect(readFileSync(join(root, 'dist/.stamp'), 'utf8')).toBe(stamp)
})

it('leaves the last build when the sources do not compile', () => {
  start('--help')
  const stamp = readFileSync(join(root, 'dist/.stamp'), 'utf8')
  write(`${MAIN}const wrong: number = 'text'\nexport { wrong }\n`)
  const { code, out, err } = start('--help')
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('do not compile')
  expect(err).toContain('src/main.ts(3,7)')
  expect(readFileSync(join(root, 'dist/.stamp'), 'utf8')).toBe(stamp)
  expect(readdirSync(root)).not.toContain('dist.new')
})

it('touches nothing under a running collector, and builds when it is gone, even by kill -9', async () => {
  const collector = await startCollector()
  expect(start('--help').code).toBe(0)
  write(`${MAIN}console.log('new')\n`)
  const refused = start('--help')
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toContain(`kill ${collector.pid}`)
  collector.kill('SIGKILL')
  await new Promise((resolve) => collector.once('exit', resolve))
  expect(start('--help').out).toContain('new')
})

it('removes stale notes and a stale lock: no process, another process, no sense in it', () => {
  mkdirSync(join(root, '.run'))
  // No process has a number this high; process 1 was not born at tick 5 of some other day.
  writeFileSync(note('99999999'), '{"pid":99999999,"command":"run"}')
  writeFileSync(note('1'), '{"pid":1,"command":"run","bornAt":"-5"}')
  writeFileSync(note('12'), 'no sense')
  writeFileSync(note('set-up.lock'), '{"pid":99999999,"command":"set-up"}')
  expect(start('--help').code).toBe(0)
  expect(readdirSync(join(root, '.run'))).toEqual([])
})
