/** Questions to the store as they come out of the socket's JSON: checked, since their numbers stand in queries. */
import { z } from 'zod'

const bucket = z.enum(['raw', 'history'])
const Last = z.strictObject({
  bucket,
  measurement: z.string(),
  tags: z.record(z.string(), z.string()).exactOptional(),
  fields: z.array(z.string()).exactOptional(),
})
const Range = z.strictObject({
  ...Last.shape,
  from: z.number(),
  to: z.number(),
  limit: z.int().nonnegative().exactOptional(),
})

/** Each throws ZodError on what is no question of its kind. */
export const QUESTIONS = {
  last: Last,
  rows: Range,
  steps: z.strictObject({
    ...Range.shape,
    stepMs: z.int().positive(),
    aggregate: z.enum(['min', 'max', 'mean', 'last']),
    fields: z.array(z.string()),
  }),
  sums: z.strictObject({ ...Range.shape, fields: z.array(z.string()) }),
}
