/** The sources of reports in figures, by the name that their owner gave them. */
import type { AccountStatus } from '../../cloud/account-status.ts'
import { isGranted } from '../collector-view.ts'
import { SESSION_STATES } from '../session-states.ts'
import type { Metric } from './exposition.ts'

/** One value an account; undefined where the account has none. */
const ROWS: Readonly<
  Record<string, readonly [help: string, read: (one: AccountStatus, at: number) => number | undefined]>
> = {
  account_kits: ['kits that the account brings', ({ kits }) => kits.length],
  session_connected: ['1 while the broker has the session', ({ session }) => Number(session.isConnected)],
  session_since_seconds: ['for how long it is so', ({ session }, at) => Math.max(0, (at - session.sinceAt) / 1000)],
  session_connects_today: ['connects of the last 24 hours', ({ session }) => session.connects?.today],
  session_connects_limit: ['how many are allowed', ({ session }) => session.connects?.limit],
  session_client_ids_today: ['client ids used today', ({ session }) => session.ids?.today],
  session_client_ids_limit: ['how many are allowed', ({ session }) => session.ids?.limit],
  session_unacknowledged: ['messages that wait for the disk', ({ session }) => session.unacknowledged],
  session_topics_granted: [
    'topics the broker lets us read',
    (one) => [...one.session.granted.values()].filter(isGranted).length,
  ],
  session_topics_refused: [
    'topics the broker refuses',
    (one) => [...one.session.granted.values()].filter((qos) => !isGranted(qos)).length,
  ],
  cloud_down: ['1 while the HTTP API does not answer the account', ({ http }) => http && Number(http.isDown)],
  cloud_requests_last_minute: ['requests to the HTTP API', ({ http }) => http?.requestsLastMinute],
  cloud_last_ok_age_seconds: [
    'since it last answered well; absent if it never did since the start',
    ({ http }, at) => http?.lastOkAt && Math.max(0, (at - http.lastOkAt) / 1000),
  ],
  clock_offset_seconds: [
    "the vendor's clock less ours",
    ({ clockOffsetMs }) => (clockOffsetMs === undefined ? undefined : clockOffsetMs / 1000),
  ],
}

const stateMetric = (accounts: readonly AccountStatus[]): Metric => ({
  name: 'powerkits_session_state',
  type: 'gauge',
  help: '1 for the state that the session is in',
  readings: accounts.flatMap(({ name, session }) =>
    Object.keys(SESSION_STATES).map((state) => ({
      labels: { account: name, state },
      value: Number(session.state === state),
    })),
  ),
})

const infoMetric = (accounts: readonly AccountStatus[]): Metric => ({
  name: 'powerkits_account_info',
  type: 'gauge',
  help: 'the accounts and brokers that kits are read from',
  readings: accounts.map(({ name, kind, host = '' }) => ({ labels: { account: name, kind, host }, value: 1 })),
})

export const accountMetrics = (accounts: readonly AccountStatus[], at: number): Metric[] => [
  infoMetric(accounts),
  stateMetric(accounts),
  ...Object.entries(ROWS).map(
    ([name, [help, read]]): Metric => ({
      name: `powerkits_${name}`,
      type: 'gauge',
      help,
      readings: accounts.flatMap((one) => {
        const value = read(one, at)
        return value === undefined ? [] : [{ labels: { account: one.name }, value }]
      }),
    }),
  ),
]
