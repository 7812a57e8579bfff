/** What routes about one kit share: its serial number in the path, and what is said when nobody knows it. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { TrackState } from '../track/state.ts'
import { mayReach } from './callers.ts'
import { type Problem, problem } from './problem.ts'
import { NoQuery } from './route.ts'

const MAX_NAMED = 50

type OfKit = Pick<FastifyRequest<{ Params: { sn: string } }>, 'params' | 'url' | 'caller'>

export const ofKit = {
  params: z.object({ sn: z.string().min(1).max(128).describe('Serial number of the kit') }),
  querystring: NoQuery,
}

/** Names the kits there are, as far as the caller may know of them. */
export const kitUnknown = (state: TrackState, { params: { sn }, url, caller }: OfKit): Problem => {
  const all = [...state.kits.keys()].filter((kit) => mayReach(caller, kit))
  const known = all.slice(0, MAX_NAMED)
  const others = all.length - known.length
  const named =
    known.length === 0 ? 'None is known yet.' : `Known: ${known.join(', ')}${others > 0 ? ` and ${others} more` : ''}.`
  return { ...problem('kit_unknown', `No kit ${sn} is known here. ${named}`, url), known_kits: known }
}
