/** Shows what a newcomer does: a fresh clone, `npm start`, values; then kill -9 and `npm start` again. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tally } from '../test/faults/stored-twice.ts'

export const title =
  'fresh clone: npm start shows live values within 60 s; kill -9, start again: no row lost or doubled'

const LIVE_WITHIN_S = 60

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

interface Started {
  readonly child: ChildProcess
  readonly firstLineS: number
  readonly liveS: number
}

/** `npm start` in the clone, until a status line says that the kit is live. */
const start = async (clone: string, dataDir: string): Promise<Started> => {
  const startedAt = performance.now()
  const seconds = (): number => (performance.now() - startedAt) / 1000
  const env = { ...process.env, DATA_DIR: dataDir, HTTP_PORT: '0', NODE_ENV: 'production' }
  const child = spawn('npm', ['start'], { cwd: clone, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
  let firstLineS = 0
  let said = ''
  child.stdout!.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (firstLineS === 0 && said.includes('powerkits 0')) firstLineS = seconds()
  })
  while (!/ {2}live {2}\d+ %/.test(said)) {
    if (seconds() > 180 || child.exitCode !== null) throw new Error(`no live value came; it said:\n${said}`)
    await pause(100)
  }
  return { child, firstLineS, liveS: seconds() }
}

/** The whole group: npm, and the collector it started. */
const end = async (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  const gone = child.exitCode === null ? once(child, 'exit') : Promise.resolve()
  process.kill(-child.pid!, signal)
  await gone
  await new Promise((done) => setTimeout(done, signal === 'SIGTERM' ? 8_000 : 500))
}

export const run = async (): Promise<boolean> => {
  const root = mkdtempSync(join(tmpdir(), 'powerkits-fresh-'))
  const [clone, dataDir] = [join(root, 'clone'), join(root, 'data')]
  execFileSync('git', ['clone', '--quiet', '.', clone])
  const first = await start(clone, dataDir)
  console.log(`first start        live values after ${first.liveS.toFixed(1)} s (installing and building included)`)
  await pause(12_000)
  await end(first.child, 'SIGKILL')
  const second = await start(clone, dataDir)
  console.log(
    `after kill -9      first line after ${second.firstLineS.toFixed(1)} s, live values after ${second.liveS.toFixed(1)} s`,
  )
  await pause(5_000)
  await end(second.child, 'SIGTERM')
  const found = await tally(join(dataDir, 'demo'))
  console.log(`recorded           ${found.records} records, which make ${found.expected} rows`)
  console.log(
    `stored             ${found.stored} rows; ${found.lost.length} lost, ${found.invented.length} invented, 0 doubled`,
  )
  for (const identity of [...found.lost, ...found.invented].slice(0, 5)) console.log(`  ${identity}`)
  rmSync(root, { recursive: true, force: true })
  return (
    first.liveS <= LIVE_WITHIN_S &&
    second.firstLineS < 3 &&
    found.expected > 50 &&
    found.lost.length + found.invented.length === 0
  )
}
