/** A recording brought to a real database that goes away in the middle and comes back, and what it then holds. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { readSettings } from '../../src/config.ts'
import { createCounters } from '../../src/counters.ts'
import { openLine } from '../../src/line.ts'
import { createLog } from '../../src/log.ts'
import { runLine } from '../../src/pipeline.ts'
import { parseLine } from '../../src/store/line-protocol.ts'
import type { Input } from '../../src/store/record.ts'
import { createState } from '../../src/track/state.ts'
import { createTrack } from '../../src/track/track.ts'
import type { RealServer } from '../servers/unprivileged-server.ts'

/** Values by `measurement_field`, each identity once: what the store must hold in the end. */
export const expectedCounts = (inputs: readonly Input[]): Map<string, number> => {
  const track = createTrack(createState(), createCatalogue(MODULES), createCounters())
  const seen = new Map<string, Set<string>>()
  for (const input of inputs) {
    const lines = Object.entries(runLine(track, input)).flatMap(([bucket, text]) =>
      (text as string).split('\n').flatMap((line) => (line === '' ? [] : [{ bucket, point: parseLine(line) }])),
    )
    for (const { bucket, point } of lines)
      for (const field of Object.keys(point.fields)) {
        const name = `${point.measurement}_${field}`
        const identities = seen.get(name) ?? new Set()
        seen.set(name, identities.add(`${bucket} ${JSON.stringify(point.tags)} ${point.at}`))
      }
  }
  return new Map([...seen].map(([name, identities]) => [name, identities.size]))
}

export interface OutageResult {
  readonly inputs: number
  /** Records that waited in the spool while the database was away. */
  readonly waited: number
  /** What the drain said of the store meanwhile. */
  readonly problem: string
}

const FLUSH_EVERY = 100

/** Feeds the inputs; the database is away while the middle half of them comes. Resolves when the store has them all. */
export const feedThroughOutage = async (
  inputs: readonly Input[],
  server: RealServer,
  env: Record<string, string>,
): Promise<OutageResult> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-outage-'))
  const line = await openLine(readSettings({ DATA_DIR: dataDir, ...env }), createLog('silent', 'json'))
  const [away, back] = [Math.floor(inputs.length / 4), Math.floor((inputs.length * 3) / 4)]
  let waited = 0
  let problem = ''
  for (const [i, input] of inputs.entries()) {
    if (i === away) await server.stop()
    if (i === back) {
      await line.spool.flush()
      while (line.drain.status().problem === undefined) await new Promise((later) => setTimeout(later, 100))
      waited = line.spool.stats().records
      problem = line.drain.status().problem?.code ?? ''
      await server.restart()
    }
    if (line.intake.accept(input) === undefined) throw new Error('the spool refused a record')
    if (i % FLUSH_EVERY === 0) await line.spool.flush()
  }
  await line.spool.flush()
  await line.drain.idle()
  await line.close(0)
  rmSync(dataDir, { recursive: true })
  return { inputs: inputs.length, waited, problem }
}

/** Names whose counts differ, with both counts. */
export const differences = (expected: ReadonlyMap<string, number>, actual: ReadonlyMap<string, number>): string[] =>
  [...new Set([...expected.keys(), ...actual.keys()])]
    .filter((name) => expected.get(name) !== actual.get(name))
    .map((name) => `${name}: expected ${expected.get(name) ?? 0}, found ${actual.get(name) ?? 0}`)
