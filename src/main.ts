/** The command line: the only file that reads the environment and ends the process. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseEnv } from 'node:util'
import { Command } from 'commander'
import { readSettings, type Settings, strangers } from './config.ts'
import { runDoctor } from './doctor/run-doctor.ts'
import { CollectorError } from './errors.ts'
import type { Fleet } from './fleet.ts'
import { secretsOf } from './known-secrets.ts'
import { createLog, explain, type Log } from './log.ts'
import { nearest } from './nearest.ts'
import { atLeastOne, instant, serialNumber, whole } from './options.ts'
import { readFleet } from './read-fleet.ts'
import { createSecrets, type Secrets } from './redact.ts'
import { renormalise } from './renormalise.ts'
import { replay } from './replay.ts'
import { run } from './run.ts'
import { watchSecretFiles } from './secret-files.ts'
import { sendFromShell } from './send-from-shell.ts'
import { SETTINGS } from './settings.ts'
import { ownFleet } from './shard.ts'
import { backup, type ShellParts } from './shell/backup.ts'
import { createProgress } from './shell/progress.ts'
import { restore } from './shell/restore.ts'
import { type SimulateOptions, simulate } from './simulate.ts'
import { MACHINE } from './world.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

// Whoever read the status lines may go away; that is no reason to stop collecting.
process.stdout.on('error', () => undefined)

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Aborts at the first Ctrl-C or SIGTERM; a second one ends at once. */
const untilStopped = (): AbortSignal => {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(130)
      stop.abort(new CollectorError('interrupted', `Stopped by ${name}.`))
    })
  return stop.signal
}

const secretFiles = watchSecretFiles(
  (path) => readFileSync(path, 'utf8'),
  (path) => (process.platform === 'win32' ? undefined : statSync(path).mode),
)

interface Settled {
  readonly settings: Settings
  readonly fleet: Fleet
  readonly secrets: Secrets
  readonly log: Log
}

const NO_FLEET: Fleet = { accounts: [], brokers: [] }

/** Settings and, where asked for, the fleet; the log lets none of their secrets out. */
const settled = (readsFleet: boolean): Settled => {
  const { readText } = secretFiles
  const names = existsSync('.env') ? Object.keys(parseEnv(readText('.env'))) : []
  if (names.length > 0) process.loadEnvFile('.env')
  const settings = readSettings(process.env, readText)
  const fleet = readsFleet ? readFleet(settings, readText) : NO_FLEET
  const secrets = createSecrets(secretsOf(settings, fleet))
  const log = createLog(settings.LOG_LEVEL, settings.LOG_FORMAT, secrets.redact)
  for (const name of strangers(names)) {
    const guess = nearest(name, Object.keys(SETTINGS))
    log.warn(`${name} in .env is no setting of powerkits: ${guess ? `is it meant to be ${guess}` : 'is it misspelt'}?`)
  }
  return { settings, fleet, secrets, log }
}

const tellExposed = (log: Log): void => {
  for (const path of secretFiles.exposed())
    log.warn(`Others on this machine can read ${path}, which holds secrets: chmod 600 ${path}`)
}

const shellParts = ({ settings, log }: Settled): ShellParts => ({
  settings,
  log,
  version,
  platform: `${process.platform}-${process.arch}`,
  cwd: process.cwd(),
  now: Date.now,
  print,
  progress: createProgress(process.stderr, () => performance.now()),
  signal: untilStopped(),
})

/** Settings that are not left at their defaults. */
const givenSettings = (): string[] =>
  Object.keys(SETTINGS).filter((name) => process.env[name] || process.env[`${name}_FILE`])

/** Messages of a list are stamped 1 ms apart, which may take them past this moment. */
const LATER_MS = 60_000

interface ReplayOptions {
  readonly kit?: string
  readonly at?: number
  readonly from?: number
  readonly to?: number
  readonly dryRun?: true
}

const iso = (at: number): string => new Date(at).toISOString()

/** The recorded past once more, after the catalogue was fixed. */
const replayPast = async (fromAt: number, toAt: number, { settings, log }: Settled): Promise<void> => {
  const done = await renormalise({ fromAt, toAt }, settings, log, untilStopped(), (n, total) =>
    log.debug({ n, total }, 'renormalising'),
  )
  const since = done.fromAt === 0 ? 'the beginning of the recording' : iso(done.fromAt)
  print(`Read ${done.records} records; ${done.lines} rows from ${since} to ${iso(done.toAt)} were made anew.`)
  for (const { line, reason } of done.rejected.slice(0, 10)) print(`The store refused ${line}: ${reason}`)
}

const replayFiles = async (files: string[], options: ReplayOptions): Promise<void> => {
  const now = Date.now()
  if (options.from !== undefined && files.length === 0)
    return replayPast(options.from, options.to ?? now, settled(false))
  if (options.from !== undefined || options.to !== undefined || files.length === 0)
    throw new CollectorError('replay_of_nothing', 'Either files are replayed, or the recorded past with --from.')
  const { settings, log } = settled(false)
  const origin = { kitSn: options.kit, at: options.at ?? now, latestAt: now + LATER_MS }
  if (!options.dryRun) return replay(files, origin, settings, log, print)
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'powerkits-dry-run-'))
  try {
    await replay(files, origin, { ...settings, DATA_DIR, INFLUX_URL: undefined }, log, print)
    print('This was a dry run: the store above is gone again, and yours was not touched.')
  } finally {
    rmSync(DATA_DIR, { recursive: true, force: true })
  }
}

const program = new Command('powerkits')
  .description(
    'Collects what EcoFlow Power Kits report, as clean physical values. Settings come from the environment and from ' +
      '.env; .env.example lists them.',
  )
  .version(version)
  .showHelpAfterError('(powerkits --help tells what there is)')

program
  .command('run')
  .description('collect until stopped; without credentials a simulated kit is shown')
  .action(async () => {
    const { settings, fleet, secrets, log } = settled(true)
    tellExposed(log)
    const isDemonstration = fleet.accounts.length + fleet.brokers.length === 0
    const own = ownFleet(fleet, settings.SHARD)
    await run({ settings, fleet: own, isDemonstration, secrets, log, version, print }, untilStopped())
  })

program
  .command('set')
  .description('send a command to a kit through the running collector; ends with 1 unless the kit reports the effect')
  .argument('<kit>', 'serial number of its hub', serialNumber)
  .argument('<command>', 'such as battery.charge-limit; docs/commands.md lists them')
  .argument('[key=value...]', 'its parameters: numbers in the units of docs/commands.md, on or off, or text')
  .option('--dry-run', 'only show what would be sent, after all checks')
  .option('--yes', 'send it although it is dangerous')
  .action(async (kitSn: string, command: string, given: string[], options: { dryRun?: true; yes?: true }) => {
    const { settings } = settled(false)
    const asked = { kitSn, command, given, isDryRun: options.dryRun === true, isMeant: options.yes === true }
    if (!(await sendFromShell(asked, settings, { send: fetch, now: Date.now, sleep, print }))) process.exitCode = 1
  })

program
  .command('backup')
  .description('write all that this installation is to one archive, also while it collects')
  .argument('<file.tar.gz>', 'where to; it must not exist')
  .option('--with-secrets', 'also .env, powerkits.yaml and the files of secrets that they name')
  .option('--with-server-data', 'also the rows that stand in an InfluxDB')
  .action(async (file: string, options: { withSecrets?: true; withServerData?: true }) => {
    const parts = shellParts(settled(true))
    const given = { settingFiles: secretFiles.paths(), settingNames: givenSettings() }
    const { withSecrets = false, withServerData = false } = options
    await backup(file, { ...given, withSecrets, withServerData }, parts)
  })

program
  .command('restore')
  .description('bring what backup wrote to this machine, into an empty DATA_DIR')
  .argument('<file.tar.gz>', 'the archive')
  .option('--force', 'move what is there aside first')
  .action((file: string, options: { force?: true }) =>
    restore(file, options.force === true, shellParts(settled(false))),
  )

program
  .command('doctor')
  .description('look at all that a collector needs, and say what to do; ends with 1 when something failed')
  .option('--bundle <file.tar.gz>', 'also write an archive for the maintainers, without secrets')
  .action(async ({ bundle }: { bundle?: string }) => {
    const parts = settled(true)
    const exposed = secretFiles.exposed()
    const isWell = await runDoctor({ ...parts, exposed, version, bundle, print, world: MACHINE })
    process.exitCode = isWell ? 0 : 1
  })

program
  .command('simulate')
  .description('only the simulated cloud, on real sockets, for another collector to connect to')
  .option('--kits <count>', 'how many kits', whole, 1)
  .option('--accounts <count>', 'how many accounts the kits are dealt out to', atLeastOne, 1)
  .option('--seed <number>', 'which kits', whole, 1)
  .option('--mqtt-port <port>', '0 for a free one', whole, 0)
  .option('--http-port <port>', '0 for a free one', whole, 0)
  .option('--speed <factor>', 'simulated seconds a second', whole, 1)
  .action((options: SimulateOptions) => simulate(options, print, untilStopped()))

program
  .command('replay')
  .description(
    'bring captured messages, quota/all answers, latestQuotas records or recordings to the store; without files, make ' +
      'the rows of the recorded past anew, after the catalogue was fixed (the collector must be stopped)',
  )
  .argument('[file...]', 'JSON, one message a line or several in one; or .spool and .spool.gz recordings')
  .option('--kit <serial number>', 'the kit they are of, where the file does not say', serialNumber)
  .option('--at <time>', 'when they were received, where the file does not say; default: now', instant)
  .option('--from <time>', 'without files: make rows anew from the snapshot before this time on', instant)
  .option('--to <time>', 'and up to this time; default: now', instant)
  .option('--dry-run', 'with files: only show what would come of them; nothing is stored')
  .action(replayFiles)

try {
  await program.parseAsync()
  process.exit()
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
}
