/** Who asks, by the token that came with the request. Only digests are kept, and comparing tells nothing by its time. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { type ControlToken, SCOPES, type Scope } from './tokens.ts'

export interface Caller {
  /** Of the token; stands in the record of each command. */
  readonly name: string
  readonly scope: Scope
  /** Serial numbers of the only kits it may reach; empty: all. */
  readonly kits: readonly string[]
}

/** Whoever asks without a token where none is needed. */
export const ANYBODY: Caller = { name: 'anybody', scope: 'read', kits: [] }

export const mayReach = ({ kits }: Caller, kitSn: string): boolean => kits.length === 0 || kits.includes(kitSn)

/** What the caller may do, in words. */
export const rightsOf = ({ name, scope, kits }: Caller): string =>
  `The token "${name}" may ${SCOPES[scope]}${kits.length === 0 ? '' : `, of ${kits.join(', ')} only`}.`

export interface Callers {
  /** Whether any token is known. */
  readonly areNamed: boolean
  /** `expired`: it was right once. */
  recognise(token: string, at: number): Caller | 'expired' | undefined
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** `readToken` is the one of HTTP_TOKEN. */
export const createCallers = (readToken: string | undefined, tokens: readonly ControlToken[]): Callers => {
  const reader: ControlToken[] = readToken
    ? [{ name: 'HTTP_TOKEN', scope: 'read', kits: [], untilAt: undefined, token: readToken }]
    : []
  const known = [...reader, ...tokens].map(({ name, scope, kits, untilAt = Number.POSITIVE_INFINITY, token }) => ({
    caller: { name, scope, kits },
    untilAt,
    digest: digest(token),
  }))
  return {
    areNamed: known.length > 0,
    recognise: (token, at) => {
      const given = digest(token)
      // All are compared, so that the time does not tell which one it was.
      const [found] = known.filter((one) => timingSafeEqual(given, one.digest))
      if (found === undefined) return undefined
      return at < found.untilAt ? found.caller : 'expired'
    },
  }
}
