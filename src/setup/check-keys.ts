/**
 * Looks at a pair of keys as the doctor would, with the settings as they would be with them. Nothing is written but what
 * any connect costs: one of the account's budget, with the client id that the collector will go on to use.
 */
import { createClockOffset } from '../cloud/clock-offset.ts'
import type { ReadText, Settings } from '../config.ts'
import { makeDataDir } from '../data-dir.ts'
import { clockFinding } from '../doctor/check-clock.ts'
import { examineAccount } from '../doctor/doctor.ts'
import type { Finding } from '../doctor/finding.ts'
import { machineLookup } from '../doctor/machine.ts'
import type { SourceParts } from '../doctor/parts.ts'
import { lockDataDir } from '../lock.ts'
import { readFleet } from '../read-fleet.ts'
import type { Secrets } from '../redact.ts'
import { nodeFiles } from '../store/files.ts'
import type { World } from '../world.ts'
import type { CheckedKeys, Keys } from './contract.ts'

export interface CheckParts {
  /** Those of real kits. */
  readonly settings: Settings
  readonly readText: ReadText
  readonly secrets: Secrets
  readonly world: World
  /** In place of the machine's. */
  readonly lookup?: SourceParts['lookup']
}

/** The settings that the keys stand for. */
export const settingsOf = ({ accessKey, secretKey, region }: Keys) => ({
  ECOFLOW_ACCESS_KEY: accessKey,
  ECOFLOW_SECRET_KEY: secretKey,
  ECOFLOW_REGION: region,
})

/** Throws CollectorError where the data directory cannot be used, or is another collector's. */
export const checkKeys = async (keys: Keys, parts: CheckParts): Promise<CheckedKeys> => {
  const { secrets, world } = parts
  const settings: Settings = { ...parts.settings, ...settingsOf(keys) }
  const fleet = readFleet(settings, parts.readText)
  const findings: Finding[] = []
  const offset = createClockOffset()
  const localNow = world.time.wall
  await makeDataDir(settings.DATA_DIR)
  const unlock = await lockDataDir(settings.DATA_DIR)
  const lookAt = {
    settings,
    fetch: world.fetch,
    openLink: world.openLink,
    lookup: parts.lookup ?? machineLookup,
    files: nodeFiles,
    localNow,
    timers: world.timers(localNow),
    random: world.random,
    running: undefined,
    keepSecret: secrets.add,
    // What is not understood here comes again once it is collected.
    keepStrange: () => undefined,
    report: (finding: Finding) => void findings.push(finding),
  } satisfies SourceParts
  const kits = await examineAccount(fleet.accounts[0]!, offset, lookAt).finally(unlock)
  return { findings: [...findings, clockFinding(offset, true)], kits }
}
