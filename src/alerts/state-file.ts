/**
 * How alerts stand and what is still to be told, in one small file of the data directory: whole or as it was before,
 * never half. A file that cannot be read is set aside, and all begins anew: alerts that still hold fire once more.
 */
import { type Files, readWhole, replaceFile } from '../store/files.ts'
import type { Outbox } from './outbox.ts'
import type { Standing } from './standing.ts'

export interface AlertState {
  /** When the rows were last looked at (epoch ms); what only waits goes on after a short break alone. */
  readonly lookedAt?: number
  readonly standings: readonly (readonly [key: string, Standing])[]
  /** By name of the way. */
  readonly boxes: Readonly<Record<string, Outbox>>
}

export const ALERTS_FILE = 'alerts.json'
const VERSION = 1
const NOTHING: AlertState = { standings: [], boxes: {} }

const parse = (bytes: Uint8Array): AlertState | undefined => {
  try {
    const { version, ...state } = JSON.parse(new TextDecoder().decode(bytes)) as AlertState & { version: number }
    return version === VERSION && Array.isArray(state.standings) ? state : undefined
  } catch {
    return undefined
  }
}

export const loadAlertState = async (files: Files, path: string): Promise<AlertState> => {
  const bytes = await readWhole(files, path).catch(() => undefined)
  const state = bytes && parse(bytes)
  if (bytes && !state) await files.rename(path, `${path}.damaged`).catch(() => undefined)
  return state ?? NOTHING
}

/** Rejects with the disk's error; what was there stays. */
export const saveAlertState = (files: Files, path: string, state: AlertState): Promise<void> =>
  replaceFile(files, path, new TextEncoder().encode(JSON.stringify({ version: VERSION, ...state })))
