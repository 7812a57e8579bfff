/** Where a person puts keys when they cannot be saved by the set-up itself, and why they cannot. Pure. */
import type { Settings } from '../config.ts'

const BY_HAND =
  'Put ECOFLOW_ACCESS_KEY=… and ECOFLOW_SECRET_KEY=… where its settings come from, and start it again. With Docker ' +
  'Compose that is .env beside docker-compose.yml, then docker compose up -d; with the service of systemd ' +
  '/etc/powerkits/powerkits.env, then systemctl restart powerkits.'

/** `reason` is the system's code, or words. */
export const unwritable = (file: string, reason: string): string =>
  `The file ${file} in the folder that the collector was started in cannot be written (${reason}). ${BY_HAND}`

const DECISIVE = /^ECOFLOW_(?:ACCESS_KEY|SECRET_KEY|REGION)(?:_FILE)?$/

/** `given`: names that the environment itself has, which come before those of the file. */
export const decidedElsewhere = (given: readonly string[], { SHARD }: Pick<Settings, 'SHARD'>): string | undefined => {
  const decisive = given.filter((name) => DECISIVE.test(name))
  if (decisive.length > 0)
    return `The environment of this collector sets ${decisive.join(' and ')}, which comes before any file. ${BY_HAND}`
  if (SHARD.count === 1) return undefined
  return `This is collector ${SHARD.index} of ${SHARD.count} (SHARD), which share one list of accounts: put the keys into the settings of each, and start them again.`
}
