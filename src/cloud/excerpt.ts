/** A piece of an answer for people to look at: bounded, and without secrets, ours or those in it. */
import type { Credentials } from './signature.ts'

const MAX_LENGTH = 4_000
const MAX_READ = 64 * 1024

/**
 * Values of such keys: of JSON within JSON, of JSON, of anything else; also where the text was cut. Where the end is
 * doubtful it takes more rather than less. Each repetition is bounded, so that no text can hold it up.
 */
const KEY = /(?<key>(?:password|secret|token|accesskey|authorization|\bsign)\w{0,20}\\{0,4}"?\s{0,8}[:=]\s{0,8})/
const VALUE = /(?:(?<mark>\\{1,4})"[\s\S]{0,300}?(?<!\\)\k<mark>"|\\{1,4}"[^"\\]*|"(?:\\.|[^"\\])*|[^\s,;&}"<]+)/
const SECRET = new RegExp(KEY.source + VALUE.source, 'gi')

/** The text without any secret. */
export const withoutSecrets = (text: string, { accessKey, secretKey }: Credentials): string =>
  [accessKey, secretKey]
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
    .replace(SECRET, '$<key>"…')

/** The start of the bytes as text, without any secret. */
export const excerpt = (bytes: Uint8Array, credentials: Credentials): string =>
  withoutSecrets(new TextDecoder().decode(bytes.subarray(0, MAX_READ)), credentials).slice(0, MAX_LENGTH)
