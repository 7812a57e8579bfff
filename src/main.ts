/** The command line: the only file that reads the environment and ends the process. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Argument, Command } from 'commander'
import { PERIODS } from './analysis/energy.ts'
import { collectedSettings } from './demonstration.ts'
import { runDoctor } from './doctor/run-doctor.ts'
import { CollectorError } from './errors.ts'
import { grafanaCommand } from './grafana-install/grafana-command.ts'
import { type OpenedAnswers, openAnswers } from './local/open-answers.ts'
import { explain } from './log.ts'
import { atLeastOne, INSTANTS, instant, serialNumber, whole } from './options.ts'
import { run } from './run.ts'
import { sendFromShell } from './send-from-shell.ts'
import { SETTINGS } from './settings.ts'
import { openSettingsSource } from './settings-source.ts'
import type { Settled } from './settled.ts'
import { ownFleet } from './shard.ts'
import { ASKED, alertsAsTyped } from './shell/alerts-command.ts'
import { backup, type ShellParts } from './shell/backup.ts'
import { type ExportOptions, exportAsTyped } from './shell/export-command.ts'
import { FORMATS } from './shell/export-plan.ts'
import { createProgress } from './shell/progress.ts'
import { type ReplayOptions, replayAsTyped } from './shell/replay-command.ts'
import { type ReportOptions, reportAsTyped } from './shell/report-command.ts'
import { REPORTS } from './shell/report-kinds.ts'
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

const source = openSettingsSource(process.env, '.env')
const settled = source.settle

const bar = () => createProgress(process.stderr, () => performance.now())

/** For what takes its time. */
const onScreen = () => ({ progress: bar(), signal: untilStopped() })

const shellParts = ({ settings, log }: Settled): ShellParts => ({
  settings,
  log,
  version,
  platform: `${process.platform}-${process.arch}`,
  cwd: process.cwd(),
  now: Date.now,
  print,
  ...onScreen(),
})

/** Settings that are not left at their defaults. */
const givenSettings = (): string[] =>
  Object.keys(SETTINGS).filter((name) => process.env[name] || process.env[`${name}_FILE`])

/** What was collected, from whoever holds it. */
const withAnswers = async (work: (opened: OpenedAnswers) => Promise<void>): Promise<void> => {
  const { settings, log } = settled(false)
  const opened = await openAnswers(collectedSettings(settings), log, Date.now)
  await work(opened).finally(opened.close)
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
    source.tellExposed(log)
    const isDemonstration = fleet.accounts.length + fleet.brokers.length === 0
    const own = ownFleet(fleet, settings.SHARD)
    await run({ settings, fleet: own, isDemonstration, secrets, log, version, source, print }, untilStopped())
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
  .command('report')
  .description('a kit’s history as a table: energy, battery, circuits, solar, runs or completeness')
  .argument('<what>', Object.keys(REPORTS).join(', '))
  .option('--kit <kit>', 'serial number or name, where there are several')
  .option('--from <time>', '2026, 2026-06, 2026-06-01, 2026-06-01T12:00, today, yesterday, -30d; where the kit is')
  .option('--to <time>', 'the same; a day, month or year is part of the range; default: now')
  .option('--by <period>', `${PERIODS.join(', ')}, as far as the report has them`)
  .option('--json', 'as JSON, with all that is known')
  .option('--csv', 'as comma separated values, with all that is known')
  .addHelpText(
    'after',
    `\nReports:\n${Object.entries(REPORTS)
      .map(([name, { is }]) => `  ${name.padEnd(13)} ${is}\n`)
      .join('')}`,
  )
  .action((what: string, options: ReportOptions) => {
    const terminal = { input: process.stdin, output: process.stdout }
    return withAnswers((opened) => reportAsTyped(what, options, opened, terminal, Date.now()))
  })

const collect = (text: string, before: string[] = []): string[] => [...before, ...text.split(',')]

program
  .command('export')
  .description('write what is stored as files for other tools: one per measurement and day')
  .argument('<directory>', 'where to; it must not exist')
  .option('--format <format>', FORMATS.join(', '), 'parquet')
  .option('--bucket <bucket>', 'raw, history or all', 'all')
  .option('--measurement <name>', 'only these, separated by commas', collect)
  .option('--kit <kit>', 'only these, by serial number or name', collect)
  .option('--from <time>', '2026, 2026-06, 2026-06-01, -30d; in UTC; default: all there is')
  .option('--to <time>', 'the same; a day, month or year is part of the range; default: now')
  .option('--force', 'replace an older export')
  .action((dir: string, options: ExportOptions) =>
    withAnswers((opened) => exportAsTyped(dir, options, opened, { ...onScreen(), version, now: Date.now, print })),
  )

program
  .command('backup')
  .description('write all that this installation is to one archive, also while it collects')
  .argument('<file.tar.gz>', 'where to; it must not exist')
  .option('--with-secrets', 'also .env, powerkits.yaml and the files of secrets that they name')
  .option('--with-server-data', 'also the rows that stand in an InfluxDB')
  .action(async (file: string, options: { withSecrets?: true; withServerData?: true }) => {
    const parts = shellParts(settled(true))
    const given = { settingFiles: source.paths(), settingNames: givenSettings() }
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
    const exposed = source.exposed()
    const isWell = await runDoctor({ ...parts, exposed, version, bundle, print, world: MACHINE })
    process.exitCode = isWell ? 0 : 1
  })

program
  .command('alerts')
  .description('what the collector warns of, and how that reaches you')
  .addArgument(
    new Argument('<what>', 'the rules and which of them fire, or a test message on every way').choices(ASKED),
  )
  .action(async (what: string) => {
    const { settings, secrets } = settled(false)
    const world = { send: fetch, now: Date.now(), print: (line: string) => print(secrets.redact(line)) }
    if (!(await alertsAsTyped(what, settings, world))) process.exitCode = 1
  })

program.addCommand(grafanaCommand(() => settled(false).settings, { send: fetch, print }))

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
  .addHelpText('after', `\n${INSTANTS}`)
  .action(async (files: string[], options: ReplayOptions) => {
    // a replay of files ends at once, at the first Ctrl-C
    const signal = files.length > 0 ? new AbortController().signal : untilStopped()
    await replayAsTyped(files, options, { ...settled(true), now: Date.now(), print, signal, progress: bar() })
  })

try {
  await program.parseAsync()
  process.exit()
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
}
