/**
 * How fast years answer: a kit of nine modules, a year of raw rows every ten seconds and five years of history in the
 * embedded store, asked in one process as the collector holds it. Beside that what it takes on disk and in memory,
 * whether the line's commits suffer, and a month of the same in a real influxd, for comparison only.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { keepHeapSmall } from '../src/heap.ts'
import { openEmbedded } from '../src/store/embedded/embedded.ts'
import { type Commits, commitsBeside } from './fixture/history-commits.ts'
import { compareInflux } from './fixture/history-influx.ts'
import { type Question, questionsOf } from './fixture/history-questions.ts'
import { type HistoryYears, historyYears, sizeOf } from './fixture/history-years.ts'
import { machine, median } from './fixture/measure.ts'

export const title = 'questions over a year of raw and five years of history, in the embedded store'

const COLD = 3
const WARM = 9
const COMMITS_MS = 8_000
const ASKERS = 4
/** What four scans at once, without turns, were seen to do to a commit. */
const MOST_COMMIT_MS = 1_300

const open = (dir: string) =>
  openEmbedded({ dir, memoryLimit: '256MB', threads: 2, timeoutMs: 60_000, now: () => performance.now() })

type Opened = Awaited<ReturnType<typeof open>>

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

interface Times {
  readonly rows: number
  readonly coldMs: number
  readonly warmMs: number
  readonly mostMs: number
  readonly cpuMs: number
}

const timed = async (work: () => Promise<number>) => {
  const [startedAt, cpu] = [performance.now(), cpuMs()]
  const rows = await work()
  return { ms: performance.now() - startedAt, cpuMs: cpuMs() - cpu, rows }
}

/** Cold: the first question to a store that was just opened. */
const measure = async (dir: string, { ask }: Question): Promise<Times> => {
  const cold: number[] = []
  for (let i = 0; i < COLD; i++) {
    const store = await open(dir)
    cold.push((await timed(() => ask(store))).ms)
    await store.close()
  }
  const store = await open(dir)
  await ask(store)
  const warm: Awaited<ReturnType<typeof timed>>[] = []
  for (let i = 0; i < WARM; i++) warm.push(await timed(() => ask(store)))
  await store.close()
  return {
    rows: warm[0]!.rows,
    coldMs: median(cold),
    warmMs: median(warm.map(({ ms }) => ms)),
    mostMs: Math.max(...warm.map(({ ms }) => ms)),
    cpuMs: median(warm.map((each) => each.cpuMs)),
  }
}

const row = (name: string, ...cells: readonly (string | number)[]): void =>
  console.log(
    `  ${name.padEnd(46)}${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(cell < 10 ? 1 : 0) : cell).padStart(10)).join('')}`,
  )

const askAll = async (years: HistoryYears): Promise<boolean> => {
  row('question', 'rows', 'cold ms', 'median ms', 'most ms', 'CPU ms', 'aim')
  let isFast = true
  for (const question of questionsOf(years)) {
    const times = await measure(years.dir, question)
    const isIn = question.mostMs === undefined || times.warmMs <= question.mostMs
    isFast &&= isIn
    const aim = question.mostMs === undefined ? '' : `${isIn ? '' : 'not '}≤ ${question.mostMs}`
    row(question.name, String(times.rows), times.coldMs, times.warmMs, times.mostMs, times.cpuMs, aim)
  }
  console.log(
    `  cold: the first question after the store was opened, median of ${COLD}; median and most of ${WARM} more\n`,
  )
  return isFast
}

const tellSizes = ({ dir, points, sorted, madeInS }: HistoryYears): void => {
  const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
  const perMillion = (bytes: number, millions: number): string => `${(bytes / 1e6 / millions).toFixed(2)} MB a million`
  for (const bucket of ['raw', 'history'] as const) {
    const bytes = sizeOf(dir, bucket)
    console.log(
      `  ${bucket.padEnd(8)} ${mb(bytes)} for ${points[bucket].toFixed(0)} million values, ${perMillion(bytes, points[bucket])}`,
    )
  }
  const { bytesBefore, bytesAfter, s, months } = sorted
  const less = `${Math.round(100 * (1 - bytesAfter / bytesBefore))} % less, ${(s / months).toFixed(0)} s each`
  console.log(`  ${months} months sorted: ${mb(bytesBefore)} to ${mb(bytesAfter)}, ${less}; the last month is not over`)
  console.log(`  the fixture was made in ${madeInS.toFixed(0)} s\n`)
}

/** Askers of years, for a while. */
const askOn = async (store: Opened, years: HistoryYears): Promise<void> => {
  const all = questionsOf(years).filter(({ name }) => name.includes('five-minute'))
  const endAt = performance.now() + COMMITS_MS
  while (performance.now() < endAt)
    await Promise.all(Array.from({ length: ASKERS }, (_, i) => all[i % all.length]!.ask(store)))
}

/** The last month, which is not sorted yet, in a directory of its own. */
const besideSorting = async ({ dir, to }: HistoryYears) => {
  const copy = mkdtempSync(join(tmpdir(), 'powerkits-bench-'))
  const name = `raw-${new Date(to - 1).toISOString().slice(0, 7)}.duckdb`
  copyFileSync(join(dir, name), join(copy, name))
  const store = await open(copy)
  const commits = await commitsBeside(() => store.sort(to))
  await store.close()
  rmSync(copy, { recursive: true })
  return commits
}

const tellCommits = async (years: HistoryYears): Promise<boolean> => {
  row('commits of the spool, fifty a second', 'count', 'p50 ms', 'p99 ms', 'most ms')
  const tell = (name: string, { count, p50, p99, most }: Commits): void => row(name, String(count), p50, p99, most)
  tell('alone', await commitsBeside(() => sleep(COMMITS_MS)))
  const store = await open(years.dir)
  const asked = await commitsBeside(() => askOn(store, years))
  await store.close()
  tell(`beside ${ASKERS} askers of years, two answered at once`, asked)
  tell('beside the sorting of a month', await besideSorting(years))
  console.log('')
  return asked.p99 < MOST_COMMIT_MS
}

export const run = async (): Promise<boolean> => {
  machine()
  keepHeapSmall()
  const years = await historyYears()
  tellSizes(years)
  const isFast = await askAll(years)
  console.log(`  highest memory so far: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`)
  const isUndisturbed = await tellCommits(years)
  await compareInflux(years, row)
  return isFast && isUndisturbed
}
