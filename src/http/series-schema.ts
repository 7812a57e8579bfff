/** The question for a series and its answer, as they are described to those who ask. */
import { z } from 'zod'
import { SERIES_MEASUREMENTS } from '../analysis/fields.ts'
import { entrySchema } from './entry-schema.ts'
import { HEAD } from './history-question.ts'

const Tag = z.string().min(1).max(128).optional()
const MOST_FIELDS_TEXT = 4_000

const Aggregate = z.enum(['mean', 'min', 'max', 'last'])

export const SERIES_QUERY = {
  measurement: z
    .string({ error: `is to be named, once: one of ${SERIES_MEASUREMENTS.join(', ')}` })
    .max(64, { error: 'is longer than any name of a measurement' })
    .describe(`One of ${SERIES_MEASUREMENTS.join(', ')}`),
  fields: z
    .string()
    .min(1)
    .max(MOST_FIELDS_TEXT)
    .optional()
    .describe('Names, with commas between; all that are numbers when left out. See docs/fields.md'),
  step: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000_000)
    .optional()
    .describe('Seconds; steps are aligned to 1970-01-01 UTC'),
  aggregate: Aggregate.default('mean').describe(
    'What is told of each step. Of codes the last value stands for the mean, of settings for all',
  ),
  module_sn: Tag.describe('Only of this module'),
  input: Tag.describe('Only of this solar input: 01 or 02, or 1 or 2'),
  side: Tag.describe('Only of this side: ac or dc'),
  circuit: Tag.describe('Only of this circuit: from 01, or from 1'),
}

const Columns = z.object({
  tags: z.record(z.string(), z.string()).describe('Tell the series of the kit apart'),
  at_ms: z.array(z.number().int()).describe('Where steps begin (epoch ms)'),
  values: z
    .record(z.string(), z.array(z.number().nullable()))
    .describe('By field one value for each of `at_ms`; null: the step has none'),
})

export const SeriesOfKit = z
  .object({
    ...HEAD,
    measurement: z.string(),
    aggregate: Aggregate,
    bucket: z.enum(['raw', 'history']).describe('raw: values as they came; history: values of hours'),
    step_s: z.number().int(),
    units: z.record(z.string(), z.string()).describe('By field; words as in /latest'),
    series: z.array(Columns),
    gaps: z.array(entrySchema('gap')).describe('What is missing in the range, of the kit (`all`) and of these modules'),
  })
  .meta({
    id: 'SeriesOfKit',
    examples: [
      {
        at: 1_780_308_000_000,
        kit_sn: 'M109ZEB4ZE7B0001',
        time_zone: 'Europe/Berlin',
        from_ms: 1_780_307_880_000,
        to_ms: 1_780_308_000_000,
        measurement: 'battery',
        aggregate: 'mean',
        bucket: 'raw',
        step_s: 60,
        units: { soc_pct: 'pct' },
        series: [
          {
            tags: { module_sn: 'M101Z3B4ZE7D0101' },
            at_ms: [1_780_307_880_000, 1_780_307_940_000],
            values: { soc_pct: [87, null] },
          },
        ],
        gaps: [],
      },
    ],
  })
