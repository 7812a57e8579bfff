/** Answers about packs, circuits, sun and completeness, as they are described to those who ask. */
import { z } from 'zod'
import { SUN_FIELDS } from '../analysis/solar.ts'
import { GAP_CAUSES } from '../track/causes.ts'
import { type EntryShape, entrySchema } from './entry-schema.ts'
import { HEAD } from './history-question.ts'

const Pack = z.object<EntryShape>({
  module_sn: z.string(),
  reported_ms: z.number().optional().describe('When it told the newest of these values (epoch ms)'),
  model: z.string().optional(),
  slot: z.number().optional().describe('Position in the kit'),
  soc_pct: z.number().optional().describe('State of charge'),
  voltage_v: z.number().optional(),
  current_a: z.number().optional().describe('+ when charging'),
  power_w: z.number().optional().describe('+ when charging'),
  temperature_c: z.number().optional(),
  error_code: z.number().optional().describe('0: none'),
  health_ms: z.number().optional().describe('Start of the last day of which its health is known (epoch ms)'),
  ...entrySchema('battery_health').omit({ start_ms: true, module_sn: true }).shape,
})

export const BatteryHealth = z
  .object({
    ...HEAD,
    batteries: z
      .array(Pack)
      .describe('Every pack it ever had, with its last values; of one that is gone these are old'),
    days: z.array(entrySchema('battery_health')).describe('Per pack and local day'),
  })
  .meta({ id: 'BatteryHealth' })

const Circuit = z.object<EntryShape>({
  module_sn: z.string(),
  side: z.string().describe('ac or dc'),
  circuit: z.string().describe('Two digits, from 01'),
  name: z.string().optional().describe('What its owner calls it'),
  energy_wh: z.number(),
  share_pct: z.number().optional().describe('Of the energy of all circuits'),
  covered_s: z.number().describe('How much of the range is covered by reports of the panel'),
  night_w: z.number().optional().describe('Median over these nights of the mean power from one to five, local time'),
  nights_count: z.number().int().describe('Nights of the range that are covered; the last 31 at most'),
})

export const Circuits = z.object({ ...HEAD, circuits: z.array(Circuit) }).meta({ id: 'Circuits' })

const SunDay = entrySchema('energy_day', {}, SUN_FIELDS)

export const Solar = z
  .object({ ...HEAD, days: z.array(SunDay), best_days: z.array(SunDay).describe('At most five, the best first') })
  .meta({ id: 'Solar' })

const missing = Object.entries(GAP_CAUSES).map(([cause, is]) => [
  `missing_${cause}_s`,
  z.number().optional().describe(`Of it: ${is}`),
])

const Coverage = entrySchema(
  'energy_day',
  {
    completeness_pct: z.number().optional().describe('covered_s of expected_s'),
    missing_s: z.number().describe('The rest'),
    ...Object.fromEntries(missing),
    missing_other_s: z.number().describe('Of it: in no gap of the whole kit; single modules, or short pauses'),
  },
  ['local_date', 'hours_count', 'covered_s', 'expected_s'],
)

export const CompletenessBy = z.enum(['day', 'month'])

export const Completeness = z
  .object({ ...HEAD, by: CompletenessBy, periods: z.array(Coverage) })
  .meta({ id: 'Completeness' })
