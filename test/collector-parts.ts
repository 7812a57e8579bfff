/** What a collector is made of, from settings as they stand in the environment: for tests, shows and benches. */
import type { CollectorParts } from '../src/collector.ts'
import { readSettings } from '../src/config.ts'
import { secretsOf } from '../src/known-secrets.ts'
import { createLog, type Log } from '../src/log.ts'
import { readFleet } from '../src/read-fleet.ts'
import { createSecrets, type Secrets } from '../src/redact.ts'
import { ownFleet } from '../src/shard.ts'

const noFile = (path: string): never => {
  throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })
}

/** A log, or what makes one that lets no secret out. */
export type LogOrMaker = Log | ((redact: Secrets['redact']) => Log)

/** `fleetFile` is the text of powerkits.yaml, where there is one. */
export const collectorParts = (
  env: Readonly<Record<string, string | undefined>>,
  { log = createLog('silent', 'json'), fleetFile }: { log?: LogOrMaker; fleetFile?: string } = {},
): CollectorParts => {
  const settings = readSettings({ HTTP_PORT: '0', ...env })
  const fleet = readFleet(settings, fleetFile === undefined ? noFile : () => fleetFile)
  const secrets = createSecrets(secretsOf(settings, fleet))
  return {
    settings,
    fleet: ownFleet(fleet, settings.SHARD),
    log: typeof log === 'function' ? log(secrets.redact) : log,
    version: '0.0.0',
    secrets,
  }
}
