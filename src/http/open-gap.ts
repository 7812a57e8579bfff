/** What of a kit is missing now, in the words of its rows in the measurement `gap`. */
import { z } from 'zod'
import { GAP_CAUSES, type GapCause } from '../track/causes.ts'
import type { KitState } from '../track/state.ts'

const Cause = z.enum(Object.keys(GAP_CAUSES) as [GapCause, ...GapCause[]]).describe(
  Object.entries(GAP_CAUSES)
    .map(([cause, is]) => `${cause}: ${is}`)
    .join(' '),
)

export const Gap = z
  .object({
    module_sn: z.string().describe('`all`: the whole kit'),
    cause: Cause,
    text: z.string().describe('The cause in a sentence'),
    since_ms: z.number().int().describe('Since when values are missing for this cause (epoch ms)'),
  })
  .meta({ id: 'Gap' })

/** Of the kit's row; absent as long as the kit as a whole is heard. */
export const GAP_FIELDS = {
  gap_cause: Cause.optional(),
  gap_text: z.string().optional().describe('Why nothing of the kit comes now, in a sentence'),
  gap_since_ms: z.number().int().optional().describe('Since when (epoch ms)'),
}

export const gapFields = (kit: KitState | undefined) => {
  const gap = kit?.ledger.gap
  return gap === undefined ? {} : { gap_cause: gap.cause, gap_text: gap.text, gap_since_ms: gap.startAt }
}
