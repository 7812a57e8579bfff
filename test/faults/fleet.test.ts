import { expect, it } from 'vitest'
import { createVirtualCollector, type VirtualCollector } from '../virtual-collector.ts'
import { coverage, type FleetFigures, starvedKits, watchFleet } from './fleet-watch.ts'
import { createWitness, type Witness } from './witness.ts'

const START_AT = Date.UTC(2026, 5, 1, 6)
const SECOND_MS = 1_000

interface Fleet {
  readonly virtual: VirtualCollector
  readonly witness: Witness
}

const openFleet = (kits: number, accounts: number, env: Readonly<Record<string, string>> = {}): Fleet => {
  let witness: Witness | undefined
  const virtual = createVirtualCollector({
    startAt: START_AT,
    kits,
    accounts,
    seed: 11,
    env,
    between: (world) => {
      witness = createWitness(world)
      return witness.world
    },
  })
  return {
    virtual,
    get witness() {
      return witness!
    },
  }
}

const watchFor = async (fleet: Fleet, seconds: number): Promise<FleetFigures> => {
  const { virtual } = fleet
  await virtual.start()
  const watch = watchFleet(
    virtual.collector(),
    fleet.witness,
    virtual.cloud.accounts.map((account) => ({ ...account, kits: {}, onlyNamed: false })),
  )
  for (let passed = 0; passed < seconds; passed++) {
    await virtual.advance(SECOND_MS)
    watch.look()
  }
  return watch.figures()
}

it('starves no kit while one account is refused for ever and another one’s cloud fails', async () => {
  const fleet = openFleet(30, 6)
  const { faults, accounts } = fleet.virtual.cloud
  faults.http('account-6', { kind: 'code', code: '8521' })
  faults.http('account-5', { kind: 'code', code: '1000' })
  const figures = await watchFor(fleet, 240)
  const kitSns = accounts.slice(0, 4).flatMap((account) => account.kitSns)
  expect(kitSns).toHaveLength(20)
  expect(starvedKits(figures, { kitSns, firstMs: 20_000, oldestMs: 10_000, polls: 2 })).toEqual([])
  const refused = accounts.slice(4).flatMap((account) => account.kitSns)
  expect(starvedKits(figures, { kitSns: refused, firstMs: 20_000, oldestMs: 10_000, polls: 2 })).toHaveLength(10)
  const after = (requests: readonly number[]): number => requests.slice(1).reduce((sum, count) => sum + count, 0)
  // Five kits and the list, every 54 to 66 s each: two to four times in three minutes.
  const asked = figures.accounts.map(({ requests }) => after(requests))
  for (const count of asked.slice(0, 4)) expect(count >= 12 && count <= 24).toBe(true)
  for (const count of asked.slice(4)) expect(count).toBeLessThan(12)
  await fleet.virtual.end()
})

it('shares the accounts out among three collectors, each once', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `account-${index + 1}`)
  const shards: string[][] = []
  for (const SHARD of ['1/3', '2/3', '3/3']) {
    const { virtual } = openFleet(20, 20, { SHARD })
    await virtual.start()
    await virtual.advance(20 * SECOND_MS)
    const accounts = virtual.collector().status().accounts
    expect(accounts.every(({ session, kits }) => session.isConnected && kits.length === 1)).toBe(true)
    shards.push(accounts.map(({ name }) => name))
    await virtual.end()
  }
  expect(coverage(names, shards)).toEqual({ missing: [], doubled: [] })
  expect(coverage(names, [...shards, shards[0]!]).doubled.toSorted()).toEqual(shards[0]!.toSorted())
  expect(coverage(names, shards.slice(1)).missing.toSorted()).toEqual(shards[0]!.toSorted())
})
