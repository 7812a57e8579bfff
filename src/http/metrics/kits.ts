/** The kits in figures. Of a large fleet only the sums: series per kit belong into the store, which has them. */
import { type LiveKit, listKits } from '../../track/live.ts'
import type { TrackState } from '../../track/state.ts'
import { VERDICTS } from '../../track/verdict.ts'
import type { Metric } from './exposition.ts'

/** From this many kits on none has series of its own. */
const MOST_KITS = 1000

const ROWS: Readonly<Record<string, readonly [help: string, field: string]>> = {
  kit_verdict_code: ['how the kit is doing, 0 is live; the words stand in the README', 'verdict_code'],
  kit_current: ['1 while its values are current', 'is_live'],
  kit_age_seconds: ['since its last report; absent if there never was one', 'age_s'],
  kit_trouble_code: ['ranks what a person should look at first; 0 is well', 'trouble_code'],
  kit_active_errors: ['active errors of all its modules', 'error_count'],
  kit_completeness_today_percent: ['how much of the day so far is not missing', 'completeness_today_pct'],
  kit_state_of_charge_percent: ['while it is fresh', 'soc_pct'],
}

const byVerdict = (kits: readonly LiveKit[]): Metric => ({
  name: 'powerkits_kits',
  type: 'gauge',
  help: 'known kits by verdict',
  readings: Object.keys(VERDICTS).map((verdict) => ({
    labels: { verdict },
    value: kits.filter((kit) => kit.verdict === verdict).length,
  })),
})

const infoOf = (kits: readonly LiveKit[]): Metric => ({
  name: 'powerkits_kit_info',
  type: 'gauge',
  help: 'what its owner calls the kit',
  readings: kits.map(({ kit_sn, label }) => ({ labels: { kit_sn, label }, value: 1 })),
})

const rowOf = (kits: readonly LiveKit[], name: string, help: string, field: string): Metric => ({
  name: `powerkits_${name}`,
  type: 'gauge',
  help,
  readings: kits
    .filter((kit) => kit[field] !== undefined)
    .map((kit) => ({ labels: { kit_sn: kit.kit_sn }, value: Number(kit[field]) })),
})

export const kitMetrics = (state: TrackState, at: number): Metric[] => {
  const kits = listKits(state, at)
  const shown = kits.length < MOST_KITS ? kits : []
  return [
    byVerdict(kits),
    infoOf(shown),
    ...Object.entries(ROWS).map(([name, [help, field]]) => rowOf(shown, name, help, field)),
  ]
}
