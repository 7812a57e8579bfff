/**
 * What an account may still spend at the vendor's broker: connects in any 24 hours, and client ids in a day (UTC).
 * Overspending locks the account out for the day, so what was spent outlives restarts: `accounts/<name>.json` in the
 * data directory, replaced atomically, readable by its owner only. A file that cannot be read costs the counts, and
 * the client id only if that cannot be read either; one that cannot be written leaves the budget in memory and is told
 * in `problem`. Counting is all that happens here; whoever connects asks first. src: tolwi/hassio-ecoflow-cloud #306
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { codeOf, type Files, nodeFiles, readWhole, replaceFile } from '../store/files.ts'
import { isClientId, newClientId } from './client-id.ts'

export interface Usage {
  readonly today: number
  readonly limit: number
}

export interface BudgetLimits {
  /** Connects in any 24 hours. */
  readonly connects: number
  /** Distinct client ids in a day, UTC. */
  readonly ids: number
}

export interface BudgetStatus {
  readonly connects: Usage
  readonly ids: Usage
  /** Why it is not kept on disk; empty when it is. */
  readonly problem: string
}

export interface Budget {
  /** The account's one id, for ever. */
  readonly clientId: string
  /** Whether a connect is allowed at this time (epoch ms), and if not, when it will be. */
  mayConnect(at: number): { readonly isAllowed: true } | { readonly isAllowed: false; readonly untilAt: number }
  /** A CONNECT was answered. Resolves when that is on disk, or known not to get there; never rejects. */
  noteConnect(at: number): Promise<void>
  status(at: number): BudgetStatus
}

interface Spent {
  clientId: string
  /** Epoch ms, in order. */
  connects: number[]
  /** Day of `ids`, as 2026-11-22. */
  day: string
  ids: string[]
}

const DAY_MS = 86_400_000

/** What the vendor is reported to allow; the connects are our own caution. src: VENDOR-FACTS §2 */
export const DEFAULT_LIMITS: BudgetLimits = { connects: 100, ids: 10 }

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const isListOf =
  <T>(type: 'number' | 'string') =>
  (value: unknown): value is T[] =>
    Array.isArray(value) && value.every((one) => typeof one === type)
const isNumbers = isListOf<number>('number')
const isTexts = isListOf<string>('string')

const parsed = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // Torn or edited by hand: the id is worth more than the counts.
    return { clientId: /"clientId":\s*"([\w-]+)"/.exec(text)?.[1] }
  }
}

/** Whatever of the file makes sense. Stamps of a clock that was ahead count as of now. */
const readSpent = (text: string, now: number): Spent => {
  const { clientId, connects, day, ids } = parsed(text)
  return {
    clientId: typeof clientId === 'string' && isClientId(clientId) ? clientId : newClientId(),
    connects: isNumbers(connects) ? connects.map((at) => Math.min(at, now)).sort((a, b) => a - b) : [],
    day: typeof day === 'string' ? day : '',
    ids: isTexts(ids) ? ids : [],
  }
}

/** Writes one after another, the newest state each time. */
const createKeeper = (files: Files, folder: string, path: string, spent: Spent) => {
  let problem = ''
  const write = async (): Promise<void> => {
    try {
      await files.makeDirectory(folder)
      await replaceFile(files, path, Buffer.from(`${JSON.stringify(spent, null, 1)}\n`))
      problem = ''
    } catch (error) {
      problem = `${path} cannot be written (${codeOf(error) || 'unknown'})`
    }
  }
  let last = Promise.resolve()
  const keep = (): Promise<void> => {
    last = last.then(write)
    return last
  }
  return { keep, problem: () => problem }
}

/** What an account's file is called: by its key, since the vendor counts for that, whatever its owner calls it. */
export const budgetName = (accessKey: string): string =>
  createHash('sha256').update(accessKey).digest('hex').slice(0, 16)

/** Opens the account's budget, with a client id of its own the first time. Never rejects. */
export const openBudget = async (
  dir: string,
  account: string,
  limits: BudgetLimits,
  now: () => number,
  files: Files = nodeFiles,
): Promise<Budget> => {
  const folder = join(dir, 'accounts')
  const path = join(folder, `${encodeURIComponent(account)}.json`)
  const kept = await readWhole(files, path).catch(() => undefined)
  const spent = readSpent(kept?.toString() ?? '', now())
  const keeper = createKeeper(files, folder, path, spent)
  await keeper.keep()

  const connectsAt = (at: number): number[] => spent.connects.filter((spentAt) => spentAt > at - DAY_MS)
  const idsAt = (at: number): string[] => (spent.day === dayOf(at) ? spent.ids : [])
  return {
    clientId: spent.clientId,
    mayConnect: (at) => {
      const connects = connectsAt(at)
      const ids = idsAt(at)
      if (!ids.includes(spent.clientId) && ids.length >= limits.ids)
        return { isAllowed: false, untilAt: (Math.floor(at / DAY_MS) + 1) * DAY_MS }
      const holding = connects[connects.length - limits.connects]
      return holding === undefined ? { isAllowed: true } : { isAllowed: false, untilAt: holding + DAY_MS }
    },
    noteConnect: (at) => {
      spent.connects = [...connectsAt(at), at]
      spent.ids = [...new Set([...idsAt(at), spent.clientId])]
      spent.day = dayOf(at)
      return keeper.keep()
    },
    status: (at) => ({
      connects: { today: connectsAt(at).length, limit: limits.connects },
      ids: { today: idsAt(at).length, limit: limits.ids },
      problem: keeper.problem(),
    }),
  }
}
