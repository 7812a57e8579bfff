/** What routes about one kit share: its serial number in the path, and what is said when nobody knows it. */
import { z } from 'zod'
import type { TrackState } from '../track/state.ts'
import { type Problem, problem } from './problem.ts'
import { NoQuery } from './route.ts'

const MAX_NAMED = 50

export const ofKit = {
  params: z.object({ sn: z.string().min(1).max(128).describe('Serial number of the kit') }),
  querystring: NoQuery,
}

export const kitUnknown = (state: TrackState, sn: string, url: string): Problem => {
  const known = [...state.kits.keys()].slice(0, MAX_NAMED)
  const others = state.kits.size - known.length
  const named =
    known.length === 0 ? 'None is known yet.' : `Known: ${known.join(', ')}${others > 0 ? ` and ${others} more` : ''}.`
  return { ...problem('kit_unknown', `No kit ${sn} is known here. ${named}`, url), known_kits: known }
}
