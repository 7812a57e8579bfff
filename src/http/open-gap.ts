/** The gap of a kit or module that goes on, in the words of its row in the measurement `gap`. */
import { z } from 'zod'
import { GAP_CAUSES, type GapCause } from '../track/causes.ts'
import type { OpenGap } from '../track/state.ts'

/** Of a row's schema; absent as long as nothing is missing. */
export const GAP_FIELDS = {
  gap_cause: z
    .enum(Object.keys(GAP_CAUSES) as [GapCause, ...GapCause[]])
    .optional()
    .describe(
      `Why values are missing now. ${Object.entries(GAP_CAUSES)
        .map(([cause, is]) => `${cause}: ${is}`)
        .join(' ')}`,
    ),
  gap_since_ms: z.number().int().optional().describe('Since when they are missing for this cause (epoch ms)'),
  gap_text: z.string().optional().describe('The cause in a sentence'),
}

export const gapFields = (gap: OpenGap | undefined) =>
  gap === undefined ? {} : { gap_cause: gap.cause, gap_since_ms: gap.startAt, gap_text: gap.text }
