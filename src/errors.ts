/**
 * Every error of the collector: one row per code. `effect` says what becomes of the data, `help` what a person can do.
 * Expected outcomes are values, not exceptions; what is thrown is a CollectorError with a row of this table.
 * Never put a secret into `message`: it is logged.
 */
interface ErrorRow {
  readonly effect: string
  readonly help: string
}

export const ERRORS = {
  config_invalid: {
    effect: 'The collector did not start; nothing was read or written.',
    help: 'Correct the settings named above, in .env or in the environment.',
  },
  data_dir_unusable: {
    effect: 'The collector did not start; nothing was read or written.',
    help: 'Set DATA_DIR to a directory that this user may write.',
  },
  data_dir_in_use: {
    effect: 'This start was refused; the running collector goes on undisturbed.',
    help: 'Stop the other collector first, or set DATA_DIR to another directory.',
  },
  store_denied: {
    effect: 'Nothing is lost: the rows wait in the spool.',
    help: 'Give the collector a token (or user) that may write to and read from both buckets, then restart it.',
  },
  store_wrong_api: {
    effect: 'Nothing is lost: values wait in the spool.',
    help: 'InfluxDB 1.x before 1.8 has no v2 API: set INFLUX_API=v1. Otherwise check the path in INFLUX_URL.',
  },
  store_bucket_missing: {
    effect: 'Nothing is lost: the rows wait in the spool.',
    help: 'Create the bucket, or give the collector a token that may create it.',
  },
  store_busy: {
    effect: 'Nothing is lost: the rows wait in the spool until the store asks for more.',
    help: 'Nothing to do if it passes; otherwise raise the write limits of the store.',
  },
  store_failing: {
    effect: 'Nothing is lost: the rows wait in the spool and are tried again.',
    help: 'Look at the log of the store: it fails by itself.',
  },
  store_unreachable: {
    effect: 'Nothing is lost: the rows wait in the spool and are tried again.',
    help: 'Check that the store runs and that INFLUX_URL is right as seen from this machine.',
  },
  store_refuses: {
    effect: 'Nothing is lost: the rows wait in the spool.',
    help: 'Check INFLUX_URL, the organisation and whatever stands between the collector and the store.',
  },
  store_query_failed: {
    effect: 'The question was not answered; stored rows are untouched and writing goes on.',
    help: 'Ask for a shorter range; if it stays, look at the log of the store.',
  },
  store_query_timeout: {
    effect: 'The question was interrupted; stored rows are untouched and writing goes on.',
    help: 'Ask for a shorter range or longer steps.',
  },
  store_engine_missing: {
    effect: 'The collector did not start; nothing was read or written.',
    help: 'Install the optional package @duckdb/node-api for this platform, or set INFLUX_URL to use InfluxDB instead.',
  },
  store_disk: {
    effect: 'Nothing is lost: the rows wait in the spool and are tried again.',
    help: 'Look at the free space and the permissions of the data directory.',
  },
  spool_unusable: {
    effect: 'The collector did not start; what the directory holds is untouched.',
    help: 'Check that DATA_DIR exists on a working disk and belongs to the user the collector runs as.',
  },
  spool_slow: {
    effect:
      'New messages are refused until the disk has caught up; those with QoS 1 come again, others are lost and counted.',
    help: 'Look what else writes to the disk, or move DATA_DIR to a faster one.',
  },
  spool_full: {
    effect: 'New messages are not acknowledged and those of QoS 0 are counted as dropped; nothing held is lost.',
    help: 'Bring the store back, so that the spool can drain, or raise SPOOL_MAX_BYTES.',
  },
  spool_disk_full: {
    effect:
      'Nothing is acknowledged that is not on disk; the last records wait in memory and are written again each second.',
    help: 'Free space on the disk that holds DATA_DIR.',
  },
  spool_disk_failing: {
    effect:
      'Nothing is acknowledged that is not on disk; the last records wait in memory and are written again each second.',
    help: 'Look into the system log for errors of the disk that holds DATA_DIR, and replace it if they go on.',
  },
  spool_unreadable: {
    effect: 'No value is lost: reading is tried again until it succeeds; nothing moves to the store meanwhile.',
    help: 'Look into the system log for errors of the disk that holds DATA_DIR.',
  },
  spool_unwritable: {
    effect: 'These records are lost unless the broker sends them again; none of them had been acknowledged.',
    help: 'Free or replace the disk that holds DATA_DIR, then start the collector again.',
  },
  spool_damaged: {
    effect:
      'The records that stood there are lost; all others are read. The bytes are kept in the spool under damaged/.',
    help: 'Check the disk that holds DATA_DIR; a sudden loss of power can also be the cause.',
  },
  snapshot_unsaved: {
    effect: 'No value is lost: the snapshot before it stays, and a restart takes longer.',
    help: 'Free space on the disk that holds DATA_DIR, or look into the system log for its errors.',
  },
  recording_unsealed: {
    effect: 'No value is lost: the segment stays on disk and is tried again with the next one.',
    help: 'Free space on the disk that holds DATA_DIR, or lower RECORD_DAYS.',
  },
  recording_unreadable: {
    effect: 'The records before the damage were read; those behind it were not.',
    help: 'Check the path, or take the recording from another copy.',
  },
  simulator_port_taken: {
    effect: 'The simulated kits did not start; nothing was written.',
    help: 'Choose another port, or 0 for a free one, or stop what uses it.',
  },
  http_token_required: {
    effect: 'The collector did not start; nothing was read or written.',
    help: 'Set HTTP_TOKEN to a long random text, or HTTP_HOST to 127.0.0.1 so that only this machine can read.',
  },
  http_port_in_use: {
    effect: 'This start was refused; what waits in the spool stays there.',
    help: 'Stop the other program, or set HTTP_PORT to another port (0: any free one).',
  },
  http_cannot_listen: {
    effect: 'This start was refused; what waits in the spool stays there.',
    help: 'Set HTTP_HOST to an address of this machine and HTTP_PORT to a port that its user may open (from 1024).',
  },
  control_token_missing: {
    effect: 'Nothing was sent.',
    help: 'Add a line such as name=owner scope=control token=… to CONTROL_TOKENS, and restart the collector.',
  },
  collector_not_reached: {
    effect: 'Nothing was sent.',
    help: 'Start the collector with the same settings (powerkits run), and check HTTP_HOST and HTTP_PORT.',
  },
  collector_other_version: {
    effect: 'Nothing was asked of it; it goes on undisturbed.',
    help: 'Restart the collector, so that it runs the version that is installed here.',
  },
  collector_other_user: {
    effect: 'Nothing was asked of it; it goes on undisturbed.',
    help: 'Run this command as the user that the collector runs as.',
  },
  collector_no_answer: {
    effect: 'This command ends without a result; nothing that is stored was changed.',
    help: 'Try it again in a moment; if it stays, look at the log of the collector.',
  },
  question_unclear: {
    effect: 'Nothing was read or written.',
    help: 'docs/command-line.md shows how to ask; --help tells what there is.',
  },
  nothing_collected: {
    effect: 'There is nothing to show.',
    help: 'Check DATA_DIR, or start a collector first: npm start.',
  },
  command_refused: {
    effect: 'Nothing was sent to the kit.',
    help: 'docs/commands.md lists the commands and what they take; --dry-run shows what would be sent.',
  },
  command_out_of_sight: {
    effect: 'Whether the command was taken, and what became of it, is not known here; the collector knows.',
    help: 'Look at /api/v1/kits/{sn}/commands of the collector before sending it again.',
  },
  replay_of_nothing: {
    effect: 'Nothing was read or written.',
    help: 'Name files to replay, or give --from (and --to) without files to make the rows of the recorded past anew.',
  },
  export_exists: {
    effect: 'Nothing was written, and nothing that stands there was changed.',
    help: 'Give a directory that does not exist yet, or add --force to replace an older export.',
  },
  export_unwritable: {
    effect: 'Nothing half done was left behind; what is stored is untouched.',
    help: 'Free space there, check its rights, or give another directory; --from and --to make it smaller.',
  },
  interrupted: {
    effect: 'Nothing was left half done; what is stored is untouched.',
    help: 'Run it again when it suits.',
  },
  backup_of_nothing: {
    effect: 'No archive was written.',
    help: 'Check DATA_DIR.',
  },
  backup_unreadable: {
    effect: 'No archive was written; what is stored is untouched.',
    help: 'Run it again. If it stays, check the rights of DATA_DIR; on Windows stop the collector for the backup.',
  },
  backup_unwritable: {
    effect: 'No archive was written; what is stored is untouched.',
    help: 'Give the path of a file that does not exist yet, in a folder with room that this user may write.',
  },
  backup_overtaken: {
    effect: 'No archive was written; no value is lost, and the collector brings to its store what waited.',
    help: 'Raise SPOOL_MAX_BYTES, or stop the collector for the backup.',
  },
  archive_damaged: {
    effect: 'Nothing was restored, and nothing here was changed.',
    help: 'Check the path, or take the archive from another copy.',
  },
  archive_strange: {
    effect: 'Nothing was restored, and nothing here was changed.',
    help: 'Give an archive that powerkits backup wrote.',
  },
  archive_newer: {
    effect: 'Nothing was restored, and nothing here was changed.',
    help: 'Install that version of powerkits here, or a newer one, and restore again.',
  },
  restore_over_another: {
    effect: 'Nothing was restored, and nothing here was changed.',
    help: 'Set DATA_DIR to an empty directory, or add --force: what is there is then moved aside, not deleted.',
  },
  restore_unwritable: {
    effect: 'Nothing was restored; what was in the data directory before is untouched.',
    help: 'Free space on the disk that holds DATA_DIR, and check its rights.',
  },
  restore_store_unreadable: {
    effect: 'Nothing was restored, and nothing here was changed.',
    help: 'Install the same versions of powerkits and of @duckdb/node-api as where the backup was made.',
  },
  restore_store_away: {
    effect:
      'Nothing was restored into the data directory; rows that the server took already count once if they come again.',
    help: 'See that the store takes values (powerkits doctor), then restore again.',
  },
  replay_unreadable: {
    effect: 'Nothing of this file reached the store.',
    help: 'Check the path and its rights.',
  },
  replay_future: {
    effect: 'Nothing of it reached the store: later values could not be told from it.',
    help: 'Give a time that has passed with --at.',
  },
  replay_nothing_found: {
    effect: 'Nothing of this file reached the store; files named before it did.',
    help: 'Give a captured message, a quota/all answer, a latestQuotas record, or a recording (.spool, .spool.gz).',
  },
  replay_without_kit: {
    effect: 'Nothing of this file reached the store; files named before it did.',
    help: "Name the kit by its hub's serial number: --kit M109…",
  },
  recording_incomplete: {
    effect: 'Nothing was changed: rows whose records are gone would have vanished.',
    help: 'Give a later --from. RECORD_DAYS says how long received messages are kept.',
  },
  renormalise_store_behind: {
    effect: 'Nothing of the range is removed; rows that waited go on waiting in the spool.',
    help: 'See that the store takes values (powerkits doctor), then run this again.',
  },
  replay_older: {
    effect: 'Nothing of it reached the store: rows of a kit never go backwards in time.',
    help: 'Replay into a directory of its own (DATA_DIR=…), or give a later time with --at.',
  },
  grafana_not_reached: {
    effect: 'What was told above as made or changed is in Grafana; the rest is as it was. No value is touched.',
    help: 'Check --url and that Grafana runs, then run this again: it goes on where it stopped.',
  },
  grafana_token_refused: {
    effect: 'What was told above as made or changed is in Grafana; the rest is as it was. No value is touched.',
    help: 'Make a token in Grafana: Administration, Users and access, Service accounts, with the role Admin.',
  },
  grafana_rights_missing: {
    effect: 'What was told above as made or changed is in Grafana; the rest is as it was. No value is touched.',
    help: 'Give the service account of the token the role Admin in Grafana, then run this again.',
  },
  grafana_refused: {
    effect: 'What was told above as made or changed is in Grafana; the rest is as it was. No value is touched.',
    help: 'Grafana must be 12 or newer, and must not make the same boards, rules or data sources from files of its own.',
  },
  grafana_source_silent: {
    effect: 'Boards and rules are in Grafana and show nothing until it does; what is collected is not touched.',
    help: 'Give --influx-url as Grafana reaches the InfluxDB from where it runs, check its token, then run this again.',
  },
  grafana_address_invalid: {
    effect: 'Nothing was changed in Grafana.',
    help: 'Give an address of http or https, without user and password.',
  },
  grafana_without_influx: {
    effect: 'Nothing was changed in Grafana.',
    help: 'Grafana reads an InfluxDB, not the embedded store: set INFLUX_URL, or give --influx-url.',
  },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof ERRORS

/** An error a person can act on. `code` is a row of ERRORS. */
export class CollectorError extends Error {
  readonly code: ErrorCode
  readonly effect: string
  readonly help: string

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; help?: string }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'CollectorError'
    this.code = code
    this.effect = ERRORS[code].effect
    this.help = options?.help ?? ERRORS[code].help
  }
}
