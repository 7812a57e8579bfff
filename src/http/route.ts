/** What every route is given: the server it joins, and where it reads from. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Control } from '../control/control.ts'
import type { Doctor } from '../doctor/finding.ts'
import type { Setup } from '../setup/contract.ts'
import type { Answers } from '../store/store.ts'
import type { Timers } from '../timers.ts'
import type { TrackState } from '../track/state.ts'
import type { ReadyLimits } from './readiness.ts'
import type { CollectorStatus } from './status.ts'

export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

export interface Sources extends Timers {
  state(): TrackState
  status(): CollectorStatus
  readonly ready: ReadyLimits
  readonly control: Control
  /** Where history is asked for. */
  readonly answers: Answers
  /** How long values are kept raw; beyond it there are values of hours. */
  readonly rawKeptMs: number
  /** Whether the kits are simulated ones. */
  readonly isDemonstration: boolean
  /** Where the console's files are; absolute. */
  readonly consoleDir?: string | undefined
  readonly doctor: Doctor
  /** Where a person connects an account; absent where there is nothing to set up. */
  readonly setup?: Setup | undefined
}

/** Of routes without query parameters: one that is given anyway is refused, since ignoring it would mislead. */
export const NoQuery = z.strictObject({})

export const At = z.number().int().describe('The moment the answer speaks of (epoch ms)')
