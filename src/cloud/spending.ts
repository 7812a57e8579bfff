/**
 * How a session spends its account's budget: asks before each connect, counts each that was answered, keeps a reserve
 * for connections that break by themselves, and tells a person once when it gets scarce. Without a budget (a plain
 * broker) everything is allowed.
 */
import type { Log } from '../log.ts'
import type { Budget, Usage } from './budget.ts'
import { budgetUnkept, spendingMuch } from './session-words.ts'

export interface Spending {
  /** When a connect is allowed (epoch ms); undefined: now. */
  restUntil(): number | undefined
  /** Whether enough is left to connect anew by choice. */
  isAmple(): boolean
  /** A CONNECT was answered. */
  note(): void
  /** Of an account only. */
  usage(): { readonly connects: Usage; readonly ids: Usage } | undefined
}

/** Share of a limit from which it is scarce. */
const SCARCE = 0.7

const isScarce = ({ today, limit }: Usage): boolean => today >= SCARCE * limit

export const createSpending = (budget: Budget | undefined, name: string, log: Log, now: () => number): Spending => {
  if (budget === undefined)
    return { restUntil: () => undefined, isAmple: () => true, note: () => {}, usage: () => undefined }
  const said = new Set<string>()
  const sayOnce = (key: string, isSo: boolean, sentence: () => string): void => {
    if (isSo && !said.has(key)) log.warn(`${name}: ${sentence()}`)
    if (isSo) said.add(key)
    else said.delete(key)
  }
  const say = (): void => {
    const { connects, ids, problem } = budget.status(now())
    sayOnce('problem', problem !== '', () => budgetUnkept(problem))
    sayOnce('connects', isScarce(connects), () => spendingMuch('connects of 24 hours', connects))
    sayOnce('ids', isScarce(ids), () => spendingMuch('client ids of this day', ids))
  }
  const restUntil = (): number | undefined => {
    const permission = budget.mayConnect(now())
    return permission.isAllowed ? undefined : permission.untilAt
  }
  say()
  return {
    restUntil,
    isAmple: () => restUntil() === undefined && !isScarce(budget.status(now()).connects),
    note: () => {
      const kept = budget.noteConnect(now())
      say()
      void kept.then(say)
    },
    usage: () => budget.status(now()),
  }
}
