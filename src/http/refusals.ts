/** What is said when no route can answer: unknown paths, wrong parameters, broken requests, failures of our own. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { CollectorError } from '../errors.ts'
import type { Log } from '../log.ts'
import { secure } from './headers.ts'
import { PROBLEM_TYPE, type Problem, problem, sendProblem } from './problem.ts'
import type { App } from './route.ts'

export type ErrorLog = Pick<Log, 'error' | 'warn'>

const HELP = 'What there is stands in /api/v1/openapi.json.'

const parameterProblem = (error: FastifyError, url: string): Problem => {
  const wrong = (error.validation ?? []).map(({ instancePath, message }) =>
    `${instancePath.slice(1)} ${message}`.trim(),
  )
  return problem('parameter_invalid', `In ${error.validationContext}: ${wrong.join('; ')}. ${HELP}`, url)
}

/** History is the store's, and what it says when it cannot tell; all that is known now is told without it. */
const storeProblem = ({ message, help }: CollectorError, url: string): Problem =>
  problem('store_unavailable', `${message.replace(/[.]?$/, '.')} ${help} Routes that tell of now go on.`, url)

const describe = (error: FastifyError, url: string, log: ErrorLog): Problem => {
  if (hasZodFastifySchemaValidationErrors(error)) return parameterProblem(error as FastifyError, url)
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) return problem('request_invalid', `${error.message}. ${HELP}`, url, status)
  if (error instanceof CollectorError && error.code.startsWith('store_')) {
    log.warn({ err: error, path: url.split('?', 1)[0] }, 'The store did not answer a question; collecting goes on')
    return storeProblem(error, url)
  }
  log.error({ err: error, path: url.split('?', 1)[0] }, 'The API could not answer; collecting goes on undisturbed')
  return problem('failed', 'The reason stands in the log of the collector. Collecting goes on undisturbed.', url)
}

const unknownPath = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendProblem(reply, problem('path_unknown', `There is no ${request.method} of this path. ${HELP}`, request.url))

/** Answers a request whose path cannot even be read; no hook has run for it. */
export const refuseUnreadable =
  (log: ErrorLog) => (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
    void sendProblem(secure(reply), describe(error, request.url, log))

const BROKEN: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }

/** Answers bytes that are no HTTP request: there is none to reply to, only the socket. */
export const refuseBroken = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = BROKEN[error.code ?? ''] ?? 400
  const body = JSON.stringify(problem('request_invalid', `What came is no HTTP request. ${HELP}`, '', status))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

export const addRefusals = (app: App, log: ErrorLog): void => {
  app.setNotFoundHandler(unknownPath)
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(reply, describe(error, request.url, log)))
}
