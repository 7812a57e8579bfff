/** The doctor with this machine's parts: name service, disk, files, and the world that the collector lives in. */
import { lookup } from 'node:dns/promises'
import { statfs } from 'node:fs/promises'
import type { Settings } from '../config.ts'
import { createDiagnostics } from '../diagnostics.ts'
import type { Fleet } from '../fleet.ts'
import type { Log } from '../log.ts'
import type { Secrets } from '../redact.ts'
import { ownFleet } from '../shard.ts'
import { nodeFiles } from '../store/files.ts'
import { openStore } from '../store/open-store.ts'
import type { World } from '../world.ts'
import { examine } from './doctor.ts'
import type { Finding } from './finding.ts'
import type { DoctorParts } from './parts.ts'
import type { Running } from './running.ts'

/** Of whom the doctor is asked, and in which world. */
export interface Patient {
  readonly settings: Settings
  readonly fleet: Fleet
  readonly secrets: Secrets
  readonly log: Log
  readonly world: World
  /** In place of the machine's. */
  readonly lookup?: DoctorParts['lookup']
  readonly freeBytes?: DoctorParts['freeBytes']
}

export const machineLookup = async (host: string): Promise<string> =>
  (await lookup(host.replace(/^\[|\]$/g, ''))).address

const machineFreeBytes = async (dir: string): Promise<number> => {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}

/** What this program is and runs on, for those who read a report of it. */
export const versionsOf = (version: string): Readonly<Record<string, string>> => ({
  powerkits: version,
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
})

interface Seen {
  readonly running: Running | undefined
  /** Files with secrets that others on this machine can read. */
  readonly exposed: readonly string[]
  /** Called with each finding, which holds no secret. */
  readonly report: (finding: Finding) => void
}

const withoutSecrets = ({ state, what, text, todo }: Finding, { redact }: Secrets): Finding => ({
  state,
  what: redact(what),
  text: redact(text),
  todo: redact(todo),
})

/** Resolves when all was looked at, and what was not understood is on disk. */
export const examineMachine = async (patient: Patient, { running, exposed, report }: Seen): Promise<void> => {
  const { settings, secrets, log, world } = patient
  const localNow = world.time.wall
  const diagnostics = createDiagnostics({ dataDir: settings.DATA_DIR, secrets, log, now: localNow })
  await examine({
    settings,
    fleet: ownFleet(patient.fleet, settings.SHARD),
    fetch: world.fetch,
    openLink: world.openLink,
    lookup: patient.lookup ?? machineLookup,
    freeBytes: patient.freeBytes ?? machineFreeBytes,
    openStore: () => openStore(settings, log, world.time.monotonic),
    files: nodeFiles,
    localNow,
    timers: world.timers(localNow),
    random: world.random,
    running,
    exposed,
    keepSecret: secrets.add,
    keepStrange: diagnostics.keepStrange,
    report: (finding) => report(withoutSecrets(finding, secrets)),
  })
  await diagnostics.idle()
}
