/** Headers that keep browsers careful: nothing of an answer is guessed at, kept, framed or run. */
import type { FastifyReply } from 'fastify'

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const

export const secure = (reply: FastifyReply): FastifyReply => reply.headers(SECURITY_HEADERS)
