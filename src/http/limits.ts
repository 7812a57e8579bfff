/** How often may be asked: commands by each token, and what is refused by each address. */
import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import type { App } from './route.ts'

const MINUTE_MS = 60_000
/** Far more than a person mistypes, far less than it takes to guess a token. */
const REFUSALS_A_MINUTE = 300

/** Counts the request; seconds to wait where it is one too many. */
export type Limit = (request: FastifyRequest) => Promise<number | undefined>

export interface Limits {
  /** Of the token that the request came with. */
  readonly commands: Limit
  /** Of the address that it came from. */
  readonly refusals: Limit
}

export const createLimits = async (app: App, commandsAMinute: number): Promise<Limits> => {
  await app.register(rateLimit, { global: false })
  const limit = (max: number, keyGenerator: (request: FastifyRequest) => string): Limit => {
    const count = app.createRateLimit({ max, timeWindow: MINUTE_MS, keyGenerator })
    return async (request) => {
      const counted = await count(request)
      return !counted.isAllowed && counted.isExceeded ? counted.ttlInSeconds : undefined
    }
  }
  return {
    commands: limit(commandsAMinute, ({ caller }) => caller.name),
    refusals: limit(REFUSALS_A_MINUTE, ({ ip }) => ip),
  }
}
