/**
 * The command `doctor`: the machine's parts for the doctor, its findings printed as they come. It holds the data
 * directory's lock while it looks, so that no collector starts meanwhile; one that runs already is asked instead.
 */
import { lookup } from 'node:dns/promises'
import { statfs, writeFile } from 'node:fs/promises'
import type { Settings } from '../config.ts'
import { makeDataDir } from '../data-dir.ts'
import { createDiagnostics } from '../diagnostics.ts'
import { CollectorError } from '../errors.ts'
import type { Fleet } from '../fleet.ts'
import { lockDataDir } from '../lock.ts'
import type { Log } from '../log.ts'
import type { Secrets } from '../redact.ts'
import { ownFleet } from '../shard.ts'
import { nodeFiles } from '../store/files.ts'
import { openStore } from '../store/open-store.ts'
import type { World } from '../world.ts'
import { bundleOf } from './bundle.ts'
import { examine } from './doctor.ts'
import { type Finding, findingLine, summary } from './finding.ts'
import type { DoctorParts } from './parts.ts'
import { askRunning, type Running } from './running.ts'

export interface DoctorOptions {
  readonly settings: Settings
  readonly fleet: Fleet
  readonly secrets: Secrets
  readonly log: Log
  readonly version: string
  /** Files with secrets that others on this machine can read. */
  readonly exposed: readonly string[]
  /** Where the archive for the maintainers goes. */
  readonly bundle?: string | undefined
  readonly print: (line: string) => void
  readonly world: World
  /** In place of the machine's. */
  readonly lookup?: DoctorParts['lookup']
  readonly freeBytes?: DoctorParts['freeBytes']
}

const machineLookup = async (host: string): Promise<string> => (await lookup(host.replace(/^\[|\]$/g, ''))).address

const machineFreeBytes = async (dir: string): Promise<number> => {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}

/** Takes the directory, or asks who holds it. */
const takeOrAsk = async (
  settings: Settings,
  send: typeof fetch,
): Promise<{ running: Running | undefined; unlock: () => Promise<void> }> => {
  try {
    await makeDataDir(settings.DATA_DIR)
    return { running: undefined, unlock: await lockDataDir(settings.DATA_DIR) }
  } catch (error) {
    const isHeld = error instanceof CollectorError && error.code === 'data_dir_in_use'
    // What else is wrong with the directory is a finding.
    return { running: isHeld ? await askRunning(settings, send) : undefined, unlock: async () => undefined }
  }
}

const writeBundle = async (options: DoctorOptions, path: string, findings: Finding[], running: Running | undefined) => {
  const { settings, fleet, secrets, version, world, print } = options
  const versions = { powerkits: version, node: process.version, platform: `${process.platform} ${process.arch}` }
  const bytes = await bundleOf({ settings, fleet, findings, running, versions }, secrets, nodeFiles, world.time.wall())
  await writeFile(path, bytes, { mode: 0o600 })
  print(`Written to ${path}: no secrets are in it, serial numbers and names of kits are. Open it with tar -xzf.`)
}

/** Whether nothing failed. */
export const runDoctor = async (options: DoctorOptions): Promise<boolean> => {
  const { settings, secrets, log, world, print } = options
  const findings: Finding[] = []
  // The timers of the world keep no process alive.
  const alive = setInterval(() => undefined, 60_000)
  const { running, unlock } = await takeOrAsk(settings, world.fetch)
  const localNow = world.time.wall
  const diagnostics = createDiagnostics({ dataDir: settings.DATA_DIR, secrets, log, now: localNow })
  try {
    await examine({
      settings,
      fleet: ownFleet(options.fleet, settings.SHARD),
      fetch: world.fetch,
      openLink: world.openLink,
      lookup: options.lookup ?? machineLookup,
      freeBytes: options.freeBytes ?? machineFreeBytes,
      openStore: () => openStore(settings, log, world.time.monotonic),
      files: nodeFiles,
      localNow,
      timers: world.timers(localNow),
      random: world.random,
      running,
      exposed: options.exposed,
      keepSecret: secrets.add,
      keepStrange: diagnostics.keepStrange,
      report: (finding) => {
        findings.push(finding)
        print(secrets.redact(findingLine(finding)))
      },
    })
    await diagnostics.idle()
    const { isWell, text } = summary(findings)
    print(text)
    if (options.bundle !== undefined) await writeBundle(options, options.bundle, findings, running)
    return isWell
  } finally {
    clearInterval(alive)
    await unlock()
  }
}
