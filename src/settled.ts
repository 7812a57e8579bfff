/** What every command stands on: settings, where asked for the fleet, and a log that lets none of their secrets out. */
import { type ReadText, readSettings, type Settings, strangers } from './config.ts'
import type { Fleet } from './fleet.ts'
import { secretsOf } from './known-secrets.ts'
import { createLog, type Log } from './log.ts'
import { nearest } from './nearest.ts'
import { readFleet } from './read-fleet.ts'
import { createSecrets, type Secrets } from './redact.ts'
import { SETTINGS } from './settings.ts'

export interface Settled {
  readonly settings: Settings
  /** Empty where it was not asked for. */
  readonly fleet: Fleet
  readonly secrets: Secrets
  readonly log: Log
}

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Names in the file of settings; those that are no settings are told. */
  readonly names: readonly string[]
  readonly readText: ReadText
  readonly readsFleet: boolean
}

const NO_FLEET: Fleet = { accounts: [], brokers: [] }

/** Throws CollectorError `config_invalid`. */
export const settle = ({ env, names, readText, readsFleet }: Surroundings): Settled => {
  const settings = readSettings(env, readText)
  const fleet = readsFleet ? readFleet(settings, readText) : NO_FLEET
  const secrets = createSecrets(secretsOf(settings, fleet))
  const log = createLog(settings.LOG_LEVEL, settings.LOG_FORMAT, secrets.redact)
  for (const name of strangers(names)) {
    const guess = nearest(name, Object.keys(SETTINGS))
    log.warn(`${name} in .env is no setting of powerkits: ${guess ? `is it meant to be ${guess}` : 'is it misspelt'}?`)
  }
  return { settings, fleet, secrets, log }
}
