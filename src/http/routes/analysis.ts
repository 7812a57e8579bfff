/** GET /api/v1/kits/{sn}/health, /circuits, /solar and /completeness: what owners ask of days, months and years. */
import { circuitsOf } from '../../analysis/circuits.ts'
import { completenessOf } from '../../analysis/completeness.ts'
import { batteriesNow, healthOf } from '../../analysis/health.ts'
import { bestDays, solarOf } from '../../analysis/solar.ts'
import { BatteryHealth, Circuits, Completeness, CompletenessBy, Solar } from '../analysis-schema.ts'
import { headOf, ofHistory, readAsked } from '../history-question.ts'
import { problemResponse, sendProblem } from '../problem.ts'
import type { App, Sources } from '../route.ts'

const DAY_MS = 86_400_000
const BEST_DAYS = 5

const addHealthOfPacks = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/health',
    schema: {
      operationId: 'getBatteryHealth',
      summary: 'The packs, and how they age',
      description: 'A number stands here only when there is enough to say it honestly: its absence is no fault.',
      tags: ['history'],
      ...ofHistory({}),
      response: { 200: BatteryHealth, default: problemResponse },
    },
    handler: async (request, reply) => {
      const asked = readAsked(sources, request, 90 * DAY_MS)
      if ('status' in asked) return sendProblem(reply, asked)
      const [batteries, days] = [await batteriesNow(sources.answers, asked), await healthOf(sources.answers, asked)]
      return { ...headOf(asked), batteries, days }
    },
  })
}

const addCircuits = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/circuits',
    schema: {
      operationId: 'getCircuits',
      summary: 'What drew how much, top consumers first',
      tags: ['history'],
      ...ofHistory({}),
      response: { 200: Circuits, default: problemResponse },
    },
    handler: async (request, reply) => {
      const asked = readAsked(sources, request, 7 * DAY_MS)
      if ('status' in asked) return sendProblem(reply, asked)
      return { ...headOf(asked), circuits: await circuitsOf(sources.answers, asked) }
    },
  })
}

const addSolar = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/solar',
    schema: {
      operationId: 'getSolar',
      summary: 'What the sun brought, day by day, and the best days',
      tags: ['history'],
      ...ofHistory({}),
      response: { 200: Solar, default: problemResponse },
    },
    handler: async (request, reply) => {
      const asked = readAsked(sources, request, 30 * DAY_MS)
      if ('status' in asked) return sendProblem(reply, asked)
      const days = await solarOf(sources.answers, asked)
      return { ...headOf(asked), days, best_days: bestDays(days, BEST_DAYS) }
    },
  })
}

const addCompleteness = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/completeness',
    schema: {
      operationId: 'getCompleteness',
      summary: 'How much of each day or month is covered, and why not the rest',
      tags: ['history'],
      ...ofHistory({ by: CompletenessBy.default('day') }),
      response: { 200: Completeness, default: problemResponse },
    },
    handler: async (request, reply) => {
      const { by } = request.query
      const asked = readAsked(sources, request, (by === 'day' ? 30 : 365) * DAY_MS)
      if ('status' in asked) return sendProblem(reply, asked)
      return { ...headOf(asked), by, periods: await completenessOf(sources.answers, { ...asked, by }) }
    },
  })
}

export const addAnalysisRoutes = (app: App, sources: Sources): void => {
  addHealthOfPacks(app, sources)
  addCircuits(app, sources)
  addSolar(app, sources)
  addCompleteness(app, sources)
}
