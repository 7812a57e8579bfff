/**
 * The operation `hold`, for a copy of the running collector's files: while who asked stays, no batch reaches the store
 * and nothing of the store stands in memory or in logs alone; collecting goes on into the spool. It ends by itself
 * before the spool has no room for what comes.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { CollectorError } from '../errors.ts'
import type { Line } from '../line.ts'
import type { Inventory } from '../store/embedded/inventory.ts'
import type { DurableSegment } from '../store/spool.ts'
import type { Operation } from './protocol.ts'

/** The first item of its answer; nothing follows but empty batches, twice a second. The state of the line at that moment is in the newest snapshot and these segments. */
export interface Holding {
  readonly segments: readonly DurableSegment[]
  /** Of the embedded store. */
  readonly inventory?: Inventory
}

/** Share of the spool's room from which it must drain again. */
const MOST_FULL = 0.75
const LOOK_MS = 500

const isFilling = (spool: Line['spool']): boolean => {
  const { bytes, maxBytes } = spool.stats()
  return bytes > MOST_FULL * maxBytes
}

type HeldLine = Pick<Line, 'spool' | 'opened' | 'holdStore' | 'saveSnapshot'>

export const holdOperation = ({ spool, opened, holdStore, saveSnapshot }: HeldLine): Operation =>
  async function* (_asked, signal) {
    if (isFilling(spool))
      throw new CollectorError('backup_overtaken', 'The spool is too full for the store to be held still.')
    await spool.flush()
    const letGo = await holdStore()
    try {
      await saveSnapshot()
      const inventory = await opened.inventory()
      await spool.flush()
      const holding: Holding = { segments: spool.segments(), ...(inventory && { inventory }) }
      yield [holding]
      while (!signal.aborted) {
        if (isFilling(spool))
          throw new CollectorError('backup_overtaken', 'The spool filled up while the files of the store were copied.')
        await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
        // so that either side notices when the other one is gone
        yield []
      }
    } finally {
      letGo()
    }
  }
