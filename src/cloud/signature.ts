/**
 * The signature of the vendor's HTTP API: parameters flattened, sorted and joined with the credentials, HMAC-SHA256.
 * Promises the vendor's published vectors; makes no request and reads no clock (nonce and timestamp are arguments).
 * The parameters are the JSON body when the request carries one as application/json, otherwise the query.
 */
import { createHmac } from 'node:crypto'

/** What can be signed. The vendor's rule for null is unknown, so there is none. */
export type Signable = string | number | boolean | readonly Signable[] | { readonly [key: string]: Signable }

export interface Credentials {
  readonly accessKey: string
  readonly secretKey: string
}

/** One request's proof of freshness: `nonce` has six digits, `timestamp` is epoch ms. Never use one twice. */
export interface Freshness {
  readonly nonce: string
  readonly timestamp: string
}

const pairsOf = (prefix: string, value: Signable): string[] => {
  if (typeof value !== 'object') return [`${prefix}=${value}`]
  if (Array.isArray(value)) return value.flatMap((item: Signable, index) => pairsOf(`${prefix}[${index}]`, item))
  return Object.entries(value).flatMap(([key, item]) => pairsOf(prefix === '' ? key : `${prefix}.${key}`, item))
}

const keyOf = (pair: string): string => pair.slice(0, pair.indexOf('='))

/** `a.b=1&list[0].id=2`: sorted by key in ASCII order (so `[10]` stands before `[1]`…`[2]`), values as they are. */
export const flattenParams = (params: { readonly [key: string]: Signable }): string =>
  pairsOf('', params)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .join('&')

/** The text that is signed: the flattened parameters, then the triplet, which is not sorted in. */
export const signedText = (flat: string, accessKey: string, fresh: Freshness): string =>
  `${flat === '' ? '' : `${flat}&`}accessKey=${accessKey}&nonce=${fresh.nonce}&timestamp=${fresh.timestamp}`

/** Lower-case hex of HMAC-SHA256. */
export const signatureOf = (text: string, secretKey: string): string =>
  createHmac('sha256', secretKey).update(text).digest('hex')

/** The four headers of a signed request. */
export const signedHeaders = (
  params: { readonly [key: string]: Signable },
  { accessKey, secretKey }: Credentials,
  fresh: Freshness,
): Record<'accessKey' | 'nonce' | 'timestamp' | 'sign', string> => ({
  accessKey,
  nonce: fresh.nonce,
  timestamp: fresh.timestamp,
  sign: signatureOf(signedText(flattenParams(params), accessKey, fresh), secretKey),
})
