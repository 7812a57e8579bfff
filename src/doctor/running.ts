/**
 * The collector that runs in the data directory, asked over its read API: it holds the account's one session and the
 * embedded store, which nobody else may touch meanwhile.
 */
import { isIPv6 } from 'node:net'
import type { Settings } from '../config.ts'
import type { collectorView } from '../http/collector-view.ts'

type CollectorView = ReturnType<typeof collectorView>

/** `view` is undefined when it runs but gives no answer; `problem` says why. */
export interface Running {
  readonly view: CollectorView | undefined
  readonly problem: string
}

const TIMEOUT_MS = 5_000

/** Where the API of these settings answers on this machine. `path` begins with a slash. */
export const runningUrl = ({ HTTP_HOST: host, HTTP_PORT: port }: Settings, path: string): string => {
  const own = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${isIPv6(own) ? `[${own}]` : own}:${port}/api/v1${path}`
}

const isView = (value: unknown): value is CollectorView =>
  typeof value === 'object' && value !== null && 'accounts' in value && 'drain' in value && 'spool' in value

/** Never throws. */
export const askRunning = async (settings: Settings, send: typeof fetch): Promise<Running> => {
  if (settings.HTTP_PORT === 0) return { view: undefined, problem: 'HTTP_PORT is 0, so that its port is not known' }
  const headers = settings.HTTP_TOKEN === undefined ? undefined : { authorization: `Bearer ${settings.HTTP_TOKEN}` }
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await send(runningUrl(settings, '/collector'), { signal, ...(headers && { headers }) })
    const value: unknown = await response.json()
    if (response.ok && isView(value)) return { view: value, problem: '' }
    return { view: undefined, problem: `its read API answers ${response.status}` }
  } catch {
    return { view: undefined, problem: `its read API does not answer at ${new URL(runningUrl(settings, '')).host}` }
  }
}
