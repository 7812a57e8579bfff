/** GET /api/v1/collector: how the collector does its work. */
import { z } from 'zod'
import { Account } from '../account-schema.ts'
import { collectorView } from '../collector-view.ts'
import { problemResponse } from '../problem.ts'
import { type App, At, NoQuery, type Sources } from '../route.ts'

const Spool = z
  .object({
    bytes: z.number().int().describe('On disk'),
    recording_bytes: z.number().int().describe('Recorded messages that the store has'),
    records_waiting: z.number().int().describe('Not in the store yet'),
    is_refusing: z.boolean().describe('Whether new messages are refused for want of room'),
    oldest_age_s: z.number().int().optional().describe('Age of the oldest of them, about'),
    hours_left: z.number().optional().describe('Until the spool is full at the present rate with the store away'),
  })
  .meta({ id: 'Spool' })

const Drain = z
  .object({
    cursor: z.number().int().describe('Number of the last spool record that the store has answered'),
    batches_in_flight: z.number().int().describe('Sent, and not answered yet'),
    last_answer: z
      .enum(['accepted', 'rejected', 'kept'])
      .optional()
      .describe('rejected: some lines were refused for good; kept: nothing is stored yet, it is tried again'),
    latency_ms: z.number().optional().describe('How long the store took for it'),
    kept_for_s: z.number().int().optional().describe('How long a batch has been tried again'),
    problem: z
      .object({ code: z.string(), message: z.string(), help: z.string() })
      .optional()
      .describe('Why the store takes nothing now, and what to do'),
  })
  .meta({ id: 'Drain' })

const Counter = z
  .object({
    name: z.string(),
    is: z.string().describe('What it counts'),
    total: z.number().int(),
    by_label: z.record(z.string(), z.number().int()).describe('The same by reason, kind or outcome'),
  })
  .meta({
    id: 'Counter',
    examples: [{ name: 'rejected', is: 'messages refused whole, by reason', total: 3, by_label: { not_json: 3 } }],
  })

const Collector = z
  .object({
    at: At,
    version: z.string(),
    uptime_s: z.number().int(),
    store: z.enum(['embedded', 'influx']),
    spool: Spool,
    drain: Drain,
    accounts: z.array(Account).describe('Where reports come from'),
    counters: z
      .array(Counter)
      .describe('Since the collector started; what it read again from its spool at the start counts too'),
  })
  .meta({ id: 'Collector' })

export const addCollectorRoute = (app: App, { status, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/collector',
    config: { isOfAllKits: true },
    schema: {
      operationId: 'getCollector',
      summary: 'The collector about itself',
      description: 'What became of every message and value, what waits in the spool, how the store answers.',
      tags: ['collector'],
      querystring: NoQuery,
      response: { 200: Collector, default: problemResponse },
    },
    handler: async () => collectorView(status(), now()),
  })
}
