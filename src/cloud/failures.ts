/** The vendor's error codes and the failures of the way to it, each with what it means and what to do. */

interface FailureRow {
  /** Codes of the vendor that mean this. */
  readonly codes: readonly string[]
  /** Whom it concerns: `account` stops everything of the account, `kit` that kit alone, `passing` is tried again. */
  readonly concerns: 'account' | 'kit' | 'passing'
  readonly is: string
  readonly help: string
}

export const FAILURES = {
  signature: {
    codes: ['8521'],
    concerns: 'account',
    is: 'the cloud found the signature wrong',
    help: 'Check ECOFLOW_SECRET_KEY, the region and the clock of this machine.',
  },
} as const satisfies Record<string, FailureRow>

export type FailureKind = keyof typeof FAILURES
