/** What the doctor finds, as the API gives it. */
import { z } from 'zod'
import type { Finding } from '../doctor/finding.ts'

export const FindingOf = z
  .object({
    state: z.enum(['pass', 'warn', 'fail', 'skip']).describe('skip: not looked at, because something before it failed'),
    what: z.string().describe('What was looked at, such as `main, keys`'),
    text: z.string().describe('How it is'),
    todo: z.string().describe('What to do about it; empty where there is nothing'),
  })
  .meta({ id: 'Finding' }) satisfies z.ZodType<Finding>
