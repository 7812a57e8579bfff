/** Accounts and brokers as the read API gives them. */
import { z } from 'zod'
import type { SessionState } from '../cloud/session-contract.ts'
import { SESSION_STATES } from './session-states.ts'

const Usage = z.object({ today: z.number().int(), limit: z.number().int() })

const Session = z
  .object({
    is_connected: z.boolean(),
    state: z.enum(Object.keys(SESSION_STATES) as [SessionState, ...SessionState[]]).describe(
      Object.entries(SESSION_STATES)
        .map(([state, is]) => `${state}: ${is}`)
        .join('; '),
    ),
    since_ms: z.number().describe('Since when it is connected, or is not (epoch ms)'),
    topics: z.array(
      z.object({ topic: z.string(), is_granted: z.boolean(), qos: z.number().int().optional().describe('Granted') }),
    ),
    unacknowledged: z.number().int().describe('Messages that wait for the disk'),
    connects: Usage.optional().describe('Of an account: in the last 24 hours, and how many we allow ourselves'),
    client_ids: Usage.optional().describe('Of an account: used on this day (UTC), and how many the vendor allows'),
    problem: z.string().optional(),
  })
  .meta({ id: 'Session' })

const CloudApi = z
  .object({
    is_down: z.boolean(),
    last_ok_age_s: z.number().int().optional().describe('Since it last answered well; absent: not since the start'),
    requests_last_minute: z.number().int(),
    problem: z.string().optional(),
  })
  .meta({ id: 'CloudApi' })

export const Account = z
  .object({
    name: z.string().describe('As its owner named it; `main` is the one of the settings'),
    kind: z
      .enum(['cloud', 'broker'])
      .describe("cloud: an account of the vendor's cloud; broker: a broker of one's own"),
    host: z.string().optional().describe('Of the HTTP API or the broker; absent as long as the region is not found'),
    kits: z.array(z.string()).describe('Serial numbers of the kits that it brings'),
    session: Session.describe('The MQTT session'),
    http: CloudApi.optional().describe("The vendor's HTTP API; absent for a broker"),
    clock_offset_ms: z.number().optional().describe("The vendor's clock less ours; absent as long as it is not known"),
  })
  .meta({
    id: 'Account',
    examples: [
      {
        name: 'main',
        kind: 'cloud',
        host: 'api-e.ecoflow.com',
        kits: ['M109ZEB4ZE7B0001'],
        session: {
          is_connected: true,
          state: 'connected',
          since_ms: 1_700_000_000_000,
          topics: [{ topic: '/open/open-0a1b/M109ZEB4ZE7B0001/quota', is_granted: true, qos: 1 }],
          unacknowledged: 0,
          connects: { today: 2, limit: 100 },
          client_ids: { today: 1, limit: 10 },
        },
        http: { is_down: false, last_ok_age_s: 41, requests_last_minute: 2 },
        clock_offset_ms: 180,
      },
    ],
  })
