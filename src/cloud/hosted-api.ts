/** The API of an account at the host that knows its keys: found once, when first needed, and again as long as it was not. */
import type { Account } from '../fleet.ts'
import type { Api } from './api-contract.ts'
import type { Failure, Outcome } from './outcome.ts'
import { explainRefusal, findRegion, HOSTS } from './region.ts'

export interface HostedApi {
  open(): Promise<Outcome<Api>>
  /** `https://…`; undefined until it is found. */
  host(): string | undefined
  /** The failure, or one that names the region the keys belong to, which is asked once. */
  explain(failure: Failure): Promise<Failure>
}

const KEYS_REFUSED = new Set<Failure['kind']>(['wrong_key', 'signature', 'not_signed_in'])

/** `apiAt` makes the API at a host; `offsetMs` is how far the machine's clock is known to be off. */
export const createHostedApi = (
  { name, region, url }: Account,
  apiAt: (host: string) => Api,
  offsetMs: () => number,
): HostedApi => {
  const fixed = url ?? (region === 'auto' ? undefined : HOSTS[region])
  let host = fixed
  let api = fixed === undefined ? undefined : apiAt(fixed)
  let searching: Promise<Outcome<Api>> | undefined
  let explained: Promise<Failure> | undefined

  const search = async (): Promise<Outcome<Api>> => {
    const found = await findRegion(name, (candidate) => apiAt(candidate).certification(), offsetMs)
    searching = undefined
    if (!found.isOk) return found
    host = found.value.host
    api = apiAt(host)
    return { isOk: true, value: api }
  }
  return {
    open: async () => {
      if (api) return { isOk: true, value: api }
      searching ??= search()
      return searching
    },
    host: () => host,
    explain: async (failure) => {
      if (url !== undefined || region === 'auto' || !KEYS_REFUSED.has(failure.kind)) return failure
      explained ??= explainRefusal(name, region, failure, (candidate) => apiAt(candidate).certification())
      const other = await explained
      return other.kind === 'wrong_region' ? other : failure
    },
  }
}
