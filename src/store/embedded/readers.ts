/**
 * Connections for questions: as many at once as there are readers, the others wait their turn. A question that takes
 * too long is interrupted. More at once would occupy libuv's threads, on which the spool's writes to disk also wait.
 */
import { CollectorError } from '../../errors.ts'
import type { Connection } from './engine.ts'

export interface Readers {
  ask<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Runs `work` while no question is being answered. */
  alone<T>(work: () => Promise<T>): Promise<T>
}

const INTERRUPT_AGAIN_MS = 20

const asQuestionError = (error: unknown, isTimeout: boolean, timeoutMs: number): unknown => {
  if (isTimeout) {
    return new CollectorError('store_query_timeout', `A question to the embedded store took over ${timeoutMs} ms`)
  }
  if (error instanceof CollectorError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new CollectorError('store_query_failed', `The embedded store could not answer: ${reason}`, { cause: error })
}

export const createReaders = (connections: readonly Connection[], timeoutMs: number): Readers => {
  const free = [...connections]
  const waiting: ((connection: Connection) => void)[] = []
  const take = async (): Promise<Connection> =>
    free.pop() ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)))
  const giveBack = (connection: Connection): void => {
    const next = waiting.shift()
    if (next === undefined) free.push(connection)
    else next(connection)
  }
  return {
    ask: async (work) => {
      const connection = await take()
      let isTimeout = false
      let again: NodeJS.Timeout | undefined
      const interrupt = (): void => {
        isTimeout = true
        connection.interrupt()
      }
      const timer = setTimeout(() => {
        interrupt()
        // an interrupt between two statements is forgotten by the engine
        again = setInterval(interrupt, INTERRUPT_AGAIN_MS)
      }, timeoutMs)
      try {
        return await work(connection)
      } catch (error) {
        throw asQuestionError(error, isTimeout, timeoutMs)
      } finally {
        clearTimeout(timer)
        clearInterval(again)
        giveBack(connection)
      }
    },
    alone: async (work) => {
      const taken: Connection[] = []
      for (const _ of connections) taken.push(await take())
      try {
        return await work()
      } finally {
        taken.forEach(giveBack)
      }
    },
  }
}
