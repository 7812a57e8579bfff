/** Shows that an installation comes to another machine by backup and restore: equal counts, sums and bytes, and it goes on. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bucket, MEASUREMENTS } from '../src/catalogue/measurements.ts'
import { isOfData } from '../src/shell/manifest.ts'
import { openEmbedded } from '../src/store/embedded/embedded.ts'
import { backUp, bringBack, filesIn, settle } from '../test/shell/moved.ts'
import { createVirtualCollector, type VirtualCollector } from '../test/virtual-collector.ts'

export const title = 'backup → empty directory → restore: same counts, sums and bytes, running and stopped; it goes on'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** Small segments, so that there are recordings. */
const ENV = { SPOOL_MAX_BYTES: '33554432' }
const free = (name: string): string => join(mkdtempSync(join(tmpdir(), 'powerkits-show-')), name)

interface Sums {
  rows: number
  sum: number
}

/** Rows and the sum of all their numbers, by bucket and measurement. */
const sumsOf = async (dataDir: string): Promise<Map<string, Sums>> => {
  const options = { dir: join(dataDir, 'store'), memoryLimit: '512MB', threads: 2, timeoutMs: 60_000, now: Date.now }
  const store = await openEmbedded(options)
  const found = new Map<string, Sums>()
  for (const bucket of ['raw', 'history'] satisfies Bucket[])
    for (const measurement of Object.keys(MEASUREMENTS)) {
      const rows = await store.rows({ bucket, measurement, from: 0, to: 4e12 })
      const numbers = rows.flatMap(({ values }) => Object.values(values)).filter((value) => typeof value === 'number')
      const sum = numbers.reduce((all, one) => all + one, 0)
      if (rows.length > 0) found.set(`${bucket} ${measurement}`, { rows: rows.length, sum })
    }
  await store.close()
  return found
}

const command = async (virtual: VirtualCollector): Promise<void> => {
  const { control } = virtual.collector()
  const kitSn = virtual.cloud.kits[0]!.plan.hubSn
  const asked = { kitSn, command: 'battery.charge-limit', params: { percent: 90 }, by: 'show', mayDanger: false }
  await Promise.all([control.ask({ ...asked, isDryRun: false }), virtual.advance(MINUTE_MS)])
}

/** Two months, two stops, a command. */
const fill = async (virtual: VirtualCollector, hours: number): Promise<void> => {
  await virtual.start()
  for (const part of [1, 2, 3]) {
    for (let hour = 0; hour < hours / 3; hour++) {
      await virtual.advance(HOUR_MS)
      // virtual time is faster than the store
      await virtual.drained()
    }
    await command(virtual)
    if (part === 3) continue
    await virtual.stop()
    await virtual.advance(10 * MINUTE_MS)
    await virtual.start()
  }
}

const isSame = async (what: string, expected: string, actual: string): Promise<boolean> => {
  const [wanted, found] = [await sumsOf(expected), await sumsOf(actual)]
  console.log(`${what.padEnd(30)} ${'rows'.padStart(9)} ${'restored'.padStart(9)} ${'sum'.padStart(22)} equal`)
  let isEqual = wanted.size === found.size && wanted.size > 0
  for (const [name, { rows, sum }] of wanted) {
    const other = found.get(name)
    const isRight = other?.rows === rows && Math.abs(other.sum - sum) <= 1e-9 * Math.abs(sum)
    isEqual &&= isRight
    console.log(
      `  ${name.padEnd(28)} ${String(rows).padStart(9)} ${String(other?.rows ?? 0).padStart(9)} ` +
        `${sum.toFixed(3).padStart(22)} ${isRight ? 'yes' : 'NO'}`,
    )
  }
  return isEqual
}

const say = (what: string, isRight: boolean): boolean => {
  console.log(`${what.padEnd(78)} ${isRight ? 'yes' : 'NO'}`)
  return isRight
}

const ofInstallation = (dir: string): [string, string][] => [...filesIn(dir)].filter(([name]) => isOfData(name))

const whileRunning = async (virtual: VirtualCollector): Promise<boolean> => {
  const [archive, target] = [free('backup.tar.gz'), free('data')]
  const from = Date.now()
  await backUp(virtual.dataDir(), archive)
  const took = Date.now() - from
  await virtual.kill()
  await bringBack(archive, target)
  console.log(`While it ran: ${(statSync(archive).size / 1e6).toFixed(1)} MB in ${took} ms`)
  const recordings = [virtual.dataDir(), target].map((dir) => [...filesIn(join(dir, 'spool', 'recordings'))])
  const isRecorded = say(
    `recordings are byte-equal (${recordings[0]?.length})`,
    recordings[0]!.length > 0 && JSON.stringify(recordings[0]) === JSON.stringify(recordings[1]),
  )
  const spools = [await settle(virtual.dataDir()), await settle(target)]
  const isSpool = say(
    'same spool: identity, last number, cursor',
    JSON.stringify(spools[0]) === JSON.stringify(spools[1]),
  )
  return (await isSame('measurement', virtual.dataDir(), target)) && isSpool && isRecorded
}

const whileStopped = async (
  virtual: VirtualCollector,
): Promise<{ isRight: boolean; archive: string; target: string }> => {
  const [archive, target] = [free('backup.tar.gz'), free('data')]
  const dir = virtual.dataDir()
  await backUp(dir, archive)
  await bringBack(archive, target)
  const isBytes = JSON.stringify(ofInstallation(dir)) === JSON.stringify([...filesIn(target)])
  const files = ofInstallation(dir).length
  return { isRight: say(`While it stood: all ${files} files are byte-equal`, isBytes), archive, target }
}

/** The restored directory takes the place of the old one, as on another machine. */
const goesOn = async (virtual: VirtualCollector, target: string): Promise<boolean> => {
  const dir = virtual.dataDir()
  const [before, id] = [await sumsOf(dir), readFileSync(join(dir, 'spool', 'spool.json'), 'utf8')]
  renameSync(dir, free('old'))
  renameSync(target, dir)
  await virtual.start()
  const { spool } = virtual.collector().line
  const seq = spool.lastSeq
  await virtual.advance(20 * MINUTE_MS)
  await virtual.drained()
  const isOn = spool.lastSeq > seq + 100 && spool.cursor === spool.lastSeq && id.includes(spool.id)
  const { session } = virtual.collector().status().accounts[0]!
  await virtual.stop()
  const after = await sumsOf(dir)
  const kept = [...before].every(([name, { rows }]) => (after.get(name)?.rows ?? 0) >= rows)
  return say(
    'It goes on there: same spool and session, every table has its rows and more',
    isOn && kept && session.isConnected,
  )
}

const refuses = async (archive: string): Promise<boolean> => {
  const bytes = readFileSync(archive)
  const flipped = Buffer.from(bytes)
  flipped[Math.floor(bytes.length * 0.6)]! ^= 0xff
  const wrong: [what: string, bytes: Buffer][] = [
    ['cut in half', bytes.subarray(0, bytes.length / 2)],
    ['without its last byte', bytes.subarray(0, -1)],
    ['with one wrong byte', flipped],
    ['noise', randomBytes(100_000)],
    ['empty', Buffer.alloc(0)],
  ]
  let isRight = true
  for (const [what, content] of wrong) {
    const [path, target] = [free('wrong.tar.gz'), free('data')]
    writeFileSync(path, content)
    const said = await bringBack(path, target).catch((error: Error) => error.message.replace(path, 'The archive'))
    isRight = say(`Refused: ${what}: ${said}`.slice(0, 78), !existsSync(target)) && isRight
  }
  return isRight
}

export const run = async (): Promise<boolean> => {
  const virtual = createVirtualCollector({ kits: 1, seed: 8, startAt: Date.UTC(2026, 5, 30, 15), env: ENV })
  await fill(virtual, 18)
  const isRunning = await whileRunning(virtual)
  await virtual.start()
  await virtual.advance(MINUTE_MS)
  await virtual.stop()
  const stopped = await whileStopped(virtual)
  const isOn = await goesOn(virtual, stopped.target)
  const isRefused = await refuses(stopped.archive)
  await virtual.end()
  return isRunning && stopped.isRight && isOn && isRefused
}
