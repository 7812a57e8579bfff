/** POST /api/v1/kits/{sn}/commands: asks for a command, or for what it would be. Whether it may go is the care of control. */
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { type CommandRecord, hasEnded } from '../../control/command-record.ts'
import type { Answer } from '../../control/control.ts'
import { commandView, PlanOf, planView, SentCommand } from '../command-schema.ts'
import { type Linger, untilCommand } from '../lingering.ts'
import { kitUnknown, ofKit } from '../of-kit.ts'
import { problemResponse, refusedCommand, sendProblem } from '../problem.ts'
import type { App, Sources } from '../route.ts'
import { includesScope } from '../tokens.ts'

const MOST_BYTES = 16_384
/** Longer than a command takes to be confirmed or given up. */
const MOST_WAIT_MS = 90_000

/** What may be waited for; a command that has ended is waited for no longer. */
const WISHES = {
  sent: (record) => record.state !== 'accepted',
  acknowledged: (record) => record.isAcknowledged || hasEnded(record),
  confirmed: hasEnded,
} as const satisfies Record<string, (record: CommandRecord) => boolean>

type Wish = keyof typeof WISHES

const AskedCommand = z.strictObject({
  command: z.string().min(1).max(64).describe('Name in the catalogue'),
  params: z.record(z.string(), z.unknown()).default({}).describe('In the units of the catalogue'),
  confirmation: z
    .string()
    .max(256)
    .optional()
    .describe('Of a dangerous command: the token that its refusal gave, which is valid once and not for long'),
})

const Query = z.strictObject({
  'dry-run': z.enum(['true', 'false']).default('false').describe('Only tell what would be sent, after all checks'),
  wait: z
    .enum(Object.keys(WISHES) as [Wish, ...Wish[]])
    .optional()
    .describe(`Answer when it is so, or has ended, or after ${MOST_WAIT_MS / 1000} s`),
})

const Headers = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/)
    .optional()
    .describe('Made up by the caller: the same key with the same content is the same command, however often it comes'),
})

const Taken = z
  .object({ command: SentCommand.optional().describe('Absent in a dry run'), plan: PlanOf })
  .meta({ id: 'TakenCommand' })

const taken = ({ plan }: Extract<Answer, { isOk: true }>, record: CommandRecord | undefined) => ({
  ...(record && { command: commandView(record) }),
  plan: planView(plan),
})

/** How the command stands when what is wished has come, or cannot be waited for. */
const later = async (
  sources: Sources,
  linger: Linger,
  record: CommandRecord,
  wish: Wish | undefined,
  reply: FastifyReply,
): Promise<CommandRecord> => {
  const { control } = sources
  const signal = wish && linger(reply)
  if (signal) await untilCommand({ control, timers: sources, signal }, record.id, WISHES[wish], MOST_WAIT_MS)
  return control.get(record.id) ?? record
}

export const addAskRoute = (app: App, sources: Sources, linger: Linger): void => {
  const { state, control } = sources
  app.route({
    method: 'POST',
    url: '/api/v1/kits/:sn/commands',
    bodyLimit: MOST_BYTES,
    config: { asks: 'control' },
    schema: {
      operationId: 'askCommand',
      summary: 'Send a command to a kit',
      description:
        'Answers 202 when the command is on disk and on its way, 200 when it has ended or was only a dry run. ' +
        'A dangerous command is refused with 428 the first time: send it again with the confirmation of that answer.',
      tags: ['commands'],
      params: ofKit.params,
      querystring: Query,
      headers: Headers,
      body: AskedCommand,
      response: { 200: Taken, 202: Taken, default: problemResponse },
    },
    handler: async (request, reply) => {
      const { params, query, body, headers, caller, url } = request
      if (!state().kits.has(params.sn)) return sendProblem(reply, kitUnknown(state(), request))
      const answer = await control.ask({
        kitSn: params.sn,
        ...body,
        by: caller.name,
        mayDanger: includesScope(caller.scope, 'dangerous'),
        idempotencyKey: headers['idempotency-key'],
        isDryRun: query['dry-run'] === 'true',
      })
      if (!answer.isOk) return sendProblem(reply, refusedCommand(answer.refusal, url))
      if (!answer.record) return taken(answer, undefined)
      const record = await later(sources, linger, answer.record, query.wait, reply)
      reply.code(hasEnded(record) ? 200 : 202).header('location', `/api/v1/commands/${record.id}`)
      return taken(answer, record)
    },
  })
}
