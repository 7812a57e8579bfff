/**
 * Shows a fleet in one collector over real sockets: what it needs, how often it asks, that nobody is starved while two
 * accounts are refused; and that three collectors share the accounts out among themselves.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from '../bench/fixture/child.ts'
import type { CloudFleet } from '../bench/fixture/cloud-child.ts'
import type { Load } from '../bench/fixture/fleet-child.ts'
import { machine, median } from '../bench/fixture/measure.ts'
import { coverage, type FleetFigures, starvedKits } from '../test/faults/fleet-watch.ts'

export const title = 'a fleet: 200 kits of 20 accounts in one process for 10 minutes, then shared by three'

const KITS = 200
const ACCOUNTS = 20
const MINUTES = 10
const SHARDS = 3
const SHARD_S = 45
const MINUTE_MS = 60_000
/** So that the collector, which counts from its own start, has had the whole minute too. */
const LATE_MS = 1_000
/** Refuses from the beginning: nothing of it can be known. */
const NEVER = { account: 'account-20', code: '8521' }
/** Refuses once its session is open: its kits go on pushing. */
const LATER = { account: 'account-19', code: '1000' }
/** An account has ten kits: one poll each and the list a minute, jitter, and the polls at the start. */
const MOST_REQUESTS = 30
/** Lists, certifications and subscriptions of all accounts, on a machine that is shared. */
const FIRST_MS = 45_000
/** Kits push every second or two. */
const OLDEST_MS = 20_000

const startCollector = (fleet: CloudFleet, dataDir: string, env: Readonly<Record<string, string>> = {}): Child =>
  startChild('fleet', { FLEET_TEXT: fleet.file, DATA_DIR: dataDir, HTTP_PORT: '0', ...env })

const range = (values: readonly number[]): string => `${Math.min(...values)} to ${Math.max(...values)}`

/** One line a minute. */
const follow = async (collector: Child, cloud: Child): Promise<{ rss: number[]; cpu: number[] }> => {
  const [rss, cpu]: [number[], number[]] = [[], []]
  const startedAt = performance.now()
  console.log('minute   RSS MB   heap MB   CPU % of a core   kits heard within 15 s')
  for (let minute = 1; minute <= MINUTES; minute++) {
    await sleep(startedAt + minute * MINUTE_MS + LATE_MS - performance.now())
    const load = await collector.ask<Load>('load')
    if (minute === 1) await cloud.ask('refuse', LATER)
    rss.push(load.rssMb)
    cpu.push(load.cpuPct)
    const [rssText, heapText, cpuText] = [load.rssMb, load.heapMb, load.cpuPct].map((value) => value.toFixed(0))
    console.log(
      `${String(minute).padStart(6)} ${rssText!.padStart(8)} ${heapText!.padStart(9)} ${cpuText!.padStart(17)} ${String(load.live).padStart(24)}`,
    )
  }
  return { rss, cpu }
}

const tellRequests = ({ accounts }: FleetFigures): boolean => {
  // The first minute has the starts: it stands apart.
  const later = (name: string): readonly number[] =>
    accounts.find((account) => account.name === name)!.requests.slice(1)
  const well = accounts.filter(({ name }) => name !== LATER.account && name !== NEVER.account)
  const all = well.flatMap(({ requests }) => requests.slice(1))
  console.log(`\nrequests a minute and account, from the second minute on`)
  console.log(`  ${well.length} accounts that are well    ${range(all)}, median ${median(all)}`)
  console.log(`  in their first minute         ${range(well.map(({ requests }) => requests[0]!))}`)
  for (const { account, code } of [LATER, NEVER])
    console.log(`  ${account}, always ${code}       ${later(account).join(' ')}`)
  const refused = [LATER, NEVER].flatMap(({ account }) => later(account))
  return Math.max(...all) <= MOST_REQUESTS && Math.max(...refused) <= Math.max(...all) && Math.min(...all) >= 8
}

const tellKits = (figures: FleetFigures, fleet: CloudFleet): boolean => {
  const sns = (names: (account: string) => boolean): string[] =>
    Object.entries(fleet.kits).flatMap(([account, kits]) => (names(account) ? kits : []))
  const well = sns((account) => account !== LATER.account && account !== NEVER.account)
  const pushedOnly = sns((account) => account === LATER.account)
  const lacks = [
    ...starvedKits(figures, { kitSns: well, firstMs: FIRST_MS, oldestMs: OLDEST_MS, polls: MINUTES - 1 }),
    ...starvedKits(figures, { kitSns: pushedOnly, firstMs: FIRST_MS, oldestMs: OLDEST_MS, polls: 1 }),
  ]
  const of = (kitSns: readonly string[]) => figures.kits.filter(({ kitSn }) => kitSns.includes(kitSn))
  console.log('\nkits                              heard  first after s   most unheard s      pushes       polls')
  for (const [name, kits] of [
    ['of accounts that are well', of(well)],
    [`of ${LATER.account}, by pushes`, of(pushedOnly)],
  ] as const) {
    const tenths = (values: readonly number[]): string => (Math.max(...values) / 1000).toFixed(1)
    console.log(
      `${name.padEnd(32)} ${String(kits.length).padStart(6)} ${tenths(kits.map(({ firstMs }) => firstMs ?? Number.NaN)).padStart(14)} ` +
        `${tenths(kits.map(({ oldestMs }) => oldestMs)).padStart(16)} ${range(kits.map(({ pushes }) => pushes)).padStart(15)} ${range(kits.map(({ polls }) => polls)).padStart(10)}`,
    )
  }
  const unknown = of(sns((account) => account === NEVER.account)).length
  console.log(`of ${NEVER.account}, refused from the start: ${unknown} known, as nothing can be`)
  for (const lack of lacks) console.log(`  starved: ${lack}`)
  return lacks.length === 0
}

/** Three collectors over the same file, against a cloud that refuses an account's second session. */
const shareOut = async (fleet: CloudFleet, root: string): Promise<boolean> => {
  const shards = Array.from({ length: SHARDS }, (_, index) => `${index + 1}/${SHARDS}`)
  const collectors = shards.map((SHARD) =>
    startCollector(fleet, join(root, SHARD.replace('/', '-of-')), { SHARD, EMBEDDED_MEMORY_MB: '64' }),
  )
  await sleep(SHARD_S * 1000)
  const figures: FleetFigures[] = []
  for (const collector of collectors) figures.push(await collector.ask<FleetFigures>('figures'))
  for (const collector of collectors) await collector.end()
  console.log('\nSHARD   accounts   kits heard')
  const heard = figures.map(({ kits }) => kits.filter(({ pushes }) => pushes > 0).map(({ kitSn }) => kitSn))
  for (const [index, { accounts }] of figures.entries())
    console.log(
      `${shards[index]} ${String(accounts.length).padStart(12)} ${String(heard[index]!.length).padStart(12)}   ${accounts.map(({ name }) => name.replace('account-', '')).join(' ')}`,
    )
  const ofAccounts = coverage(
    Object.keys(fleet.kits),
    figures.map(({ accounts }) => accounts.map(({ name }) => name)),
  )
  const refused = new Set([LATER.account, NEVER.account])
  const kits = Object.entries(fleet.kits).flatMap(([account, sns]) => (refused.has(account) ? [] : sns))
  const ofKits = coverage(kits, heard)
  const wrong = [...ofAccounts.missing, ...ofAccounts.doubled, ...ofKits.missing, ...ofKits.doubled]
  console.log(wrong.length === 0 ? 'Every account once, and every kit that can be heard once.' : `WRONG: ${wrong}`)
  return wrong.length === 0
}

export const run = async (): Promise<boolean> => {
  machine()
  const root = mkdtempSync(join(tmpdir(), 'powerkits-fleet-'))
  const cloud = startChild('cloud', { CLOUD_KITS: String(KITS), CLOUD_ACCOUNTS: String(ACCOUNTS) })
  const fleet = await cloud.ask<CloudFleet>('fleet')
  await cloud.ask('refuse', NEVER)
  const collector = startCollector(fleet, join(root, 'one'))
  const { rss, cpu } = await follow(collector, cloud)
  const figures = await collector.ask<FleetFigures>('figures')
  await collector.end()
  console.log(
    `\n${KITS} kits, ${ACCOUNTS} accounts: RSS at most ${Math.max(...rss).toFixed(0)} MB, CPU ${median(cpu).toFixed(0)} % of a core (median)`,
  )
  const isFair = [tellRequests(figures), tellKits(figures, fleet)].every(Boolean)
  const isShared = await shareOut(fleet, root)
  await cloud.end()
  rmSync(root, { recursive: true })
  return isFair && isShared
}
