/** The reports there are: what each asks of the history, over which range if nothing is said, and what it shows. */
import type { Asked, Entry } from '../analysis/asked.ts'
import { circuitsOf } from '../analysis/circuits.ts'
import { completenessOf } from '../analysis/completeness.ts'
import { energyBy, type Period } from '../analysis/energy.ts'
import { batteriesNow, healthOf } from '../analysis/health.ts'
import { bestDays, solarOf } from '../analysis/solar.ts'
import { runsOf } from '../analysis/stretches.ts'
import type { Answers } from '../store/store.ts'
import * as column from './report-columns.ts'

/** A kit's place and the periods that are asked for. */
export interface ReportPlace {
  readonly timeZone: string
  readonly by: Period
  /** Of costs; empty where no tariff is set. */
  readonly currency: string
}

export interface ReportKind {
  readonly is: string
  /** Periods it can be told by, the usual one first; none where it has no periods. */
  readonly by: readonly Period[]
  /** Where what it shows is stored. */
  readonly measurement: string
  ask(answers: Answers, asked: Asked & ReportPlace): Promise<readonly Entry[]>
  columns(place: ReportPlace, entries: readonly Entry[]): readonly column.ReportColumn[]
  /** Whether it is worth a line of a table; all are, where this is left out. */
  isShown?(entry: Entry): boolean
  /** Sentences below the table. */
  notes?(entries: readonly Entry[]): readonly string[]
}

/** Where a range begins that nobody gave. */
export const USUAL_FROM: Readonly<Record<Period, string>> = {
  quarter: 'today',
  day: '-30d',
  month: '-12m',
  year: '1970',
}

const startBy = ({ by, timeZone }: ReportPlace): column.ReportColumn =>
  column.start(by === 'quarter' ? 'moment' : by, timeZone)

const energy: ReportKind = {
  is: 'what came in, what went out, and what the packs took and gave',
  by: ['day', 'quarter', 'month', 'year'],
  measurement: 'energy',
  ask: energyBy,
  columns: (place, entries) => {
    const energyIn = place.by === 'quarter' ? column.wattHours : column.energyOf(entries)
    return [
      startBy(place),
      energyIn('solar_wh', 'sun', { hasBar: true }),
      energyIn('dc_in_wh', 'DC in', { isOptional: true }),
      energyIn('ac_in_wh', 'AC in', { isOptional: true }),
      energyIn('generator_wh', 'generator', { isOptional: true }),
      column.cost(place.currency),
      energyIn('battery_charge_wh', 'charged'),
      energyIn('battery_discharge_wh', 'discharged'),
      energyIn('load_wh', 'used', { hasBar: true }),
      energyIn('loss_wh', 'lost', { isOptional: true }),
      column.covered,
    ]
  },
}

const packNow = [
  column.text('module_sn', 'pack'),
  column.text('model', 'model', { isOptional: true }),
  column.number('slot', 'slot', 0, { isOptional: true }),
  column.number('soc_pct', 'charge %', 0, { hasBar: true, wholeBar: 100 }),
  column.number('voltage_v', 'V', 2),
  column.number('current_a', 'A', 1),
]

const packAged = [
  column.number('capacity_full_ah', 'full Ah', 1, { isOptional: true }),
  column.ratio('health_ratio', 'health %', { isOptional: true }),
  column.number('usable_ah', 'usable Ah', 1, { isOptional: true }),
  column.ratio('usable_confidence_ratio', 'sure %', { isOptional: true }),
  column.number('cycles_count', 'cycles', 0, { isOptional: true }),
  column.number('cell_spread_v', 'spread V', 3, { isOptional: true }),
  column.ratio('efficiency_ratio', 'round trip %', { isOptional: true }),
  column.hours('charging_cold_s', 'charged cold', { isOptional: true }),
]

/** Each pack as it is now. */
const battery: ReportKind = {
  is: 'each pack now; with --from or --by day how each aged, day by day',
  by: [],
  measurement: 'battery_health',
  ask: batteriesNow,
  columns: () => [...packNow, ...packAged],
}

/** How each pack aged. */
export const BATTERY_DAYS: ReportKind = {
  ...battery,
  by: ['day'],
  ask: healthOf,
  columns: ({ timeZone }, entries) => [
    column.start('day', timeZone),
    column.text('module_sn', 'pack'),
    ...packAged,
    column.energyOf(entries)('charge_wh', 'charged', { isSummed: false }),
    column.energyOf(entries)('discharge_wh', 'discharged', { isSummed: false }),
  ],
}

const circuits: ReportKind = {
  is: 'what drew how much, top consumers first, and what draws at night',
  by: [],
  measurement: 'energy_circuit',
  ask: circuitsOf,
  columns: (_, entries) => [
    column.text('circuit', 'circuit'),
    column.text('side', 'side'),
    column.text('name', 'name', { isOptional: true }),
    column.energyOf(entries)('energy_wh', '', { hasBar: true }),
    column.number('share_pct', 'share %', 1),
    column.number('night_w', 'at night W', 0),
    column.hours('covered_s', 'covered'),
  ],
}

const solar: ReportKind = {
  is: 'what the sun brought, by input, and for how long it shone on the panels',
  by: ['day'],
  measurement: 'energy_day',
  ask: solarOf,
  columns: (place, entries) => {
    const energyIn = column.energyOf(entries)
    return [
      startBy(place),
      energyIn('solar_wh', 'sun', { hasBar: true }),
      energyIn('solar_1_wh', 'input 1'),
      energyIn('solar_2_wh', 'input 2', { isOptional: true }),
      energyIn('dc_in_solar_wh', 'DC input', { isOptional: true }),
      column.hours('sun_s', 'sun', { isSummed: true, isCounted: true }),
      column.covered,
    ]
  },
  notes: (days) => {
    const { head: unit, show } = column.energyOf(days)('solar_wh', '')
    const best = bestDays(days, 3).map((day) => `${day.local_date} with ${show(Number(day.solar_wh), day)} ${unit}`)
    return best.length > 1 ? [`Best days: ${best.join(', ')}.`] : []
  },
}

const runs: ReportKind = {
  is: 'sessions of shore power, alternator and generator',
  by: [],
  measurement: 'run',
  ask: runsOf,
  isShown: (entry) => entry.is_open === 1 || Number(entry.duration_s) >= 60 || Number(entry.wh ?? 0) >= 1,
  columns: ({ timeZone }, entries) => [
    column.start('moment', timeZone),
    column.text('kind', 'what'),
    column.hours('duration_s', 'lasted', { isSummed: true }),
    column.energyOf(entries)('wh', '', { hasBar: true }),
    column.number('soc_from_pct', 'charge from %', 0),
    column.number('soc_to_pct', 'to %', 0),
    { ...column.text('is_open', '', { isOptional: true }), show: (value) => (Number(value) === 1 ? 'goes on' : '') },
  ],
}

const CAUSE = /^missing_(.+)_s$/

const completeness: ReportKind = {
  is: 'how much of the time is covered by values, and why the rest is missing',
  by: ['day', 'month'],
  measurement: 'energy',
  ask: (answers, { by, ...asked }) => completenessOf(answers, { ...asked, by: by === 'month' ? 'month' : 'day' }),
  columns: (place, entries) => {
    const names = [...new Set(entries.flatMap((entry) => Object.keys(entry)))].filter((name) => CAUSE.test(name))
    const causes = names.map((name) =>
      column.hours(name, CAUSE.exec(name)![1]!.replaceAll('_', ' '), { isSummed: true, isOptional: true }),
    )
    return [startBy(place), column.complete, column.hours('missing_s', 'missing', { isSummed: true }), ...causes]
  },
}

export const REPORTS = { energy, battery, circuits, solar, runs, completeness } as const
