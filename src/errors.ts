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
  data_dir_in_use: {
    effect: 'This start was refused; the running collector goes on undisturbed.',
    help: 'Stop the other collector first, or set DATA_DIR to another directory.',
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
