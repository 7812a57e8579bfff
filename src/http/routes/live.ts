/** GET /api/v1/live: the kits, and one of them whole, as they change. */
import { z } from 'zod'
import { mayReach, rightsOf } from '../callers.ts'
import { eventsResponse } from '../event-stream.ts'
import type { Linger } from '../lingering.ts'
import { sendLive } from '../live-events.ts'
import { kitUnknown } from '../of-kit.ts'
import { problem, problemResponse, sendProblem } from '../problem.ts'
import type { ErrorLog } from '../refusals.ts'
import type { App, Sources } from '../route.ts'

const Query = z.strictObject({
  kit: z.string().min(1).max(128).optional().describe('Serial number of the kit whose values are wanted too'),
})

const EVENTS = eventsResponse(
  'Server-sent events, their `data` in JSON: `kits` is the answer of /kits and `kit` that of /kits/{sn}, whole, when ' +
    'something of it changed, at most once a second and at least every 10 and 5 seconds (long lists less often); ' +
    '`latest` is that of /kits/{sn}/latest with those modules that reported, or whose verdict changed, since the event ' +
    'before. The first of each tells all. What a slow reader does not take is left out.',
)

export const addLiveRoute = (app: App, sources: Sources, linger: Linger, log: ErrorLog): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/live',
    exposeHeadRoute: false,
    schema: {
      operationId: 'followKits',
      summary: 'The kits as they change',
      description:
        'To be read by `fetch`: an EventSource cannot send a token. The stream ends after an hour, and when the ' +
        'collector stops: ask again.',
      tags: ['kits'],
      querystring: Query,
      response: { 200: EVENTS, default: problemResponse },
    },
    handler: async ({ query: { kit: sn }, caller, url }, reply) => {
      if (sn !== undefined && !mayReach(caller, sn))
        return sendProblem(reply, problem('kit_forbidden', rightsOf(caller), url))
      if (sn !== undefined && !sources.state().kits.has(sn))
        return sendProblem(reply, kitUnknown(sources.state(), { params: { sn }, url, caller }))
      const signal = linger(reply)
      if (!signal) return sendProblem(reply, problem('too_many', 'Too many follow the kits already.', url))
      return sendLive(reply, sources, { caller, sn, signal, log })
    },
  })
}
