/** GET /metrics: the collector in figures, for Prometheus. */
import { z } from 'zod'
import { accountMetrics } from '../metrics/accounts.ts'
import { counterMetrics } from '../metrics/counters.ts'
import { CONTENT_TYPE, expose } from '../metrics/exposition.ts'
import { kitMetrics } from '../metrics/kits.ts'
import { lineMetrics } from '../metrics/line.ts'
import { watchProcess } from '../metrics/process.ts'
import { problemResponse } from '../problem.ts'
import { type App, NoQuery, type Sources } from '../route.ts'

const Metrics = {
  description: 'The text format of Prometheus, version 0.0.4',
  content: { 'text/plain': { schema: z.string() } },
}

export const addMetricsRoute = (app: App, { state, status, now }: Sources): void => {
  const watch = watchProcess()
  app.addHook('onClose', async () => watch.stop())
  app.route({
    method: 'GET',
    url: '/metrics',
    config: { isOfAllKits: true },
    schema: {
      operationId: 'getMetrics',
      summary: 'The collector in figures, for Prometheus',
      description: 'Counters, spool, store, accounts, kits (series per kit below 1,000 of them) and the process.',
      tags: ['collector'],
      querystring: NoQuery,
      response: { 200: Metrics, default: problemResponse },
    },
    handler: async (_request, reply) => {
      const [told, at] = [status(), now()]
      const text = await expose([
        ...lineMetrics(told, at),
        ...accountMetrics(told.accounts, at),
        ...kitMetrics(state(), at),
        ...counterMetrics(told.counters),
        ...watch.read(),
      ])
      return reply
        .type(CONTENT_TYPE)
        .serializer((body: unknown) => String(body))
        .send(text)
    },
  })
}
