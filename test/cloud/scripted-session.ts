/** A session in virtual time with a broker and a sign-in that the test plays, and what it logged. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Budget, openBudget } from '../../src/cloud/budget.ts'
import type { SignIn } from '../../src/cloud/link.ts'
import type { Failure, Outcome } from '../../src/cloud/outcome.ts'
import { openSession } from '../../src/cloud/session.ts'
import type { SessionOptions } from '../../src/cloud/session-contract.ts'
import { createVirtualTime } from '../virtual-time.ts'
import { createKeptLog } from './kept-log.ts'
import { createScriptedBroker } from './scripted-broker.ts'

export const NOON = Date.UTC(2026, 10, 22, 12)
export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const QUOTA = '/open/account/M109ZAB4Z000001F/quota'
export const SIGN_IN: SignIn = { url: 'mqtts://mqtt.example.net:8883', username: 'account', password: 'made-up' }

export const failure = (kind: Failure['kind']): Outcome<SignIn> => ({
  isOk: false,
  failure: { kind, code: '', text: `Sign-in failed: ${kind}.`, traceId: '' },
})

export const begin = (
  options: Partial<SessionOptions> = {},
  answer: Outcome<SignIn> = { isOk: true, value: SIGN_IN },
) => {
  const time = createVirtualTime(NOON)
  const broker = createScriptedBroker(time.now)
  const { log, said } = createKeptLog()
  const signIns: number[] = []
  const world = { answer, time, broker, said, signIns }
  const session = openSession({
    name: 'Account van',
    protocolVersion: 4,
    signIn: async () => {
      signIns.push(time.now())
      return world.answer
    },
    openLink: broker.openLink,
    clientId: 'powerkits-test',
    topics: [QUOTA],
    timers: time,
    random: () => 0.5,
    log,
    onMessage: () => 1,
    ...options,
  })
  return Object.assign(world, { session })
}

/** Counts what is spent; `connects` may be spent in any 24 hours. */
export const budgetOf = (connects = 100): Promise<Budget> =>
  openBudget(mkdtempSync(join(tmpdir(), 'powerkits-session-')), 'van', { connects, ids: 10 }, () => NOON)

export const beginAccount = async (connects?: number, answer?: Outcome<SignIn>) => {
  const budget = await budgetOf(connects)
  return begin({ budget, clientId: budget.clientId }, answer)
}

export type World = ReturnType<typeof begin>

/** Times between CONNECTs, in seconds. */
export const waits = ({ broker }: Pick<World, 'broker'>): number[] =>
  broker.links.slice(1).map((link, i) => Math.round((link.at - broker.links[i]!.at) / SECOND))

export const loud = (said: readonly string[]): string[] => said.filter((line) => /^(?:warn|error)/.test(line))
