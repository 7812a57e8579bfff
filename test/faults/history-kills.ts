/**
 * A recording of simulated days with holes in it, fed by a process that is killed while it works, and the history it
 * leaves compared with that of an undisturbed run. A kill counts when it fell between the first and the last input.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { compareDumps, type Dump, dumpStore, type KillResult } from './kills.ts'
import { makeRecording } from './recording.ts'

/** Compiled by `npm test` and `npm run show`. */
const CHILD = 'dist-dev/test/faults/history-feed-child.js'
const SEED = 6
const PACE = 30
const POLL_MINUTES = 10
/** Two hours of every day nothing comes. */
const isAway = (minute: number): boolean => minute % 1440 >= 310 && minute % 1440 < 430

interface Feeding {
  readonly file: string
  readonly dataDir: string
}

/** The inputs as lines of JSON; gives back how many. */
const writeRecording = (file: string, minutes: number): number => {
  const inputs = makeRecording({ kits: 1, minutes, seed: SEED, pace: PACE, pollMinutes: POLL_MINUTES, isAway })
  const decoder = new TextDecoder()
  const lines = inputs.map(({ at, source, topic, bytes }) =>
    JSON.stringify({ at, source, topic, text: decoder.decode(bytes) }),
  )
  writeFileSync(file, lines.join('\n'))
  return inputs.length
}

/** How a feeding process ended: killed `afterMs` behind its first input, or on its own. */
const feed = async ({ file, dataDir }: Feeding, afterMs?: number): Promise<'done' | 'killed'> => {
  if (!existsSync(CHILD)) throw new Error(`${CHILD} is missing: run \`npm test\`, which compiles it`)
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'error', UV_THREADPOOL_SIZE: '8' }
  const child = spawn(process.execPath, [CHILD, file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>
  const begun = once(child.stdout, 'data')
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await Promise.race([begun, ended])
  if (afterMs !== undefined) {
    await Promise.race([sleep(afterMs), ended])
    if (child.exitCode === null && !said.includes('done')) child.kill('SIGKILL')
  }
  const [code, signal] = await ended
  if (signal === 'SIGKILL' && !said.includes('done')) return 'killed'
  if (code === 0 || signal === 'SIGKILL') return 'done'
  throw new Error(`the feeding process ended with code ${code}`)
}

const historyOf = (dataDir: string): Promise<Dump> => dumpStore(dataDir, ['history'])

/** What is found, and of how many inputs the recording was. */
export type HistoryKillResult = KillResult & { readonly inputs: number }

/** Kills until `kills` have hit, each up to `withinMs` behind the first input of a process. `random` gives 0 to 1. */
export const killHistory = async (
  kills: number,
  minutes: number,
  random: () => number,
  withinMs: number,
): Promise<HistoryKillResult> => {
  const root = mkdtempSync(join(tmpdir(), 'powerkits-history-kills-'))
  const file = join(root, 'recording')
  const inputs = writeRecording(file, minutes)
  await feed({ file, dataDir: join(root, 'undisturbed') })
  const expected = await historyOf(join(root, 'undisturbed'))
  const differences = { lost: [] as string[], invented: [] as string[], changed: [] as string[] }
  let hit = 0
  let stores = 0
  while (hit < kills) {
    const feeding = { file, dataDir: join(root, `killed-${stores++}`) }
    while (hit < kills && (await feed(feeding, random() * withinMs)) === 'killed') hit++
    await feed(feeding)
    const found = compareDumps(expected, await historyOf(feeding.dataDir))
    for (const kind of ['lost', 'invented', 'changed'] as const) differences[kind].push(...found[kind])
    rmSync(feeding.dataDir, { recursive: true })
  }
  rmSync(root, { recursive: true })
  const values = [...expected.values()].reduce((sum, row) => sum + Object.keys(row.values).length, 0)
  return { kills: hit, stores, rows: expected.size, values, inputs, ...differences }
}
