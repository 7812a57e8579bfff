/**
 * The console's files at `/`, open to everybody since they tell of no kit; what the page asks for needs its token.
 * Promises: only files that stood in the folder at the start are ever sent, under their own names.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import { problem, sendProblem } from './problem.ts'
import type { App } from './route.ts'

/** The page runs and loads nothing but its own files, asks nobody but us, and stands in no frame. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Files there carry the hash of what is in them in their names. */
const HASHED = /[\\/]assets[\\/]/
const FOR_EVER = 'public, max-age=31536000, immutable'

const setHeaders = (reply: FastifyReply, path: string): void => {
  reply.headers({
    'content-security-policy': PAGE_POLICY,
    'cache-control': HASHED.test(path) ? FOR_EVER : 'no-cache',
  })
}

const NOT_BUILT =
  'The console is not there: build it with `npm run build`, then start again. The API works without it: /docs describes it.'

const addAbsence = (app: App): void => {
  app.route({
    method: 'GET',
    url: '/',
    config: { asks: 'nothing' },
    schema: { hide: true },
    handler: async (request, reply) => sendProblem(reply, problem('path_unknown', NOT_BUILT, request.url)),
  })
}

/** `folder` is absolute; without the page in it, `/` says how to build it. */
export const addConsole = async (app: App, folder: string | undefined): Promise<void> => {
  if (folder === undefined || !existsSync(join(folder, 'index.html'))) return addAbsence(app)
  await app.register(async (page) => {
    page.addHook('onRoute', (route) => {
      route.config = { ...route.config, asks: 'nothing' }
    })
    await page.register(fastifyStatic, {
      root: folder,
      // A route for each file, so that no path leads anywhere else.
      wildcard: false,
      globIgnore: ['**/*.gz'],
      decorateReply: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders,
    })
  })
}
