/** GET /api/v1/kits and /api/v1/kits/{sn}: the kits, each as its row of the measurement `kit` says. */
import { Kits, OneKit, tellKit, tellKits } from '../kit-answers.ts'
import { kitUnknown, ofKit } from '../of-kit.ts'
import { problemResponse, sendProblem } from '../problem.ts'
import { type App, NoQuery, type Sources } from '../route.ts'

const addKitList = (app: App, sources: Sources): void => {
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
    handler: async ({ caller }) => tellKits(sources, caller, sources.now()),
  })
}

const addOneKit = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn',
    schema: {
      operationId: 'getKit',
      summary: 'One kit, its active errors, and what of it is missing',
      description: 'With the balance of power as it stands, while the kit is heard.',
      tags: ['kits'],
      ...ofKit,
      response: { 200: OneKit, default: problemResponse },
    },
    handler: async (request, reply) =>
      tellKit(sources, request.params.sn, sources.now()) ?? sendProblem(reply, kitUnknown(sources.state(), request)),
  })
}

export const addKitRoutes = (app: App, sources: Sources): void => {
  addKitList(app, sources)
  addOneKit(app, sources)
}
