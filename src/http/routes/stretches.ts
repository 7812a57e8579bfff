/** GET /api/v1/kits/{sn}/gaps, /runs and /events: what lasted for a while, or happened, in a range of time. */
import { z } from 'zod'
import type { Entry } from '../../analysis/asked.ts'
import { eventsOf, gapsOf, runsOf } from '../../analysis/stretches.ts'
import { entrySchema, withFlags } from '../entry-schema.ts'
import { cut, HEAD, type HistoryAsked, headOf, MOST_ENTRIES, NEXT, ofHistory, readAsked } from '../history-question.ts'
import { withOpenGaps } from '../open-gap.ts'
import { problemResponse, sendProblem } from '../problem.ts'
import type { App, Sources } from '../route.ts'

const USUAL_MS = 30 * 86_400_000

const Gaps = z.object({ ...HEAD, ...NEXT, gaps: z.array(entrySchema('gap')) }).meta({
  id: 'Gaps',
  examples: [
    {
      at: 1_780_308_000_000,
      kit_sn: 'M109ZEB4ZE7B0001',
      time_zone: 'Europe/Berlin',
      from_ms: 1_780_264_800_000,
      to_ms: 1_780_308_000_000,
      gaps: [
        {
          start_ms: 1_780_290_000_000,
          module_sn: 'all',
          end_ms: 1_780_293_600_000,
          duration_s: 3600,
          cause: 'device_offline',
          text: 'The kit was not connected to the cloud.',
          is_open: false,
        },
      ],
    },
  ],
})
const Runs = z.object({ ...HEAD, ...NEXT, runs: z.array(entrySchema('run')) }).meta({ id: 'Runs' })
const Events = z.object({ ...HEAD, ...NEXT, events: z.array(entrySchema('event')) }).meta({ id: 'Events' })

const ONE_MORE = MOST_ENTRIES + 1

const flagged = (entries: readonly Entry[]) => {
  const { told, ...next } = cut(entries)
  return { told: told.map(withFlags), ...next }
}

const REACHING = 'All that lie in the range at least in part, those that began before it first.'

const addGapsRoute = (app: App, sources: Sources): void => {
  const tell = async (asked: HistoryAsked) =>
    flagged(withOpenGaps(await gapsOf(sources.answers, asked, ONE_MORE), asked))
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/gaps',
    schema: {
      operationId: 'listGaps',
      summary: 'What is missing, since when, until when and why',
      description: `${REACHING} Those that go on are told as they stand now, \`is_open\`; \`module_sn\` is \`all\` for the whole kit.`,
      tags: ['history'],
      ...ofHistory({}),
      response: { 200: Gaps, default: problemResponse },
    },
    handler: async (request, reply) => {
      const asked = readAsked(sources, request, USUAL_MS)
      if ('status' in asked) return sendProblem(reply, asked)
      const { told, ...next } = await tell(asked)
      return { ...headOf(asked), gaps: told, ...next }
    },
  })
}

const addRunsRoute = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/runs',
    schema: {
      operationId: 'listRuns',
      summary: 'Sessions of shore, alternator and generator',
      description: `${REACHING} Each with its energy, and the state of charge from which and to which it went.`,
      tags: ['history'],
      ...ofHistory({}),
      response: { 200: Runs, default: problemResponse },
    },
    handler: async (request, reply) => {
      const asked = readAsked(sources, request, USUAL_MS)
      if ('status' in asked) return sendProblem(reply, asked)
      const { told, ...next } = flagged(await runsOf(sources.answers, asked, ONE_MORE))
      return { ...headOf(asked), runs: told, ...next }
    },
  })
}

const addEventsRoute = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/events',
    schema: {
      operationId: 'listEvents',
      summary: 'What happened',
      description: 'Modules that came and went, firmware, verdicts, what the owner says of the kit, the clock.',
      tags: ['history'],
      ...ofHistory({}),
      response: { 200: Events, default: problemResponse },
    },
    handler: async (request, reply) => {
      const asked = readAsked(sources, request, USUAL_MS)
      if ('status' in asked) return sendProblem(reply, asked)
      const { told, ...next } = flagged(await eventsOf(sources.answers, asked, ONE_MORE))
      return { ...headOf(asked), events: told, ...next }
    },
  })
}

export const addStretchRoutes = (app: App, sources: Sources): void => {
  addGapsRoute(app, sources)
  addRunsRoute(app, sources)
  addEventsRoute(app, sources)
}
