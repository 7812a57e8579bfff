/** Lines that a store refused for good, kept aside with the reason: one JSON object a line, bounded by two files. */
import { appendFile, rename, stat } from 'node:fs/promises'
import type { Bucket } from '../catalogue/measurements.ts'
import type { RejectedLine } from './store.ts'

const MAX_BYTES = 32 * 1024 * 1024

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size
  } catch {
    return 0
  }
}

/** Appends the lines to `path`; when it is full it becomes `path.1`, and the one before that goes. */
export const keepRejected = async (
  path: string,
  bucket: Bucket,
  lines: readonly RejectedLine[],
  at: number,
): Promise<void> => {
  if ((await sizeOf(path)) > MAX_BYTES) await rename(path, `${path}.1`)
  const entries = lines.map(({ line, reason }) => JSON.stringify({ at, bucket, reason, line }))
  await appendFile(path, `${entries.join('\n')}\n`, { flush: true })
}
