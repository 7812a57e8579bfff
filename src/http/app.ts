/**
 * The API without its socket: guards, routes, refusals. It reads what it is given; only commands change anything, and
 * those it hands on. That nobody reads from afar without a token is the care of server.ts.
 */
import swagger from '@fastify/swagger'
import { fastify } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { addConsole } from './console.ts'
import { addDocs } from './docs.ts'
import { type Access, addGuards } from './guards.ts'
import { createLinger } from './lingering.ts'
import { documentOptions } from './openapi.ts'
import { addRefusals, type ErrorLog, refuseBroken, refuseUnreadable } from './refusals.ts'
import type { App, Sources } from './route.ts'
import { addAnalysisRoutes } from './routes/analysis.ts'
import { addAskRoute } from './routes/ask-command.ts'
import { addCallerRoute } from './routes/caller.ts'
import { addCollectorRoute } from './routes/collector.ts'
import { addCommandRoutes } from './routes/commands.ts'
import { addDoctorRoutes } from './routes/doctor.ts'
import { addEnergyRoute } from './routes/energy.ts'
import { addHealthRoute } from './routes/healthz.ts'
import { addKitRoutes } from './routes/kits.ts'
import { addLatestRoute } from './routes/latest.ts'
import { addLiveRoute } from './routes/live.ts'
import { addMetricsRoute } from './routes/metrics.ts'
import { addModulesRoute } from './routes/modules.ts'
import { addDocumentRoute } from './routes/openapi.ts'
import { addReadyRoute } from './routes/readyz.ts'
import { addSeriesRoute } from './routes/series.ts'
import { addSetupRoutes } from './routes/setup.ts'
import { addStretchRoutes } from './routes/stretches.ts'

const MAX_PARAMETER = 400
const REQUEST_TIMEOUT_MS = 30_000

export const createApp = async (access: Access, sources: Sources, log: ErrorLog): Promise<App> => {
  const app = fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAMETER },
    frameworkErrors: refuseUnreadable(log),
    clientErrorHandler: refuseBroken,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  // JSON is all that is read: a form or a plain text, which any page may send, is refused unread.
  app.removeContentTypeParser('text/plain')
  await addGuards(app, access, sources.now, log)
  addRefusals(app, log)
  await app.register(swagger, documentOptions(sources.status().version, Boolean(access.token)))
  const linger = createLinger(app)
  addHealthRoute(app, sources)
  addReadyRoute(app, sources)
  addMetricsRoute(app, sources)
  addKitRoutes(app, sources)
  addModulesRoute(app, sources)
  addLatestRoute(app, sources)
  addLiveRoute(app, sources, linger, log)
  addSeriesRoute(app, sources)
  addEnergyRoute(app, sources)
  addStretchRoutes(app, sources)
  addAnalysisRoutes(app, sources)
  addCollectorRoute(app, sources)
  addDoctorRoutes(app, sources)
  addCallerRoute(app)
  addSetupRoutes(app, sources)
  addCommandRoutes(app, sources, linger, Boolean(access.controlTokens?.length))
  addAskRoute(app, sources, linger)
  addDocumentRoute(app)
  await addDocs(app)
  await addConsole(app, sources.consoleDir)
  return app
}
