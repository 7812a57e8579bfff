/**
 * The command `doctor`: its findings printed as they come. It holds the data directory's lock while it looks, so that no
 * collector starts meanwhile; one that runs already is asked instead.
 */
import { writeFile } from 'node:fs/promises'
import type { Settings } from '../config.ts'
import { makeDataDir } from '../data-dir.ts'
import { CollectorError } from '../errors.ts'
import { lockDataDir } from '../lock.ts'
import { nodeFiles } from '../store/files.ts'
import { bundleOf } from './bundle.ts'
import { type Finding, findingLine, summary } from './finding.ts'
import { examineMachine, type Patient, versionsOf } from './machine.ts'
import { askRunning, type Running } from './running.ts'

export interface DoctorOptions extends Patient {
  readonly version: string
  /** Files with secrets that others on this machine can read. */
  readonly exposed: readonly string[]
  /** Where the archive for the maintainers goes. */
  readonly bundle?: string | undefined
  readonly print: (line: string) => void
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
  const { secrets, version, world, print } = options
  const bundled = { ...options, findings, running, versions: versionsOf(version) }
  await writeFile(path, await bundleOf(bundled, secrets, nodeFiles, world.time.wall()), { mode: 0o600 })
  print(`Written to ${path}: no secrets are in it, serial numbers and names of kits are. Open it with tar -xzf.`)
}

/** Whether nothing failed. */
export const runDoctor = async (options: DoctorOptions): Promise<boolean> => {
  const { settings, exposed, world, print } = options
  const findings: Finding[] = []
  // The timers of the world keep no process alive.
  const alive = setInterval(() => undefined, 60_000)
  const { running, unlock } = await takeOrAsk(settings, world.fetch)
  const report = (finding: Finding): void => {
    findings.push(finding)
    print(findingLine(finding))
  }
  try {
    await examineMachine(options, { running, exposed, report })
    const { isWell, text } = summary(findings)
    print(text)
    if (options.bundle !== undefined) await writeBundle(options, options.bundle, findings, running)
    return isWell
  } finally {
    clearInterval(alive)
    await unlock()
  }
}
