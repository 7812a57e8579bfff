/** GET /api/v1/kits and /api/v1/kits/{sn}: the kits, each as its row of the measurement `kit` says. */
import { z } from 'zod'
import { openGaps } from '../../track/gaps.ts'
import { describeKit, listKits } from '../../track/live.ts'
import { mayReach } from '../callers.ts'
import { kitUnknown, ofKit } from '../of-kit.ts'
import { GAP_FIELDS, Gap, gapFields } from '../open-gap.ts'
import { problemResponse, sendProblem } from '../problem.ts'
import { type App, At, NoQuery, type Sources } from '../route.ts'
import { rowFields } from '../status-row.ts'

const Kit = rowFields({
  kit_sn: z.string().describe('Serial number of the hub, under which the cloud knows the kit'),
  label: z.string().describe("The owner's name for it and its serial number"),
  trouble_code: z.number().describe('Ranks what a person should look at first: 0 is well'),
  is_live: z.boolean(),
  is_online: z.boolean().optional().describe("The cloud's last word on whether the kit is connected"),
  error_count: z.number().describe('Active errors of all modules'),
  packs_live_count: z.number().describe('Packs that report'),
  packs_known_count: z.number(),
  firmware: z.string().optional().describe('Of the hub'),
  soc_pct: z.number().optional().describe('State of charge; while fresh'),
  net_w: z.number().optional().describe('Power of the batteries, + when charging; while fresh'),
  to_empty_s: z.number().optional().describe("The kit's own estimate; while fresh"),
  to_full_s: z.number().optional().describe("The kit's own estimate; while fresh"),
  completeness_today_pct: z.number().optional().describe('How much of the day so far is not missing'),
  ...GAP_FIELDS,
}).meta({
  id: 'Kit',
  examples: [
    {
      kit_sn: 'M109ZEB4ZE7B0001',
      label: 'Van · M109ZEB4ZE7B0001',
      verdict: 'live',
      verdict_code: 0,
      verdict_text: 'reports arrive as often as they used to',
      trouble_code: 0,
      is_live: true,
      age_s: 2,
      last_report_ms: 1_700_000_000_000,
      cadence_s: 2.1,
      error_count: 0,
      packs_live_count: 2,
      packs_known_count: 2,
      soc_pct: 87,
      net_w: 496,
    },
  ],
})

const ActiveError = z
  .object({
    module_sn: z.string(),
    measurement: z.string(),
    tags: z.record(z.string(), z.string()).describe('Where in the module: circuit, input'),
    code: z.number().describe('As the wire says it'),
    meaning: z.string(),
    since_ms: z.number().int().describe('Epoch ms'),
  })
  .meta({ id: 'ActiveError' })

const Kits = z.object({ at: At, kits: z.array(Kit) }).meta({ id: 'Kits' })
const OneKit = z
  .object({
    at: At,
    kit: Kit,
    errors: z.array(ActiveError),
    gaps: z.array(Gap).describe('What of the kit and of its modules is missing now'),
  })
  .meta({ id: 'OneKit' })

const addKitList = (app: App, { state, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits',
    schema: {
      operationId: 'listKits',
      summary: 'All known kits',
      description: 'Every kit that ever reported or that the settings name, also while nothing is heard of it.',
      tags: ['kits'],
      querystring: NoQuery,
      response: { 200: Kits, default: problemResponse },
    },
    handler: async ({ caller }) => {
      const at = now()
      const { kits } = state()
      const rows = listKits(state(), at).filter((kit) => mayReach(caller, kit.kit_sn))
      return { at, kits: rows.map((kit) => ({ ...kit, ...gapFields(kits.get(kit.kit_sn)) })) }
    },
  })
}

const addOneKit = (app: App, { state, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn',
    schema: {
      operationId: 'getKit',
      summary: 'One kit, its active errors, and what of it is missing',
      tags: ['kits'],
      ...ofKit,
      response: { 200: OneKit, default: problemResponse },
    },
    handler: async (request, reply) => {
      const at = now()
      const found = describeKit(state(), request.params.sn, at)
      const known = state().kits.get(request.params.sn)
      if (!found || !known) return sendProblem(reply, kitUnknown(state(), request))
      return { at, kit: { ...found.kit, ...gapFields(known) }, errors: found.errors, gaps: openGaps(known) }
    },
  })
}

export const addKitRoutes = (app: App, sources: Sources): void => {
  addKitList(app, sources)
  addOneKit(app, sources)
}
