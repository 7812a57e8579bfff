/** The sources of the fleet, opened: an account or a broker each, with what they need of the collector. */
import { openAccount } from './cloud/account.ts'
import { openBroker } from './cloud/broker-source.ts'
import { budgetName, DEFAULT_LIMITS, openBudget } from './cloud/budget.ts'
import { clientIdOf } from './cloud/client-id.ts'
import type { ClockOffset } from './cloud/clock-offset.ts'
import type { Source, SourceParts } from './cloud/source.ts'
import type { Settings } from './config.ts'
import type { Counters } from './counters.ts'
import type { Account, Broker, Fleet } from './fleet.ts'
import { isMine } from './shard.ts'
import type { World } from './world.ts'

export interface SourcesParts extends SourceParts {
  readonly settings: Settings
  readonly world: World
  readonly clockOffset: ClockOffset
  readonly counters: Counters
  readonly keepSecret: (secret: string) => void
  readonly keepStrange: (kind: string, kitSn: string, text: string) => void
}

const account = async (parts: SourcesParts, of: Account): Promise<Source> => {
  const { settings, world, timers } = parts
  const limits = { ...DEFAULT_LIMITS, connects: settings.MQTT_CONNECTS_PER_DAY }
  return openAccount({
    ...parts,
    account: of,
    budget: await openBudget(settings.DATA_DIR, budgetName(of.accessKey), limits, timers.now),
    fetch: world.fetch,
    localNow: world.time.wall,
    quotasMethod: settings.ECOFLOW_QUOTAS_METHOD,
    pollMs: settings.POLL_SECONDS * 1000,
  })
}

/** Two entries may be one broker, which ends a session when another one comes with its client id. */
const clientIdFor = ({ name }: Broker, own: string): string =>
  name === 'main' ? own : `${own}-${name.replace(/[^\w-]/g, '_')}`

const broker = async (parts: SourcesParts, of: Broker, unclaimed: () => readonly string[]): Promise<Source> => {
  const { SHARD, DATA_DIR } = parts.settings
  return openBroker({
    ...parts,
    broker: of,
    clientId: clientIdFor(of, await clientIdOf(DATA_DIR)),
    isOurs: SHARD.count === 1 ? undefined : (sn) => isMine(sn, SHARD),
    unclaimed,
  })
}

/** Opens every source of a fleet that is this collector's own. None of them throws: what cannot be reached is tried again. */
export const openSources = async ({ accounts, brokers }: Fleet, parts: SourcesParts): Promise<Source[]> => {
  const sources: Source[] = []
  const unclaimed = (): string[] => {
    const claimed = new Set(sources.flatMap((source) => Object.keys(source.kits())))
    return [...parts.state().kits.keys()].filter((sn) => !claimed.has(sn))
  }
  for (const one of accounts) sources.push(await account(parts, one))
  for (const one of brokers) sources.push(await broker(parts, one, unclaimed))
  return sources
}
