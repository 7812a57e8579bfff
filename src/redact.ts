/**
 * Takes secrets out of text that leaves the process: log lines, diagnostics. Known secrets are found however they are
 * written (as they are, in an address, in JSON), unknown ones by the names they go by. What is left is text for people,
 * not for parsing; that JSON stays JSON is promised where its strings held the secrets.
 */

/** The secrets of this process. One that is learnt while it runs is added then. */
export interface Secrets {
  /** Nothing, where there is none. */
  add(secret: string | undefined): void
  redact(text: string): string
}

const GONE = '[secret]'
/** Shorter ones stand in ordinary words: they are taken out only where they stand alone. */
const SURE_LENGTH = 8
/** Still shorter ones cannot be told from text; names and addresses give them away. */
const LEAST_LENGTH = 4

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** As it is, inside an address, inside a form, inside a JSON string. */
const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  encodeURI(secret),
  new URLSearchParams([['', secret]]).toString().slice(1),
  JSON.stringify(secret).slice(1, -1),
]

const patternOf = (spelling: string): string =>
  spelling.length < SURE_LENGTH ? `(?<![\\p{L}\\p{N}])${escaped(spelling)}(?![\\p{L}\\p{N}])` : escaped(spelling)

const patternOfAll = (secrets: Iterable<string>): RegExp | undefined => {
  const all = [...new Set([...secrets].flatMap(spellings))].filter((spelling) => spelling.length >= LEAST_LENGTH)
  // The longest first: one secret may begin with another.
  const patterns = all.sort((a, b) => b.length - a.length).map(patternOf)
  return patterns.length === 0 ? undefined : new RegExp(patterns.join('|'), 'gu')
}

/** `//user:password@host`; the password may itself hold an @. */
const IN_ADDRESS = /(:\/\/[^\s/:@"']{0,200}:)[^\s/"']{1,500}@/g
const NAMES = '(?:\\w{0,20}password|access_?key|secret_?key|\\w{0,20}secret|\\w{0,20}token|sign)'
const VALUE = '"(?:\\\\.|[^"\\\\])*'
const BARE = '[^\\s,}\\]"\\\\]+'
/** `"name":"value"`; the closing quote stays. */
const IN_JSON = new RegExp(`("${NAMES}"\\s*:\\s*)(?:${VALUE}|${BARE}(?=(.?)))`, 'gi')
/** The same within a JSON string, where quotes are escaped once and what the value escapes twice. */
const IN_NESTED_JSON = new RegExp(`(\\\\"${NAMES}\\\\"\\s*:\\s*)\\\\"(?:\\\\{2}(?:\\\\.|.)|[^\\\\"])*`, 'gi')
const IN_QUERY = new RegExp(`\\b(${NAMES}=)[^\\s&,;"'}]+`, 'gi')
const IN_HEADER = /\b(authorization["'\s:=]{1,6}(?:(?:basic|bearer|token)\s+)?)[^\s"',]+/gi

const byName = (text: string): string =>
  text
    .replace(IN_ADDRESS, `$1${GONE}@`)
    .replace(IN_NESTED_JSON, `$1\\"${GONE}`)
    .replace(
      IN_JSON,
      (_whole, name: string, after: string | undefined) => `${name}"${GONE}${after === undefined ? '' : '"'}`,
    )
    .replace(IN_QUERY, `$1${GONE}`)
    .replace(IN_HEADER, `$1${GONE}`)

/** A registry with these secrets. */
export const createSecrets = (known: readonly (string | undefined)[] = []): Secrets => {
  const secrets = new Set<string>()
  let pattern: RegExp | undefined
  const add = (given: string | undefined): void => {
    // Half a surrogate pair could not be written in an address.
    const secret = Buffer.from(given ?? '').toString()
    if (secret === '' || secrets.has(secret)) return
    secrets.add(secret)
    pattern = patternOfAll(secrets)
  }
  for (const secret of known) add(secret)
  return {
    add,
    redact: (text) => byName(pattern === undefined ? text : text.replace(pattern, GONE)),
  }
}
