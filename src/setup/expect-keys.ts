/** What waits for keys while the demonstration runs: the set-up with a code of its own, and what was saved by it. */
import { randomInt } from 'node:crypto'
import type { Settled } from '../settled.ts'
import { createGate, newCode } from './code.ts'
import { type OpenSetup, openSetup, type SetupParts } from './setup.ts'

export interface ExpectedKeys {
  readonly setup: OpenSetup
  /** For the terminal alone. */
  readonly code: string
  /** Aborted when keys are saved. */
  arrival(): AbortSignal
  /** What they settled to; others may be waited for afterwards. */
  take(): Settled | undefined
}

export const expectKeys = (parts: Omit<SetupParts, 'gate' | 'onSaved'>): ExpectedKeys => {
  const code = newCode(randomInt)
  parts.secrets.add(code)
  let arrival = new AbortController()
  let settled: Settled | undefined
  const onSaved = (saved: Settled): void => {
    settled = saved
    arrival.abort()
  }
  return {
    setup: openSetup({ ...parts, gate: createGate(code), onSaved }),
    code,
    arrival: () => arrival.signal,
    take: () => {
      const taken = settled
      settled = undefined
      arrival = new AbortController()
      return taken
    },
  }
}
