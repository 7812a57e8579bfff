/** GET /api/v1/kits/{sn}/latest: every known value of a kit, with its age and whether it is current. */
import { z } from 'zod'
import { UNITS, type Unit } from '../../catalogue/units.ts'
import { latestValues } from '../../track/live.ts'
import { kitUnknown, ofKit } from '../of-kit.ts'
import { problemResponse, sendProblem } from '../problem.ts'
import { type App, At, type Sources } from '../route.ts'
import { VerdictWord } from '../status-row.ts'

const Fresh = z
  .boolean()
  .describe(
    'Whether the module reports as often as it used to. If not, this is the last value known, not a current one',
  )

const UnitWord = z.enum(Object.keys(UNITS) as [Unit, ...Unit[]]).describe(
  Object.entries(UNITS)
    .map(([unit, is]) => `${unit}: ${is}`)
    .join('; '),
)

const Field = z
  .object({
    name: z.string().describe('As in the store; ends in its unit'),
    value: z.union([z.number(), z.string()]).describe('Flags are 0 or 1, states their text'),
    raw: z.number().optional().describe('Of a state: its number on the wire'),
    unit: UnitWord,
    age_s: z
      .number()
      .int()
      .describe(
        "Since the module's last report. Reports carry what changed, so each confirms the fields it leaves out",
      ),
    pushed_age_s: z
      .number()
      .int()
      .optional()
      .describe(
        'Since the field itself was last pushed; absent if it came by poll. Of a computed field: its oldest input',
      ),
    is_fresh: Fresh,
  })
  .meta({
    id: 'Field',
    examples: [{ name: 'voltage_v', value: 53.21, unit: 'v', age_s: 2, pushed_age_s: 14, is_fresh: true }],
  })

const Series = z
  .object({
    measurement: z.string().describe('Where the store has its history'),
    tags: z.record(z.string(), z.string()).describe('Identify the series in the store'),
    fields: z.array(Field),
  })
  .meta({ id: 'Series' })

const Values = z
  .object({
    module_sn: z.string(),
    kind: z.string(),
    label: z.string(),
    verdict: VerdictWord,
    is_fresh: Fresh,
    age_s: z.number().int().describe("Since the module's last report"),
    series: z.array(Series).describe('Empty when nothing is known'),
  })
  .meta({ id: 'Values' })

const Latest = z.object({ at: At, kit_sn: z.string(), modules: z.array(Values) }).meta({ id: 'Latest' })

export const addLatestRoute = (app: App, { state, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/latest',
    schema: {
      operationId: 'getLatest',
      summary: 'Every known value of a kit',
      description: 'Values of modules that fell silent stand here too, marked `is_fresh: false`.',
      tags: ['kits'],
      ...ofKit,
      response: { 200: Latest, default: problemResponse },
    },
    handler: async (request, reply) => {
      const at = now()
      const { sn } = request.params
      const modules = latestValues(state(), sn, at)
      return modules ? { at, kit_sn: sn, modules } : sendProblem(reply, kitUnknown(state(), request))
    },
  })
}
