/**
 * The vendor's error codes and the failures of the way to it, each with what it means and what to do. What becomes of
 * the data follows from whom a failure concerns: `explain-failure.ts` makes the sentence.
 * src: tolwi/hassio-ecoflow-cloud #382 #405 #416 #724, Mark-Hicks/ecoflow-api-examples #4, docs of evcc, MichelFR/ha-ecoflow-iot
 */

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
    is: 'the cloud found the signature wrong, also when asked again',
    help: 'Check the secret key, the region (ECOFLOW_SECRET_KEY, ECOFLOW_REGION) and the clock of this machine.',
  },
  wrong_key: {
    codes: ['8513'],
    concerns: 'account',
    is: 'the cloud does not know the access key',
    help:
      'Check the access key and the region (ECOFLOW_ACCESS_KEY, ECOFLOW_REGION); keys belong to one region. If both ' +
      'are right, try from another network: some data centres and satellite links are refused.',
  },
  wrong_region: {
    codes: [],
    concerns: 'account',
    is: 'the keys belong to another region',
    help: 'Set the region (ECOFLOW_REGION) to the one named here, or to auto.',
  },
  not_signed_in: {
    codes: ['6042', '7015', '7005', '401'],
    concerns: 'account',
    is: 'the cloud does not take the account as signed in',
    help: 'It is tried again slowly. If it stays, make new keys on the vendor’s developer page.',
  },
  no_permission: {
    codes: ['8512'],
    concerns: 'kit',
    is: 'the keys have no permission for this kit',
    help: 'Use keys of the account the kit is bound to (shared kits do not count), and check its serial number.',
  },
  not_allowed: {
    codes: ['1006'],
    concerns: 'kit',
    is: 'the cloud does not open this device to its API',
    help:
      'Check the serial number and that the kit is bound to this account. Some models, such as the Power Kit v2, are ' +
      'closed by the vendor: ask its support.',
  },
  offline_or_refused: {
    codes: ['1008'],
    concerns: 'kit',
    is: 'the kit is offline, or the cloud does not take the parameters',
    help: 'Look whether the kit is on and has a connection; if it is, check the parameters against its module.',
  },
  offline: {
    codes: ['6012'],
    concerns: 'kit',
    is: 'the kit is offline',
    help: 'Look whether it is on and has a connection.',
  },
  server_error: {
    codes: ['1000'],
    concerns: 'passing',
    is: 'the cloud has trouble of its own',
    help: 'Nothing to do if it passes.',
  },
  not_understood: {
    codes: [],
    concerns: 'passing',
    is: 'the answer was not one of the cloud’s',
    help:
      'Look whether the network wants a log-in (a captive portal) or a proxy stands in between. If it comes from the ' +
      'cloud itself, send the diagnostics to the maintainers.',
  },
  unreachable: {
    codes: [],
    concerns: 'passing',
    is: 'the cloud was not reached',
    help: 'Check the connection of this machine to the internet, its DNS and its firewall.',
  },
  untrusted: {
    codes: [],
    concerns: 'passing',
    is: 'the certificate shown at the cloud’s address is not to be trusted, so nothing was sent',
    help:
      'Check the clock of this machine first, then whether the network wants a log-in or a proxy opens its ' +
      'connections.',
  },
  timed_out: {
    codes: [],
    concerns: 'passing',
    is: 'the cloud did not answer in time',
    help: 'Nothing to do if it passes; otherwise check the connection of this machine.',
  },
  unknown: {
    codes: [],
    concerns: 'passing',
    is: 'the cloud refused with a code that is not known here',
    help: 'If it stays, send the code and the trace id to the maintainers.',
  },
} as const satisfies Record<string, FailureRow>

export type FailureKind = keyof typeof FAILURES

const KIND_OF_CODE: ReadonlyMap<string, FailureKind> = new Map(
  (Object.entries(FAILURES) as [FailureKind, FailureRow][]).flatMap(([kind, row]) =>
    row.codes.map((code) => [code, kind] as const),
  ),
)

/** What a code other than 0 means. */
export const kindOfCode = (code: string): FailureKind => KIND_OF_CODE.get(code) ?? 'unknown'
