/**
 * The fields of the status rows that alerts ask for, and no value tells by itself. What is not known, or not current, is
 * absent: an alert never speaks of an old number.
 */
import { isFresh, isKnownNow } from './cadence.ts'
import { finite, freshPacks, isPack } from './charge.ts'
import { sunElevation } from './daylight.ts'
import { solarOf } from './flow.ts'
import { isLost } from './parts.ts'
import { type KitState, type ModuleState, valueNamed } from './state.ts'

type Fields = Record<string, number | string>

const DAY_MS = 86_400_000
/** What was not heard for so long was taken out, whatever the list of modules says. */
const FORGOTTEN_MS = 30 * DAY_MS
const SHORE_NEWS_MS = 600_000
const LEAST_SUN_DEG = 10
const LEAST_SOLAR_W = 5
/** So far below its charge limit (%) a pack takes whatever the sun gives. */
const FULL_PCT = 3
/** Of one inverter (VA), unless its owner says otherwise. */
const INVERTER_VA = 3_600
/** From this power on there are panels. */
const PANELS_W = 20

const greatest = (values: readonly number[]): number =>
  values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most), Number.NaN)

/** Whether the module should report: it did in the last month, and the list of modules still names it. */
const isExpected = (kit: KitState, module: ModuleState, at: number): boolean =>
  module.heardAt > 0 && at - module.heardAt < FORGOTTEN_MS && !isLost(kit, module)

const packFields = (kit: KitState, at: number): Fields => {
  const packs = freshPacks(kit, at)
  const known = (name: string): number[] => packs.map((pack) => valueNamed(pack, name))
  const expected = [...kit.modules.values()].filter((module) => isPack(module) && isExpected(kit, module, at))
  return {
    packs_missing_count: expected.filter((pack) => !isFresh(pack, at)).length,
    cell_spread_max_v: greatest(known('cell_spread_v')),
    temperature_max_c: greatest(known('cell_temperature_max_c')),
    is_charging_cold: greatest(known('is_charging_cold')),
  }
}

/** Highest current of a circuit, of its limit; NaN where no limit is set or nothing is known. */
const circuitLoad = ({ site: { circuitLimitsA = {} } }: KitState, { table, values }: ModuleState): number => {
  const limit = circuitLimitsA[table.module.side ?? 'ac'] ?? Number.NaN
  const currents = table.slots.filter(
    ({ name, series }) => name === 'current_a' && table.series[series]!.measurement === 'circuit',
  )
  return greatest(currents.map(({ index }) => values[index]! / limit))
}

/** Modules of this measurement whose values are current. */
const freshOf = (kit: KitState, measurement: string, at: number): ModuleState[] =>
  [...kit.modules.values()].filter((one) => one.table.module.measurement === measurement && isKnownNow(kit, one, at))

const loadFields = (kit: KitState, at: number): Fields => {
  const { inverterVa = INVERTER_VA } = kit.site
  return {
    inverter_load_ratio: greatest(
      freshOf(kit, 'inverter_ac', at).map((one) => valueNamed(one, 'output_apparent_va') / inverterVa),
    ),
    circuit_load_ratio: greatest(freshOf(kit, 'panel', at).map((panel) => circuitLoad(kit, panel))),
  }
}

/** 1 while the packs want power, the sun could give it, and none comes; NaN where that cannot be told. */
const solarDead = (kit: KitState, at: number): number => {
  const { site, history } = kit
  const { latitudeDeg, longitudeDeg, panelsW } = site
  const hasPanels = panelsW !== undefined || (history.alarms.solarAt > 0 && at - history.alarms.solarAt < FORGOTTEN_MS)
  const watts = solarOf(kit)
  const room = freshPacks(kit, at).map((pack) => valueNamed(pack, 'charge_limit_pct') - valueNamed(pack, 'soc_pct'))
  if (latitudeDeg === undefined || longitudeDeg === undefined || !hasPanels) return Number.NaN
  if (Number.isNaN(watts) || freshOf(kit, 'solar_charger', at).length === 0) return Number.NaN
  if (room.length === 0 || room.some(Number.isNaN)) return Number.NaN
  const isHigh = sunElevation(at, latitudeDeg, longitudeDeg) >= LEAST_SUN_DEG
  return isHigh && room.every((left) => left > FULL_PCT) && watts < LEAST_SOLAR_W ? 1 : 0
}

const generatorS = ({ history: { runs } }: KitState): number =>
  runs.open.reduce(
    (most, { kind, isSure, startAt, lastAt }) =>
      kind === 'generator' && isSure ? Math.max(most, (lastAt - startAt) / 1000) : most,
    0,
  )

const isShoreLost = ({ history: { runs, alarms } }: KitState, at: number): boolean =>
  alarms.shoreGoneAt > 0 &&
  at - alarms.shoreGoneAt < SHORE_NEWS_MS &&
  !runs.open.some(({ kind, isSure }) => kind === 'shore' && isSure)

const sinceS = (changedAt: number, at: number): number => Math.max(0, Math.round((at - changedAt) / 1000))

/** Of the kit's row. `isCurrent`: its values are. */
export const kitAlarmFields = (kit: KitState, isCurrent: boolean, at: number): Fields => {
  const firmwareAt = Math.max(0, ...Object.values(kit.history.alarms.firmwareAt))
  return {
    is_laid_up: kit.site.isLaidUp === true ? 1 : 0,
    is_ac_input_lost: isShoreLost(kit, at) ? 1 : 0,
    ...(firmwareAt > 0 && { firmware_age_s: sinceS(firmwareAt, at) }),
    ...(isCurrent &&
      finite({
        ...packFields(kit, at),
        ...loadFields(kit, at),
        is_solar_dead: solarDead(kit, at),
        generator_run_s: generatorS(kit),
      })),
  }
}

/** Of a module's row. `isCurrent`: the values of its kit are. */
export const moduleAlarmFields = (kit: KitState, module: ModuleState, isCurrent: boolean, at: number): Fields => {
  const changedAt = kit.history.alarms.firmwareAt[module.sn]
  const isAwake = valueNamed(module, 'is_low_power') !== 1
  return {
    ...(changedAt !== undefined && { firmware_age_s: sinceS(changedAt, at) }),
    ...(isCurrent &&
      isAwake &&
      isExpected(kit, module, at) && { missing_s: isFresh(module, at) ? 0 : sinceS(module.heardAt, at) }),
  }
}

/** Remembers at the minute `at` (epoch ms) that there are panels. Call with the flow of the minute. */
export const noteSolar = (kit: KitState, at: number): void => {
  if (solarOf(kit) >= PANELS_W) kit.history.alarms.solarAt = at
}
