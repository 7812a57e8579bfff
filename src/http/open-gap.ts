/** What of a kit is missing now, in the words of its rows in the measurement `gap`, and among those that are stored. */
import { z } from 'zod'
import { type Entry, numberIn } from '../analysis/asked.ts'
import { GAP_CAUSES, type GapCause } from '../track/causes.ts'
import { openGaps } from '../track/gaps.ts'
import type { KitState } from '../track/state.ts'
import type { HistoryAsked } from './history-question.ts'

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

export const gapFields = (kit: KitState) => {
  const { gap } = kit.ledger
  return gap === undefined ? {} : { gap_cause: gap.cause, gap_text: gap.text, gap_since_ms: gap.startAt }
}

const identity = (entry: Entry): string => `${entry.start_ms} ${entry.module_sn}`

/**
 * Stored gaps with those that go on now as they stand at this moment. One that the store still takes for open and that
 * is over keeps the end that the store knows: the row with the right one is on its way there.
 */
export const withOpenGaps = (stored: readonly Entry[], { kit, at, fromAt, toAt }: HistoryAsked): Entry[] => {
  const open = openGaps(kit)
    .filter(({ since_ms: since }) => since < toAt && at > fromAt)
    .map(({ module_sn, cause, text, since_ms: since }): Entry => {
      const duration = Math.max(0, at - since) / 1000
      return {
        start_ms: since,
        module_sn,
        end_ms: since + duration * 1000,
        duration_s: duration,
        cause,
        text,
        is_open: 1,
      }
    })
  const live = new Set(open.map(identity))
  const over = stored.filter((gap) => !live.has(identity(gap))).map((gap) => ({ ...gap, is_open: 0 }))
  return [...over, ...open].sort((a, b) => numberIn(a, 'start_ms') - numberIn(b, 'start_ms'))
}
