/** How the kits and accounts of a fleet fare in one collector, seen from outside, and who of them is starved. */
import type { Collector } from '../../src/collector.ts'
import type { Account } from '../../src/fleet.ts'
import type { Witness } from './witness.ts'

export interface KitFigures {
  readonly kitSn: string
  readonly account: string
  readonly pushes: number
  readonly polls: number
  /** When it was first heard, in ms since the watch began; undefined: never. */
  readonly firstMs: number | undefined
  /** The longest it was unheard after that (ms). */
  readonly oldestMs: number
}

export interface AccountFigures {
  readonly name: string
  /** Of each whole minute since the watch began. */
  readonly requests: readonly number[]
}

export interface FleetFigures {
  readonly kits: readonly KitFigures[]
  readonly accounts: readonly AccountFigures[]
  readonly minutes: number
}

export interface FleetWatch {
  /** To be called often: what happens between two looks is not seen. */
  look(): void
  figures(): FleetFigures
}

const MINUTE_MS = 60_000

/** Watches from now on. `accounts` are those of the collector's own fleet. */
export const watchFleet = (collector: Collector, witness: Witness, accounts: readonly Account[]): FleetWatch => {
  const { wall } = witness.world.time
  const beganAt = wall()
  const first = new Map<string, number>()
  const oldest = new Map<string, number>()
  const look = (): void => {
    const { intake, clock } = collector.line
    for (const { sn, heardAt } of intake.track.state.kits.values()) {
      if (heardAt === 0) continue
      if (!first.has(sn)) first.set(sn, wall() - beganAt)
      oldest.set(sn, Math.max(oldest.get(sn) ?? 0, clock.now() - heardAt))
    }
  }
  const perMinute = (accessKey: string, minutes: number): number[] => {
    const at = witness.requests.get(accessKey) ?? []
    const startOf = (minute: number): number => beganAt + minute * MINUTE_MS
    return Array.from(
      { length: minutes },
      (_, minute) => at.filter((askedAt) => askedAt >= startOf(minute) && askedAt < startOf(minute + 1)).length,
    )
  }
  const kitsOf = ({ name, kits }: { name: string; kits: readonly string[] }): KitFigures[] =>
    kits.map((kitSn) => ({
      kitSn,
      account: name,
      pushes: witness.pushes.get(kitSn) ?? 0,
      polls: witness.polls.get(kitSn) ?? 0,
      firstMs: first.get(kitSn),
      oldestMs: oldest.get(kitSn) ?? 0,
    }))
  return {
    look,
    figures: () => {
      const minutes = Math.floor((wall() - beganAt) / MINUTE_MS)
      return {
        kits: collector.status().accounts.flatMap(kitsOf),
        accounts: accounts.map(({ name, accessKey }) => ({ name, requests: perMinute(accessKey, minutes) })),
        minutes,
      }
    },
  }
}

export interface Demand {
  /** Kits that must be there. */
  readonly kitSns: readonly string[]
  readonly firstMs: number
  readonly oldestMs: number
  /** Of an account whose cloud refuses polls: how many there must be at least. */
  readonly polls: number
}

/** What each starved kit lacks. */
export const starvedKits = ({ kits }: FleetFigures, { kitSns, ...demand }: Demand): string[] =>
  kitSns.flatMap((sn) => {
    const kit = kits.find(({ kitSn }) => kitSn === sn)
    if (kit === undefined || kit.firstMs === undefined) return [`${sn} was never heard`]
    const lacks = [
      kit.firstMs > demand.firstMs ? `was first heard after ${kit.firstMs} ms` : '',
      kit.oldestMs > demand.oldestMs ? `was unheard for ${kit.oldestMs} ms` : '',
      kit.polls < demand.polls ? `was polled ${kit.polls} times` : '',
    ].filter((lack) => lack !== '')
    return lacks.length === 0 ? [] : [`${sn} ${lacks.join(', ')}`]
  })

/** What several collectors cover, as lists of names: what none of them has, and what more than one has. */
export const coverage = (
  wanted: readonly string[],
  shards: readonly (readonly string[])[],
): { missing: string[]; doubled: string[] } => {
  const times = (name: string): number => shards.filter((shard) => shard.includes(name)).length
  return { missing: wanted.filter((name) => times(name) === 0), doubled: wanted.filter((name) => times(name) > 1) }
}
