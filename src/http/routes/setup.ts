/**
 * /api/v1/setup: a person connects an account of the vendor's cloud, while the demonstration runs. Who that is, the code
 * in the body shows; keys come in and never go out. What becomes of them is the care of `setup/`.
 */
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { CheckedKeys, Keys, Setup, SetupRefusal } from '../../setup/contract.ts'
import { FindingOf } from '../finding-schema.ts'
import { type Problem, type ProblemCode, problem, problemResponse, sendProblem } from '../problem.ts'
import { type App, At, NoQuery, type Sources } from '../route.ts'

const MOST_BYTES = 4_096

/** What the vendor gives has no blanks; those around it come with copying. */
const key = (is: string) =>
  z
    .string()
    .trim()
    .regex(/^[!-~]{8,256}$/, 'is not 8 to 256 letters, digits and signs without blanks')
    .describe(is)

const Asked = z.strictObject({
  code: z.string().max(64).describe('The one-time code in the terminal or the log of this start'),
  access_key: key('Access key of the developer platform'),
  secret_key: key('Secret key that belongs to it'),
  region: z.enum(['auto', 'eu', 'us']).default('auto').describe('auto: the one that knows the keys'),
})

const Looked = z
  .object({
    at: At,
    are_keys_taken: z.boolean().describe('Whether the cloud takes the keys and lists their kits'),
    is_saved: z.boolean().describe('Whether they are saved; the collector then goes on with them at once'),
    kits: z.array(z.object({ kit_sn: z.string(), name: z.string() })).describe('Of the account; a name may be empty'),
    findings: z.array(FindingOf).describe('In the order in which one thing needs another'),
  })
  .meta({ id: 'CheckedKeys' })

const Standing = z
  .object({
    at: At,
    is_open: z.boolean().describe('Whether keys are taken here: while only the demonstration runs'),
    tries_left: z.number().int().describe('How many wrong codes are left'),
    is_saved: z.boolean().describe('Keys are saved, and the collector is about to go on with them'),
    elsewhere: z.string().optional().describe('Why keys cannot be saved here, and where to put them instead'),
    problem: z.string().optional().describe('Why collecting did not start with keys that were saved'),
  })
  .meta({ id: 'Setup' })

const REFUSALS = {
  code_wrong: 'setup_code_wrong',
  code_spent: 'setup_code_spent',
  busy: 'setup_busy',
  elsewhere: 'setup_elsewhere',
  failed: 'setup_failed',
} as const satisfies Record<SetupRefusal['refused'], ProblemCode>

const OFF =
  'Keys are taken here only while the demonstration runs, and this collector has sources of its own. To change them, ' +
  'edit its settings and start it again: see README.md.'

const refusal = ({ refused, text }: SetupRefusal, url: string): Problem => problem(REFUSALS[refused], text, url)

const view = ({ findings, kits, isSaved = false }: CheckedKeys & { readonly isSaved?: boolean }, at: number) => ({
  at,
  are_keys_taken: kits !== undefined,
  is_saved: isSaved,
  kits: Object.entries(kits ?? {}).map(([kit_sn, { name }]) => ({ kit_sn, name })),
  findings: [...findings],
})

type Work = (setup: Setup, code: string, keys: Keys) => Promise<CheckedKeys | SetupRefusal>

const answer = async (
  { setup, now }: Sources,
  work: Work,
  { code, access_key: accessKey, secret_key: secretKey, region }: z.output<typeof Asked>,
  reply: FastifyReply,
) => {
  const { url } = reply.request
  if (setup === undefined) return sendProblem(reply, problem('setup_off', OFF, url))
  const done = await work(setup, code, { accessKey, secretKey, region })
  return 'refused' in done ? sendProblem(reply, refusal(done, url)) : view(done, now())
}

const addStanding = (app: App, { setup, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/setup',
    config: { isOfAllKits: true },
    schema: {
      operationId: 'getSetup',
      summary: 'Whether an account can be connected here',
      tags: ['collector'],
      querystring: NoQuery,
      response: { 200: Standing, default: problemResponse },
    },
    handler: async () => {
      if (setup === undefined) return { at: now(), is_open: false, tries_left: 0, is_saved: false, elsewhere: OFF }
      const { triesLeft, isSaved, elsewhere, problem: trouble } = await setup.status()
      return {
        at: now(),
        is_open: true,
        tries_left: triesLeft,
        is_saved: isSaved,
        ...(elsewhere !== undefined && { elsewhere }),
        ...(trouble !== '' && { problem: trouble }),
      }
    },
  })
}

const DESCRIPTION = 'Only while the demonstration runs, and only with the one-time code of this start.'

export const addSetupRoutes = (app: App, sources: Sources): void => {
  const shared = { method: 'POST', bodyLimit: MOST_BYTES, config: { isOfAllKits: true, isChange: true } } as const
  const schema = { tags: ['collector'], querystring: NoQuery, body: Asked } as const
  const response = { 200: Looked, default: problemResponse }
  addStanding(app, sources)
  app.route({
    ...shared,
    url: '/api/v1/setup/check',
    schema: { ...schema, response, operationId: 'checkKeys', summary: 'Look at keys', description: DESCRIPTION },
    handler: ({ body }, reply) => answer(sources, (setup, ...given) => setup.check(...given), body, reply),
  })
  app.route({
    ...shared,
    url: '/api/v1/setup',
    schema: {
      ...schema,
      response,
      operationId: 'saveKeys',
      summary: 'Save keys that the cloud takes, and collect',
      description: DESCRIPTION,
    },
    handler: ({ body }, reply) => answer(sources, (setup, ...given) => setup.save(...given), body, reply),
  })
}
