import { expect, it } from 'vitest'
import type { Broker } from '../src/fleet.ts'
import { isMine, ownFleet } from '../src/shard.ts'

const KEYS = Array.from({ length: 600 }, (_, i) => `access-key-${i}`)
const SNS = Array.from({ length: 40 }, (_, i) => `M109ZAB4Z0000${String(i).padStart(2, '0')}F`)

const ownersOf = (key: string, count: number): number[] =>
  Array.from({ length: count }, (_, i) => i + 1).filter((index) => isMine(key, { index, count }))

it('gives every key exactly one owner, however many collectors there are', () => {
  for (const count of [1, 2, 3, 7, 20])
    for (const key of KEYS.slice(0, 200)) expect(ownersOf(key, count), key).toHaveLength(1)
})

it('moves only the keys of the collector that goes', () => {
  const moved = KEYS.filter((key) => ownersOf(key, 5)[0] !== ownersOf(key, 4)[0])
  expect(moved.length).toBeGreaterThan(0)
  for (const key of moved) expect(ownersOf(key, 5)).toEqual([5])
})

it('shares the keys out evenly', () => {
  for (const index of [1, 2, 3]) {
    const mine = KEYS.filter((key) => isMine(key, { index, count: 3 })).length
    expect(mine).toBeGreaterThan(160)
    expect(mine).toBeLessThan(240)
  }
})

const broker = (given: Partial<Broker>): Broker => ({
  name: 'farm',
  url: 'mqtt://farm',
  version: 4,
  topics: [],
  account: 'open-x',
  kits: {},
  ...given,
})

const shares = (given: Partial<Broker>): (Broker | undefined)[] =>
  [1, 2, 3].map((index) => ownFleet({ accounts: [], brokers: [broker(given)] }, { index, count: 3 }).brokers[0])

it('shares a broker out kit by kit, and exact topics with them', () => {
  const byKit = shares({ kits: Object.fromEntries(SNS.map((sn) => [sn, { name: sn }])) })
  expect(byKit.flatMap((share) => Object.keys(share?.kits ?? {})).sort()).toEqual(SNS)
  const topics = SNS.map((sn) => `/open/open-x/${sn}/quota`)
  const byTopic = shares({ topics })
  expect(byTopic.flatMap((share) => share?.topics ?? []).sort()).toEqual(topics)
  expect(byTopic.map((share) => (share?.topics.length ?? 0) > 0)).toEqual([true, true, true])
})

it('leaves wildcards to all, and a broker with kits of others alone', () => {
  for (const share of shares({ topics: ['/open/+/+/quota'] })) expect(share?.topics).toEqual(['/open/+/+/quota'])
  for (const share of shares({})) expect(share?.kits).toEqual({})
  expect(shares({ kits: { [SNS[0]!]: { name: '' } } }).filter((share) => share !== undefined)).toHaveLength(1)
  expect(shares({ topics: [`/open/x/${SNS[0]}/quota`] }).filter((share) => share !== undefined)).toHaveLength(1)
})

it('gives each account to one collector', () => {
  const accounts = KEYS.slice(0, 20).map((accessKey) => ({
    name: accessKey,
    accessKey,
    secretKey: 'made up',
    region: 'auto' as const,
    kits: {},
    onlyNamed: false,
  }))
  const names = [1, 2, 3].flatMap((index) => ownFleet({ accounts, brokers: [] }, { index, count: 3 }).accounts)
  expect(names.map(({ name }) => name).sort()).toEqual(accounts.map(({ name }) => name).sort())
})
