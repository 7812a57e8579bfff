/** What hostile requests are made of: whose kits and tokens they play with, and the good request that they differ from. */
import type { RawRequest } from './raw-request.ts'

/** Whom and with what. */
export interface Scene {
  /** A kit that can be controlled. */
  readonly kit: string
  /** The only kit of the token `guest`. */
  readonly other: string
  /** A kit that is not connected. */
  readonly offline: string
  readonly token: (name: TokenName) => string
}

export type TokenName = 'http' | 'reader' | 'van' | 'owner' | 'guest' | 'expired'

export interface Hostile {
  readonly group: string
  readonly what: string
  readonly request: RawRequest
  readonly status: number
  /** Of the problem; undefined where the request never became one that could be answered so. */
  readonly code?: string
}

export type Headers = NonNullable<RawRequest['headers']>

export const JSON_TYPE = ['content-type', 'application/json'] as const
export const SWITCH = '{"command":"ac-input.charging","params":{"on":true}}'

export const bearer = (token: string) => ['authorization', `Bearer ${token}`] as const

export interface Forms {
  readonly path: string
  readonly owner: readonly [string, string]
  /** The command, with these headers and nothing else. */
  as(headers: Headers): RawRequest
  /** With the token that may do everything. */
  with(changes: Partial<RawRequest>, headers?: Headers): RawRequest
}

export const formsOf = ({ kit, token }: Scene): Forms => {
  const path = `/api/v1/kits/${kit}/commands`
  const owner = bearer(token('owner'))
  return {
    path,
    owner,
    as: (headers) => ({ path, headers: [JSON_TYPE, ...headers], body: SWITCH }),
    with: (changes, headers = []) => ({ path, body: SWITCH, headers: [JSON_TYPE, owner, ...headers], ...changes }),
  }
}

/** `code` is of the problem that is told. */
export type Row = readonly [what: string, request: RawRequest, status: number, code?: string]
