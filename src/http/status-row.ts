/** The status rows of kits and modules as the read API gives them. */
import { z } from 'zod'
import { VERDICTS, type Verdict } from '../track/verdict.ts'

export const VerdictWord = z.enum(Object.keys(VERDICTS) as [Verdict, ...Verdict[]]).describe(
  Object.entries(VERDICTS)
    .map(([verdict, { is }]) => `${verdict}: ${is}`)
    .join('; '),
)

/** Fields that both kinds of row have, with those named; what the row holds beyond them is given too. */
export const rowFields = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z
    .object({
      ...shape,
      verdict: VerdictWord,
      verdict_code: z.number().describe('Orders the verdicts: 0 is live'),
      verdict_text: z.string().describe('The verdict in words'),
      age_s: z.number().optional().describe('Since the last report; absent if there never was one'),
      last_report_ms: z.number().optional().describe('When it came (epoch ms)'),
      cadence_s: z.number().optional().describe('Time between reports, learnt; of a kit: of its quickest module'),
    })
    .catchall(z.union([z.string(), z.number(), z.boolean()]))
