/** The one store of this collector, as the settings name it. */
import { join } from 'node:path'
import type { Settings } from '../config.ts'
import type { Log } from '../log.ts'
import { openEmbedded } from './embedded/embedded.ts'
import type { Inventory } from './embedded/inventory.ts'
import type { SortedMonth } from './embedded/sorter.ts'
import { openInflux } from './influx.ts'
import type { Store } from './store.ts'

const DAY_MS = 86_400_000
const WRITE_TIMEOUT_MS = 30_000
/** So long after its end a month may still be written to, by a spool that was full or a store that was away. */
const LATE_ROWS_MS = 2 * DAY_MS

export interface OpenedStore {
  readonly store: Store
  /** Where the values go, for a person. */
  readonly place: string
  /** Removes raw values past their time where the store does not do so itself. */
  expire(now: number): Promise<readonly string[]>
  /** Sorts a month of raw values that is over, where the store has files of its own; undefined if there is none to sort. */
  sort(now: number): Promise<SortedMonth | undefined>
  /** What the store's files hold, with nothing left in the logs beside them; undefined where it is a server's. */
  inventory(): Promise<Inventory | undefined>
}

const given = <T extends Record<string, string | undefined>>(all: T): { [K in keyof T]?: string } =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: string }

const openServer = (url: string, settings: Settings, log: Log): OpenedStore => ({
  store: openInflux({
    url,
    ...given({
      token: settings.INFLUX_TOKEN,
      username: settings.INFLUX_USERNAME,
      password: settings.INFLUX_PASSWORD,
      org: settings.INFLUX_ORG,
    }),
    buckets: { raw: settings.INFLUX_BUCKET, history: settings.INFLUX_HISTORY_BUCKET },
    api: settings.INFLUX_API,
    retentionMs: settings.RAW_RETENTION_DAYS * DAY_MS,
    timeoutMs: WRITE_TIMEOUT_MS,
    log,
  }),
  place: `InfluxDB at ${new URL(url).host}, buckets ${settings.INFLUX_BUCKET} and ${settings.INFLUX_HISTORY_BUCKET}`,
  expire: async () => [],
  sort: async () => undefined,
  inventory: async () => undefined,
})

/** Opens it. Throws CollectorError where it can never work; a server that is down is no error. */
export const openStore = async (settings: Settings, log: Log, now: () => number): Promise<OpenedStore> => {
  if (settings.INFLUX_URL) return openServer(settings.INFLUX_URL, settings, log)
  const dir = join(settings.DATA_DIR, 'store')
  const store = await openEmbedded({
    dir,
    memoryLimit: `${settings.EMBEDDED_MEMORY_MB}MB`,
    threads: settings.EMBEDDED_THREADS,
    timeoutMs: WRITE_TIMEOUT_MS,
    now,
  })
  return {
    store,
    place: dir,
    expire: (at) => store.expire(at - settings.RAW_RETENTION_DAYS * DAY_MS),
    sort: (at) => store.sort(at - LATE_ROWS_MS),
    inventory: store.inventory,
  }
}
