/** What routes about a kit's history share: the range that is asked for, and the head of the answer. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Entry } from '../analysis/asked.ts'
import { type Asked, numberIn } from '../analysis/asked.ts'
import type { KitState } from '../track/state.ts'
import { MOMENT_FORMS, readMoment } from './moments.ts'
import { kitUnknown, ofKit } from './of-kit.ts'
import { type Problem, problem } from './problem.ts'
import { At, type Sources } from './route.ts'

const LONGEST_MOMENT = 40

const Moment = z
  .string({ error: `is to be given once: ${MOMENT_FORMS}` })
  .max(LONGEST_MOMENT, { error: `is no time: expected ${MOMENT_FORMS}` })

/** Schemas of path and query; `more` are the query parameters beyond the range. */
export const ofHistory = <Shape extends z.core.$ZodLooseShape>(more: Shape) => ({
  params: ofKit.params,
  querystring: z.strictObject({
    from: Moment.optional().describe(`Inclusive: ${MOMENT_FORMS}`),
    to: Moment.optional().describe(`Exclusive, in the same forms; now when left out`),
    ...more,
  }),
})

/** The head of every answer. */
export const HEAD = {
  at: At,
  kit_sn: z.string(),
  time_zone: z.string().describe('In which days, months and years of the kit begin (IANA name)'),
  from_ms: z.number().int().describe('Inclusive (epoch ms)'),
  to_ms: z.number().int().describe('Exclusive (epoch ms)'),
}

export interface HistoryAsked extends Asked {
  readonly kit: KitState
  readonly timeZone: string
  readonly at: number
}

interface RangeQuery {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

type HistoryRequest = Pick<
  FastifyRequest<{ Params: { sn: string }; Querystring: RangeQuery }>,
  'params' | 'query' | 'url' | 'caller'
>

/** What is asked, or why that cannot be answered. Without `from` the range is the last `usualMs`. */
export const readAsked = (
  { state, now }: Sources,
  request: HistoryRequest,
  usualMs: number,
): HistoryAsked | Problem => {
  const { params, query, url } = request
  const kit = state().kits.get(params.sn)
  if (kit === undefined) return kitUnknown(state(), request)
  const { timeZone } = kit
  const at = now()
  const toAt = query.to === undefined ? at : readMoment(query.to, timeZone, at)
  const fromAt = query.from === undefined ? (toAt ?? at) - usualMs : readMoment(query.from, timeZone, at)
  if (fromAt === undefined || toAt === undefined)
    return problem('parameter_invalid', `In querystring: from and to are ${MOMENT_FORMS}.`, url)
  if (fromAt >= toAt) return problem('parameter_invalid', 'In querystring: from must be before to.', url)
  return { kit, kitSn: kit.sn, timeZone, at, fromAt, toAt }
}

export const headOf = ({ at, kitSn, timeZone, fromAt, toAt }: HistoryAsked) => ({
  at,
  kit_sn: kitSn,
  time_zone: timeZone,
  from_ms: fromAt,
  to_ms: toAt,
})

/** An answer holds so many entries. */
export const MOST_ENTRIES = 2_000

export const NEXT = {
  next_from_ms: z
    .number()
    .int()
    .optional()
    .describe(`There are more than ${MOST_ENTRIES}: where to go on as \`from\` (epoch ms)`),
}

/** The first entries, and where the next ones begin; ask for one more than fit. */
export const cut = (entries: readonly Entry[]): { readonly told: readonly Entry[]; readonly next_from_ms?: number } => {
  const next = entries[MOST_ENTRIES]
  const told = entries.slice(0, MOST_ENTRIES)
  return next === undefined ? { told } : { told, next_from_ms: numberIn(next, 'start_ms') }
}
