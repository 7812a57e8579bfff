/**
 * A gate in the drain's way to the store: while somebody holds it no batch reaches the store, so that its files can be
 * copied as they stand. Promises: a batch comes to the store whole or waits; nothing is refused, collecting goes on.
 */
import type { Store } from './store.ts'

export interface WriteGate {
  readonly write: Store['write']
  /** Resolves when no batch is on its way any more; what it gives opens the gate again, once. */
  hold(): Promise<() => void>
}

export const createWriteGate = (write: Store['write']): WriteGate => {
  const running = new Set<Promise<unknown>>()
  let holders = 0
  let opened = Promise.resolve()
  let open = (): void => undefined
  return {
    write: async (batch) => {
      while (holders > 0) await opened
      const work = write(batch)
      running.add(work)
      try {
        return await work
      } finally {
        running.delete(work)
      }
    },
    hold: async () => {
      if (holders++ === 0)
        opened = new Promise((resolve) => {
          open = resolve
        })
      await Promise.allSettled(running)
      let isHeld = true
      return () => {
        if (isHeld && --holders === 0) open()
        isHeld = false
      }
    },
  }
}
