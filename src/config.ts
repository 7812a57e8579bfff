/**
 * Reads the settings of `settings.ts` from the environment. Secrets may also come from a file (`NAME_FILE`). All
 * problems are reported at once, as setting, what was found, what is expected; a secret's value never appears.
 */
import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { alertProblems } from './alert-settings.ts'
import { CollectorError } from './errors.ts'
import { isLoopback } from './http/access.ts'
import { readTokens } from './http/tokens.ts'
import type { Setting } from './setting-kinds.ts'
import { SETTINGS } from './settings.ts'
import type { FreshnessNumbers } from './track/numbers.ts'

type Name = keyof typeof SETTINGS

export type Settings = { readonly [N in Name]: z.output<(typeof SETTINGS)[N]['read']> }

/** Text of a file; throws Node's error (`ENOENT` …). */
export type ReadText = (path: string) => string

type Env = Readonly<Record<string, string | undefined>>

const found = (name: Name, env: Env, readText: ReadText): string | undefined => {
  const value = env[name]?.trim()
  const setting: Setting = SETTINGS[name]
  if (value !== undefined && value !== '') return value
  const path = setting.secret ? env[`${name}_FILE`] : undefined
  return path ? readText(path).trim() : undefined
}

/** An address may carry a password before its @. */
const shown = (name: Name, value: string | undefined): string => {
  if (value === undefined) return 'nothing'
  if ((SETTINGS[name] as Setting).secret) return 'a secret that is not shown'
  return value.includes('@') ? 'a text that may hold a password and is not shown' : `"${value}"`
}

/** They name lines, never what stands in them. */
const tokenProblems = ({ CONTROL_TOKENS, HTTP_TOKEN }: Settings): string[] => {
  const { tokens, problems } = readTokens(CONTROL_TOKENS)
  const isShared = tokens.some(({ token }) => token === HTTP_TOKEN)
  return [...problems, ...(isShared ? ['one of its tokens is that of HTTP_TOKEN, expected others'] : [])]
}

/** What settings need of each other. */
const missing = (settings: Settings): string[] => [
  ...(settings.ECOFLOW_ACCESS_KEY && !settings.ECOFLOW_SECRET_KEY
    ? ['ECOFLOW_SECRET_KEY: got nothing, expected the secret key that belongs to ECOFLOW_ACCESS_KEY']
    : []),
  ...(settings.ECOFLOW_SECRET_KEY && !settings.ECOFLOW_ACCESS_KEY
    ? ['ECOFLOW_ACCESS_KEY: got nothing, expected the access key that belongs to ECOFLOW_SECRET_KEY']
    : []),
  ...(settings.HTTP_HOST && !isLoopback(settings.HTTP_HOST) && !settings.HTTP_TOKEN
    ? [`HTTP_TOKEN: got nothing, expected a token, since others can reach HTTP_HOST "${settings.HTTP_HOST}"`]
    : []),
  ...alertProblems(settings),
  ...tokenProblems(settings).map((problem) => `CONTROL_TOKENS: ${problem}`),
]

/** Names in a file of settings that are no settings: most likely misspelt. */
export const strangers = (names: readonly string[]): string[] =>
  names.filter((name) => !(name in SETTINGS) && !(name.replace(/_FILE$/, '') in SETTINGS))

/** What a problem is of. */
const nameIn = (problem: string): string => problem.split(/(?:_FILE)?:/, 1)[0]!

/** Reads the settings from the environment. Throws CollectorError `config_invalid` naming every problem. */
export const readSettings = (env: Env, readText: ReadText = (path) => readFileSync(path, 'utf8')): Settings => {
  const problems: string[] = []
  const settings: Record<string, unknown> = {}
  for (const name of Object.keys(SETTINGS) as Name[]) {
    const setting: Setting = SETTINGS[name]
    try {
      const value = found(name, env, readText)
      const result = setting.read.safeParse(value)
      if (result.success) settings[name] = result.data
      else problems.push(`${name}: got ${shown(name, value)}, expected ${setting.expected}`)
    } catch (cause) {
      problems.push(`${name}_FILE: cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`)
    }
  }
  const settled = settings as Settings
  // What is there and cannot be read is told above, and is not missing as well.
  const unread = problems.map(nameIn)
  problems.push(...missing(settled).filter((problem) => !unread.includes(nameIn(problem))))
  if (problems.length > 0)
    throw new CollectorError('config_invalid', `The settings are not usable:\n  ${problems.join('\n  ')}`)
  return settled
}

/** The numbers by which freshness is judged. */
export const freshnessOf = (settings: Settings): FreshnessNumbers => ({
  silentCadences: settings.SILENT_CADENCES,
  silentMs: settings.SILENT_SECONDS * 1000,
  gapCadences: settings.GAP_CADENCES,
  pollMs: settings.POLL_SECONDS * 1000,
  frozenMs: settings.FROZEN_SECONDS * 1000,
  frozenIdleMs: settings.FROZEN_IDLE_SECONDS * 1000,
  movingW: settings.MOVING_W,
})
