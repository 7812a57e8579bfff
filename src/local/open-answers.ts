/**
 * Whom to ask for what is stored: the collector that runs in the data directory, or the store itself where none runs.
 * The embedded store is then locked as a collector locks it, so that nothing else opens it meanwhile.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Settings } from '../config.ts'
import { CollectorError } from '../errors.ts'
import { lockDataDir } from '../lock.ts'
import type { Log } from '../log.ts'
import { openStore } from '../store/open-store.ts'
import type { Answers } from '../store/store.ts'
import { askCollector } from './client.ts'
import type { NamedKit } from './protocol.ts'

export interface OpenedAnswers {
  readonly answers: Answers
  readonly kits: readonly NamedKit[]
  close(): Promise<void>
}

const askAll = async <T>(dataDir: string, operation: string, asked?: unknown): Promise<T[]> => {
  const batches = await askCollector(dataDir, operation, asked)
  if (batches === undefined)
    throw new CollectorError('collector_no_answer', `The collector of ${resolve(dataDir)} has stopped.`)
  const items: T[] = []
  for await (const batch of batches) items.push(...(batch as T[]))
  return items
}

const throughSocket = (dataDir: string): Answers => ({
  last: (question) => askAll(dataDir, 'last', question),
  rows: (question) => askAll(dataDir, 'rows', question),
  steps: (question) => askAll(dataDir, 'steps', question),
  sums: (question) => askAll(dataDir, 'sums', question),
})

/** As far as rows tell: what was stored last of a kit counts. */
const kitsIn = async (answers: Answers, { TIME_ZONE: timeZone }: Settings): Promise<NamedKit[]> => {
  const labels = await answers.last({ bucket: 'raw', measurement: 'kit', fields: ['label'] })
  const sites = await answers.last({ bucket: 'history', measurement: 'site', fields: ['label', 'time_zone'] })
  const kits = new Map<string, NamedKit>()
  for (const { tags, field, value } of [...labels, ...sites]) {
    const kitSn = tags.kit_sn ?? ''
    const known = kits.get(kitSn) ?? { kitSn, name: '', timeZone }
    const told = field === 'label' ? { name: String(value).replace(` · ${kitSn}`, '') } : { timeZone: String(value) }
    kits.set(kitSn, { ...known, ...told })
  }
  return [...kits.values()]
    .map((kit) => (kit.name === kit.kitSn ? { ...kit, name: '' } : kit))
    .sort((a, b) => a.name.localeCompare(b.name) || a.kitSn.localeCompare(b.kitSn))
}

const openItself = async (settings: Settings, log: Log, now: () => number): Promise<OpenedAnswers> => {
  const isEmbedded = settings.INFLUX_URL === undefined
  if (isEmbedded && !existsSync(join(settings.DATA_DIR, 'store')))
    throw new CollectorError('nothing_collected', `Nothing was ever collected in ${resolve(settings.DATA_DIR)}.`)
  const unlock = isEmbedded ? await lockDataDir(settings.DATA_DIR) : async () => undefined
  const opened = await openStore(settings, log, now).catch(async (error: unknown) => {
    await unlock()
    throw error
  })
  const close = async (): Promise<void> => {
    await opened.store.close()
    await unlock()
  }
  try {
    return { answers: opened.store, kits: await kitsIn(opened.store, settings), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** `now` may be any clock that only goes forward. Throws CollectorError; a collector that does not run is no error. */
export const openAnswers = async (settings: Settings, log: Log, now: () => number): Promise<OpenedAnswers> => {
  const running = await askCollector(settings.DATA_DIR, 'kits')
  if (running === undefined) return openItself(settings, log, now)
  const kits: NamedKit[] = []
  for await (const batch of running) kits.push(...(batch as NamedKit[]))
  return { answers: throughSocket(settings.DATA_DIR), kits, close: async () => undefined }
}
