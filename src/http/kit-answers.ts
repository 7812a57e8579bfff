/**
 * What is told of the kits now, and how that is described: the same whether it is asked for once or followed. Read from
 * memory alone.
 */
import { z } from 'zod'
import { flowNow } from '../track/flow.ts'
import { AC_SOURCES, DC_SOURCES, flowInputs } from '../track/flow-inputs.ts'
import { kitVerdict } from '../track/freshness.ts'
import { openGaps } from '../track/gaps.ts'
import { lastSocOf } from '../track/last-charge.ts'
import { describeKit, type LiveKit, listKits } from '../track/live.ts'
import type { KitState } from '../track/state.ts'
import { isCurrent } from '../track/verdict.ts'
import { type Caller, mayReach } from './callers.ts'
import { GAP_FIELDS, Gap, gapFields } from './open-gap.ts'
import { At, type Sources } from './route.ts'
import { rowFields } from './status-row.ts'

const Kit = rowFields({
  kit_sn: z.string().describe('Serial number of the hub, under which the cloud knows the kit'),
  label: z.string().describe("The owner's name for it and its serial number"),
  trouble_code: z.number().describe('Ranks what a person should look at first: 0 is well'),
  is_live: z.boolean(),
  is_online: z.boolean().optional().describe("The cloud's last word on whether the kit is connected"),
  error_count: z.number().describe('Active errors of all modules'),
  packs_live_count: z.number().describe('Packs that report'),
  packs_known_count: z.number(),
  firmware: z.string().optional().describe('Of the hub'),
  time_zone: z.string().describe('IANA name of the zone by which its days go'),
  soc_pct: z.number().optional().describe('State of charge; while fresh'),
  last_soc_pct: z.number().optional().describe('State of charge as last told, however long ago; while it is not fresh'),
  net_w: z.number().optional().describe('Power of the batteries, + when charging; while fresh'),
  to_empty_s: z.number().optional().describe("The kit's own estimate; while fresh"),
  to_full_s: z.number().optional().describe("The kit's own estimate; while fresh"),
  completeness_today_pct: z.number().optional().describe('How much of the day so far is not missing'),
  ...GAP_FIELDS,
}).meta({
  id: 'Kit',
  examples: [
    {
      kit_sn: 'M109ZEB4ZE7B0001',
      label: 'Van · M109ZEB4ZE7B0001',
      verdict: 'live',
      verdict_code: 0,
      verdict_text: 'reports arrive as often as they used to',
      trouble_code: 0,
      is_live: true,
      age_s: 2,
      last_report_ms: 1_700_000_000_000,
      cadence_s: 2.1,
      error_count: 0,
      packs_live_count: 2,
      packs_known_count: 2,
      time_zone: 'Europe/Berlin',
      soc_pct: 87,
      net_w: 496,
    },
  ],
})

const ActiveError = z
  .object({
    module_sn: z.string(),
    measurement: z.string(),
    tags: z.record(z.string(), z.string()).describe('Where in the module: circuit, input'),
    code: z.number().describe('As the wire says it'),
    meaning: z.string(),
    since_ms: z.number().int().describe('Epoch ms'),
  })
  .meta({ id: 'ActiveError' })

const watts = (is: string) => z.number().optional().describe(`${is} (W)`)

const Flow = z
  .object({
    at_ms: z.number().int().optional().describe('When the kit last told something of it (epoch ms)'),
    solar_w: watts('Sun at both inputs'),
    solar_1_w: watts('Sun at the first inputs of the solar chargers'),
    solar_2_w: watts('Sun at the second inputs'),
    dc_in_w: watts('DC input'),
    ac_in_w: watts('AC input'),
    battery_w: watts('All packs together, + while charging'),
    ac_out_w: watts('AC output with the stand-alone socket'),
    dc_out_w: watts('DC output'),
    loss_w: watts('What comes in and goes nowhere'),
    imbalance_w: watts('What goes out and comes from nowhere'),
  })
  .meta({ id: 'Flow' })

const FlowInputs = z
  .object({
    dc_in_source: z.enum(DC_SOURCES).optional().describe('What the DC input says that it is fed by, or could be'),
    ac_in_source: z.enum(AC_SOURCES).optional().describe('What feeds the AC input; absent while nothing does'),
  })
  .meta({ id: 'FlowInputs' })

export const Kits = z
  .object({
    at: At,
    is_demonstration: z.boolean().describe('Whether the kits are simulated ones, shown for want of an account'),
    kits: z.array(Kit),
  })
  .meta({ id: 'Kits' })

export const OneKit = z
  .object({
    at: At,
    kit: Kit,
    errors: z.array(ActiveError),
    gaps: z.array(Gap).describe('What of the kit and of its modules is missing now'),
    flow: Flow.describe('The balance of power now: a power that is not known is absent; empty unless fresh'),
    flow_inputs: FlowInputs.describe('What stands behind the inputs, where that is known; empty unless fresh'),
  })
  .meta({ id: 'OneKit' })

/** The row of a kit with what only the API tells of it. */
const tellRow = (row: LiveKit, kit: KitState): z.output<typeof Kit> => {
  const lastSoc = row.soc_pct === undefined ? lastSocOf(kit) : undefined
  return {
    ...row,
    time_zone: kit.timeZone,
    ...(lastSoc !== undefined && { last_soc_pct: lastSoc }),
    ...gapFields(kit),
  }
}

/** The kits that the caller may reach, at `at` (epoch ms). */
export const tellKits = ({ state, isDemonstration }: Sources, caller: Caller, at: number): z.output<typeof Kits> => {
  const { kits } = state()
  const rows = listKits(state(), at).filter((kit) => mayReach(caller, kit.kit_sn))
  return {
    at,
    is_demonstration: isDemonstration,
    kits: rows.flatMap((row) => {
      const kit = kits.get(row.kit_sn)
      return kit === undefined ? [] : [tellRow(row, kit)]
    }),
  }
}

const flowOf = (kit: KitState, at: number): Pick<z.output<typeof OneKit>, 'flow' | 'flow_inputs'> => {
  const flow = isCurrent(kitVerdict(kit, at)) ? flowNow(kit, at) : undefined
  if (flow === undefined) return { flow: {}, flow_inputs: {} }
  return { flow: { at_ms: kit.heardAt, ...flow }, flow_inputs: flowInputs(kit, at) }
}

/** One kit at `at` (epoch ms); undefined for one that nobody knows. */
export const tellKit = ({ state }: Sources, sn: string, at: number): z.output<typeof OneKit> | undefined => {
  const found = describeKit(state(), sn, at)
  const known = state().kits.get(sn)
  if (!found || !known) return undefined
  return { at, kit: tellRow(found.kit, known), errors: found.errors, gaps: openGaps(known), ...flowOf(known, at) }
}
