/** GET /api/v1/doctor and /api/v1/diagnostics: what the doctor finds in this collector, and the archive that tells of it. */
import { z } from 'zod'
import { summary } from '../../doctor/finding.ts'
import { FindingOf } from '../finding-schema.ts'
import { problemResponse } from '../problem.ts'
import { type App, At, NoQuery, type Sources } from '../route.ts'

const Examined = z
  .object({
    at: At,
    is_well: z.boolean().describe('Whether nothing failed'),
    summary: z.string().describe('How many findings there are of each state'),
    findings: z.array(FindingOf).describe('In the order in which one thing needs another'),
  })
  .meta({ id: 'Examination' })

const addDoctor = (app: App, { doctor }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/doctor',
    config: { isOfAllKits: true },
    schema: {
      operationId: 'examineCollector',
      summary: 'Look at all that the collector needs',
      description:
        'As `powerkits doctor` does: keys, region, clock, permissions, kits, session, store, disk. It asks the cloud, and ' +
        'takes as long as that takes; the same findings are told for half a minute.',
      tags: ['collector'],
      querystring: NoQuery,
      response: { 200: Examined, default: problemResponse },
    },
    handler: async () => {
      const { at, findings } = await doctor.examine()
      const { isWell, text } = summary(findings)
      return { at, is_well: isWell, summary: text, findings: [...findings] }
    },
  })
}

const Archive = {
  description: 'A .tar.gz without secrets; serial numbers and names of kits are in it.',
  content: { 'application/gzip': { schema: z.any().meta({ type: 'string', format: 'binary' }) } },
}

const addDiagnostics = (app: App, { doctor, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/diagnostics',
    exposeHeadRoute: false,
    config: { isOfAllKits: true },
    schema: {
      operationId: 'getDiagnostics',
      summary: 'The archive for the maintainers',
      description:
        'As `powerkits doctor --bundle` writes it: findings, settings, the fleet, what the collector says of itself.',
      tags: ['collector'],
      querystring: NoQuery,
      response: { 200: Archive, default: problemResponse },
    },
    handler: async (_request, reply) => {
      const archive = await doctor.bundle()
      const day = new Date(now()).toISOString().slice(0, 10)
      return reply
        .header('content-disposition', `attachment; filename="powerkits-diagnostics-${day}.tar.gz"`)
        .type('application/gzip')
        .send(archive)
    },
  })
}

export const addDoctorRoutes = (app: App, sources: Sources): void => {
  addDoctor(app, sources)
  addDiagnostics(app, sources)
}
