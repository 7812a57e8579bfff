/** A fixed recording fed by a process that is killed at random points, and the store it leaves compared with an undisturbed one. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bucket, MEASUREMENTS, type MeasurementName } from '../../src/catalogue/measurements.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import type { Row } from '../../src/store/store.ts'
import type { RecordingOptions } from './recording.ts'

/** Compiled by `npm test` and `npm run show`. */
const CHILD = 'dist-dev/test/faults/feed-child.js'

const startChild = (dataDir: string, { kits, minutes, seed }: RecordingOptions): ChildProcess => {
  if (!existsSync(CHILD)) throw new Error(`${CHILD} is missing: run \`npm test\`, which compiles it`)
  const args = [CHILD, String(kits), String(minutes), String(seed)]
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'error', UV_THREADPOOL_SIZE: '8' }
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Whether the child came to its end; false when it was killed after `afterMs`. */
const feedOnce = async (dataDir: string, recording: RecordingOptions, afterMs?: number): Promise<boolean> => {
  const child = startChild(dataDir, recording)
  let said = ''
  child.stdout!.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const killing = afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), afterMs)
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  clearTimeout(killing)
  if (signal === 'SIGKILL') return false
  if (code !== 0 || !said.includes('done')) throw new Error(`the feeding process ended with code ${code}`)
  return true
}

export type Dump = Map<string, Row>

/** The measurements of a bucket; those with hourly rows have them in the history bucket as well. */
const measurementsOf = (bucket: Bucket): MeasurementName[] =>
  (Object.keys(MEASUREMENTS) as MeasurementName[]).filter(
    (name) => MEASUREMENTS[name].bucket === bucket || (bucket === 'history' && 'hourly' in MEASUREMENTS[name]),
  )

/** Every row of the embedded store by its identity. Throws when one identity has two rows. */
export const dumpStore = async (dataDir: string, buckets: readonly Bucket[] = ['raw', 'history']): Promise<Dump> => {
  const options = { dir: join(dataDir, 'store'), memoryLimit: '512MB', threads: 2, timeoutMs: 60_000, now: Date.now }
  const store = await openEmbedded(options)
  const dump: Dump = new Map()
  const all = buckets.flatMap((bucket) => measurementsOf(bucket).map((measurement) => ({ bucket, measurement })))
  for (const { bucket, measurement } of all)
    for (const row of await store.rows({ bucket, measurement, from: 0, to: 4e12 })) {
      const identity = `${measurement} ${bucket} ${JSON.stringify(row.tags)} ${row.at}`
      if (dump.has(identity)) throw new Error(`two rows of ${identity}`)
      dump.set(identity, row)
    }
  await store.close()
  return dump
}

const textOf = ({ values }: Row): string => JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))

/** How two stores differ: rows that only one has, and rows that differ. */
export const compareDumps = (
  expected: Dump,
  actual: Dump,
): { lost: string[]; invented: string[]; changed: string[] } => ({
  lost: [...expected.keys()].filter((identity) => !actual.has(identity)),
  invented: [...actual.keys()].filter((identity) => !expected.has(identity)),
  changed: [...expected].flatMap(([identity, row]) => {
    const other = actual.get(identity)
    return other && textOf(other) !== textOf(row) ? [identity] : []
  }),
})

export interface KillResult {
  readonly kills: number
  readonly stores: number
  readonly rows: number
  readonly values: number
  readonly lost: string[]
  readonly invented: string[]
  readonly changed: string[]
}

/** Kills until `kills` have hit, in as many fresh directories as that takes. `random` gives 0 to 1. */
export const killAtRandom = async (
  kills: number,
  recording: RecordingOptions,
  random: () => number,
  within: readonly [number, number],
): Promise<KillResult> => {
  const root = mkdtempSync(join(tmpdir(), 'powerkits-kills-'))
  const undisturbed = join(root, 'undisturbed')
  await feedOnce(undisturbed, recording)
  const expected = await dumpStore(undisturbed)
  const differences = { lost: [] as string[], invented: [] as string[], changed: [] as string[] }
  let hit = 0
  let stores = 0
  while (hit < kills) {
    const dataDir = join(root, `killed-${stores++}`)
    while (hit < kills && !(await feedOnce(dataDir, recording, within[0] + random() * (within[1] - within[0])))) hit++
    await feedOnce(dataDir, recording)
    const found = compareDumps(expected, await dumpStore(dataDir))
    for (const kind of ['lost', 'invented', 'changed'] as const) differences[kind].push(...found[kind])
    rmSync(dataDir, { recursive: true })
  }
  rmSync(root, { recursive: true })
  const values = [...expected.values()].reduce((sum, row) => sum + Object.keys(row.values).length, 0)
  return { kills: hit, stores, rows: expected.size, values, ...differences }
}
