/** GET /api/v1/kits/{sn}/energy: energies by quarters of an hour, or local days, months and years. */
import { z } from 'zod'
import { energyBy, PERIODS, type Period } from '../../analysis/energy.ts'
import { entrySchema } from '../entry-schema.ts'
import { HEAD, headOf, ofHistory, readAsked } from '../history-question.ts'
import { problem, problemResponse, sendProblem } from '../problem.ts'
import type { App, Sources } from '../route.ts'

const DAY_MS = 86_400_000

/** What is told when nothing is said of the range. */
const USUAL_MS: Readonly<Record<Period, number>> = {
  quarter: DAY_MS,
  day: 30 * DAY_MS,
  month: 365 * DAY_MS,
  year: 3650 * DAY_MS,
}
const MOST_QUARTERS_MS = 100 * DAY_MS

const By = z.enum(PERIODS).default('day').describe('Quarters of an hour UTC; the others by the clock of the kit')

const Energies = z
  .object({
    ...HEAD,
    by: z.enum(PERIODS),
    periods: z
      .array(entrySchema('energy_day'))
      .describe('Each whole, if it lies in the range at least in part; quarters have no local_date and hours_count'),
  })
  .meta({
    id: 'Energies',
    examples: [
      {
        at: 1_780_308_000_000,
        kit_sn: 'M109ZEB4ZE7B0001',
        time_zone: 'Europe/Berlin',
        from_ms: 1_780_264_800_000,
        to_ms: 1_780_351_200_000,
        by: 'day',
        periods: [
          {
            start_ms: 1_780_264_800_000,
            covered_s: 86_152.5,
            expected_s: 86_400,
            solar_wh: 2410.25,
            battery_charge_wh: 1630.1,
            battery_discharge_wh: 912.75,
            ac_out_wh: 1204.5,
            dc_out_wh: 388.2,
            load_wh: 1592.7,
            local_date: '2026-06-01',
            hours_count: 24,
          },
        ],
      },
    ],
  })

export const addEnergyRoute = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/energy',
    schema: {
      operationId: 'getEnergy',
      summary: 'Energy by quarter, day, month or year',
      description:
        '`covered_s` of `expected_s` is covered by reports of all modules, and only that is summed up: what is missing ' +
        'is not guessed at. A period in which nothing was heard stands here with `covered_s` 0.',
      tags: ['history'],
      ...ofHistory({ by: By }),
      response: { 200: Energies, default: problemResponse },
    },
    handler: async (request, reply) => {
      const { by } = request.query
      const asked = readAsked(sources, request, USUAL_MS[by])
      if ('status' in asked) return sendProblem(reply, asked)
      if (by === 'quarter' && asked.toAt - asked.fromAt > MOST_QUARTERS_MS) {
        const detail = 'In querystring: quarters are told for at most 100 days at once: ask for by=day, or less.'
        return sendProblem(reply, problem('parameter_invalid', detail, request.url))
      }
      return { ...headOf(asked), by, periods: await energyBy(sources.answers, { ...asked, by }) }
    },
  })
}
