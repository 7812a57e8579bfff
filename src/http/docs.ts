/**
 * /docs: the description of the API as a page, served whole from here. Open to everybody, since it tells of no kit; what
 * is tried out on it needs the token that is typed in there.
 */
import swaggerUi from '@fastify/swagger-ui'
import type { App } from './route.ts'

/** The page styles its own elements; it runs no script and asks nobody but us. */
const PAGE_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

export const addDocs = async (app: App): Promise<void> => {
  await app.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = { ...route.config, asks: 'nothing' }
    })
    await docs.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: PAGE_POLICY,
      theme: { title: 'powerkits API' },
      // Without the bar above it, which would load the description of any other server.
      uiConfig: { layout: 'BaseLayout', docExpansion: 'list', deepLinking: true, defaultModelsExpandDepth: 0 },
    })
  })
}
