/**
 * The store, as the collector uses it: a row written to each bucket and read back. The row is one of `collector`,
 * tagged `doctor`: no new name, and no row of a kit or of the collector itself is touched. An embedded store that a
 * running collector holds is not opened twice: the collector is asked instead.
 */
import type { Bucket, MeasurementName } from '../catalogue/measurements.ts'
import { CollectorError } from '../errors.ts'
import { encodePoint } from '../store/line-protocol.ts'
import type { OpenedStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { pause } from '../timers.ts'
import { type Finding, fail, pass, skip, warn } from './finding.ts'
import type { DoctorParts } from './parts.ts'

const WHAT = 'store'
const TAGS = { collector: 'doctor' } as const
/** Some databases show a row a moment after they took it. */
const READ_TIMES = 8
const READ_EVERY_MS = 500

const measurement = 'collector' satisfies MeasurementName

const problemOf = (error: unknown): Finding =>
  error instanceof CollectorError
    ? fail(WHAT, error.message, error.help)
    : fail(WHAT, error instanceof Error ? error.message : String(error), 'Look at the log of the store.')

const writeRow = async (store: Store, bucket: Bucket, at: number): Promise<Finding | undefined> => {
  const line = encodePoint({ measurement, tags: TAGS, fields: { is_store_taking: 1 }, at }).trimEnd()
  const answer = await store.write({ bucket, lines: [line], spoolId: 'doctor', upTo: 1 })
  if (answer.answer === 'accepted') return undefined
  if (answer.answer === 'kept') return fail(WHAT, answer.error.message, answer.error.help)
  return fail(
    WHAT,
    `a row for the ${bucket} bucket is refused: ${answer.lines[0]?.reason ?? 'no reason'}`,
    'Look at the log of the store.',
  )
}

const readRow = async (store: Store, bucket: Bucket, at: number, parts: DoctorParts): Promise<Finding | undefined> => {
  for (let time = 0; time < READ_TIMES; time++) {
    if (time > 0) await pause(parts.timers, READ_EVERY_MS)
    const rows = await store.rows({ bucket, measurement, tags: TAGS, from: at, to: at + 1 })
    if (rows.length > 0) return undefined
  }
  const text = `a row written to the ${bucket} bucket is not there when read back`
  return fail(WHAT, text, 'Check that the settings of INFLUX_ name the same database for writing and reading.')
}

const tryStore = async ({ store, place }: OpenedStore, parts: DoctorParts): Promise<Finding> => {
  const at = parts.localNow()
  for (const bucket of ['raw', 'history'] as const) {
    const problem = (await writeRow(store, bucket, at)) ?? (await readRow(store, bucket, at, parts))
    if (problem !== undefined) return problem
  }
  return pass(WHAT, `rows written to both buckets of ${place} and read back`)
}

/** What the running collector says of its own store. */
const askedStore = ({ running }: DoctorParts): Finding => {
  const drain = running?.view?.drain
  if (drain === undefined) return skip(WHAT, 'a collector runs in this data directory and holds it')
  const { problem } = drain
  if (problem !== undefined) return warn(WHAT, problem.message, problem.help)
  return pass(WHAT, 'the running collector’s takes rows')
}

export const checkStore = async (parts: DoctorParts): Promise<void> => {
  const isEmbedded = parts.settings.INFLUX_URL === undefined
  if (isEmbedded && parts.running !== undefined) return parts.report(askedStore(parts))
  let opened: OpenedStore | undefined
  try {
    opened = await parts.openStore()
    parts.report(await tryStore(opened, parts))
  } catch (error) {
    parts.report(problemOf(error))
  } finally {
    await opened?.store.close().catch(() => undefined)
  }
}
