/** GET /api/v1/kits/{sn}/modules: the modules of a kit, each as its row of the measurement `module` says. */
import { z } from 'zod'
import { listModules } from '../../track/live.ts'
import { kitUnknown, ofKit } from '../of-kit.ts'
import { problemResponse, sendProblem } from '../problem.ts'
import { type App, At, type Sources } from '../route.ts'
import { rowFields } from '../status-row.ts'

const Module = rowFields({
  module_sn: z.string(),
  kind: z.string().describe('As on the wire; `listed`: it stands in the list of modules and never reported'),
  label: z.string().describe('The kind in words'),
  is_fresh: z.boolean().describe('Whether it reports as often as it used to'),
  reports_count: z.number().describe('Reports since it was first heard'),
  error_count: z.number().describe('Active errors'),
  firmware: z.string().optional(),
  loader: z.string().optional(),
}).meta({
  id: 'Module',
  examples: [
    {
      module_sn: 'M1093-DCOU-0A1B2',
      kind: 'bbcout',
      label: 'DC output',
      verdict: 'live',
      verdict_code: 0,
      verdict_text: 'reports arrive as often as they used to',
      is_fresh: true,
      age_s: 2,
      last_report_ms: 1_700_000_000_000,
      cadence_s: 2.1,
      reports_count: 5120,
      error_count: 0,
      firmware: '2.1.0.9',
    },
  ],
})

const Modules = z.object({ at: At, kit_sn: z.string(), modules: z.array(Module) }).meta({ id: 'Modules' })

export const addModulesRoute = (app: App, { state, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/modules',
    schema: {
      operationId: 'listModules',
      summary: 'The modules of a kit',
      description: 'Those that report, and those that the kit merely lists.',
      tags: ['kits'],
      ...ofKit,
      response: { 200: Modules, default: problemResponse },
    },
    handler: async (request, reply) => {
      const at = now()
      const { sn } = request.params
      const modules = listModules(state(), sn, at)
      return modules ? { at, kit_sn: sn, modules } : sendProblem(reply, kitUnknown(state(), request))
    },
  })
}
