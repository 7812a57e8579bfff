/** One kit as it stands: the flow of power, the charge, today, what is wrong, and the last day. */

import { annotations } from '../annotations.ts'
import { gauges, linkTo, table, tiles, words } from '../at-once.ts'
import { type Board, boardUrl, THIS_KIT } from '../board.ts'
import { COMPLETE, FAULT, MAY_LACK, NONE_IS_GOOD, SOC, VERDICT_WORDS, YES_NO } from '../mappings.ts'
import { lines, states } from '../over-time.ts'
import { overTime, query } from '../query.ts'
import { kitVariable } from '../variables.ts'
import { ALWAYS_TOLD, FLOW_NOW, KIT_NOW, kitAge, STALE_WORDS, TIME_WORDS } from './now.ts'

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's syntax
const OF_MODULE = '&var-module=${__data.fields.Module}'

const flowPicture = [
  tiles({
    title: 'Coming in →',
    about: `Power from the sun, at the DC input (alternator, adapters) and at the AC input (shore, generator), from \`flow\`. ${STALE_WORDS}`,
    w: 8,
    h: 6,
    decimals: 0,
    queries: [
      query({
        ...FLOW_NOW,
        show: { Sun: 'last(solar_w)', 'DC in': 'last(dc_in_w)', 'AC in': 'last(ac_in_w)', ...ALWAYS_TOLD },
      }),
      kitAge,
    ],
  }),
  tiles({
    title: '→ Battery →',
    about: `State of charge and power into the packs (negative: out of them), from \`kit\`; how long until empty or full at this power, of which only one is there. ${STALE_WORDS}`,
    w: 8,
    h: 6,
    decimals: 0,
    queries: [
      query({
        ...KIT_NOW,
        show: {
          Charge: 'last(soc_pct)',
          Net: 'last(net_w)',
          'Empty in': 'last(to_empty_s)',
          'Full in': 'last(to_full_s)',
          Age: 'last(age_s)',
        },
      }),
    ],
    overrides: { Charge: SOC, 'Empty in': MAY_LACK, 'Full in': MAY_LACK },
  }),
  tiles({
    title: '→ Going out',
    about: `Power at the AC output with the stand-alone socket, at the DC output, and what is lost on the way, from \`flow\`. ${STALE_WORDS}`,
    w: 8,
    h: 6,
    decimals: 0,
    queries: [
      query({
        ...FLOW_NOW,
        show: { 'AC out': 'last(ac_out_w)', 'DC out': 'last(dc_out_w)', Loss: 'last(loss_w)', ...ALWAYS_TOLD },
      }),
      kitAge,
    ],
  }),
]

const stateNow = [
  tiles({
    title: 'State',
    about: `How the kit is doing in one word, its active errors, packs that report, and those that are missing, whether its owner laid it up (nobody is warned then), and how much of the local day no gap covers, from \`kit\`. ${STALE_WORDS}`,
    w: 12,
    h: 8,
    queries: [
      query({
        ...KIT_NOW,
        show: {
          Doing: 'last(verdict_code)',
          Errors: 'last(error_count)',
          'Packs live': 'last(packs_live_count)',
          'Packs missing': 'last(packs_missing_count)',
          'Laid up': 'last(is_laid_up)',
          'Complete today': 'last(completeness_today_pct)',
          Age: 'last(age_s)',
        },
      }),
    ],
    overrides: {
      Doing: words(VERDICT_WORDS),
      Errors: NONE_IS_GOOD,
      'Packs missing': NONE_IS_GOOD,
      'Laid up': words(YES_NO),
      'Complete today': COMPLETE,
    },
  }),
  gauges({
    title: 'Today',
    about:
      'Energy since local midnight, from `kit`: what is known to have flowed, in covered time alone; nothing is added for gaps.',
    w: 12,
    h: 8,
    queries: [
      query({
        ...KIT_NOW,
        show: {
          Sun: 'last(today_solar_wh)',
          'DC in': 'last(today_dc_in_wh)',
          'AC in': 'last(today_ac_in_wh)',
          Charged: 'last(today_battery_charge_wh)',
          Discharged: 'last(today_battery_discharge_wh)',
          'AC out': 'last(today_ac_out_wh)',
          'DC out': 'last(today_dc_out_wh)',
        },
      }),
    ],
  }),
  table({
    title: 'Active errors',
    about: 'Errors that a module has told in the last three minutes, in words, from `error`.',
    empty: 'no error is active',
    w: 24,
    h: 5,
    queries: [
      query({
        bucket: 'history',
        from: 'error',
        show: { Active: 'last(is_active)', Since: 'last(since_ms)' },
        tags: { kit_sn: '$kit' },
        where: [['is_active', '=', 1]],
        during: 'now',
        by: ['module_sn', 'circuit', 'meaning'],
      }),
    ],
    overrides: { Active: words(FAULT) },
  }),
]

const lastDay = [
  lines({
    title: 'Power',
    about: `Mean power of every flow, from \`flow\`, ${TIME_WORDS} Battery: positive while charging.`,
    w: 24,
    h: 10,
    isFilled: true,
    queries: overTime({
      from: 'flow',
      show: {
        Sun: 'mean(solar_w)',
        'DC in': 'mean(dc_in_w)',
        'AC in': 'mean(ac_in_w)',
        Battery: 'mean(battery_w)',
        'AC out': 'mean(ac_out_w)',
        'DC out': 'mean(dc_out_w)',
      },
      tags: { kit_sn: '$kit' },
    }),
  }),
  lines({
    title: 'State of charge',
    about: `Mean of each step, from \`kit\`, ${TIME_WORDS}`,
    w: 24,
    h: 7,
    min: 0,
    max: 100,
    isFilled: true,
    queries: overTime({ from: 'kit', show: { Charge: 'mean(soc_pct)' }, tags: { kit_sn: '$kit' } }),
  }),
  states({
    title: 'Freshness',
    about: 'The worst verdict of each step, from `kit`, beyond two days from its hours.',
    w: 24,
    h: 4,
    mappings: [VERDICT_WORDS],
    queries: overTime({ from: 'kit', show: { Doing: 'max(verdict_code)' }, tags: { kit_sn: '$kit' } }),
  }),
]

const modules = table({
  title: 'Modules',
  about:
    'One row per module, from the complete row `module` of the last three minutes. Age is the time since its last report, grey beyond five minutes; its cadence is learnt. A click on a module opens its data.',
  w: 24,
  h: 10,
  isNow: true,
  queries: [
    query({
      ...KIT_NOW,
      from: 'module',
      show: {
        Kind: 'last(kind)',
        Doing: 'last(verdict_code)',
        Age: 'last(age_s)',
        Cadence: 'last(cadence_s)',
        Errors: 'last(error_count)',
        Firmware: 'last(firmware)',
      },
      by: ['module_sn'],
    }),
  ],
  overrides: {
    Kind: [linkTo('Its data', boardUrl('health', THIS_KIT, OF_MODULE))],
    Doing: words(VERDICT_WORDS),
    Errors: [...NONE_IS_GOOD, linkTo('Its events', boardUrl('events', THIS_KIT))],
  },
})

export const kit: Board = {
  name: 'kit',
  title: 'Power Kits: kit live',
  about: 'One kit now, and its last day.',
  from: 'now-24h',
  variables: [kitVariable()],
  annotations: annotations(),
  sections: [
    { title: 'Now', panels: [...flowPicture, ...stateNow] },
    { title: 'Over time', panels: lastDay },
    { title: 'Modules', panels: [modules] },
  ],
}
