/** A quarter as rows: of the kit, of its packs, and of the circuits of its panels. */
import { encodePoint } from '../store/line-protocol.ts'
import { circuitName } from './circuit-names.ts'
import type { LineBuilder } from './encode.ts'
import type { ModuleQuarter, Quarter } from './energy-state.ts'
import { type EnergyFields, rounded } from './energy-sum.ts'
import { energyOf, isBank, isPart } from './parts.ts'
import { moduleQuarter, QUARTER_MS } from './quarters.ts'
import type { KitState, ModuleState } from './state.ts'
import { costOf } from './tariff.ts'

const HOUR_MS = 3_600_000
/** Modules that cover the same time but for this share of it can be held against each other. */
const SAME_SHARE = 0.02

/** W·ms to Wh, A·ms to Ah. */
const perHour = (sum: number): number => rounded(sum / HOUR_MS)

/** How much of the quarter the kit was known (s). */
const expectedS = ({ ledger }: KitState, startAt: number): number =>
  Math.min(QUARTER_MS, Math.max(0, startAt + QUARTER_MS - ledger.firstAt)) / 1000

/** What modules of the balance cover of the quarter: the one that covers least, and most (s). */
const coverOf = (kit: KitState, startAt: number): { least: number; most: number } => {
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (const module of kit.modules.values()) {
    if (!isPart(kit, module)) continue
    const covered = (moduleQuarter(energyOf(kit, module), startAt)?.coveredMs ?? 0) / 1000
    least = Math.min(least, covered)
    most = Math.max(most, covered)
  }
  return { least: Math.min(least, most), most }
}

const lossOf = ({ sums }: Quarter, least: number, most: number): EnergyFields => {
  if (most === 0 || most - least > SAME_SHARE * most) return {}
  const { solar_1, solar_2, dc_in, ac_in, charge, discharge, ac_out, dc_out } = sums
  const rest = solar_1 + solar_2 + dc_in + ac_in + discharge - charge - ac_out - dc_out
  return { loss_wh: perHour(Math.max(0, rest)), imbalance_wh: perHour(Math.max(0, -rest)) }
}

const costFields = (kit: KitState, { startAt, sums }: Quarter): EnergyFields => {
  const shore = sums.ac_in - sums.generator
  const cost = costOf(kit, startAt, startAt + QUARTER_MS, shore / HOUR_MS)
  return cost === undefined ? {} : { ac_in_cost: rounded(cost), priced_wh: perHour(shore) }
}

/** The fields of the kit's quarter as it stands. */
export const quarterFields = (kit: KitState, quarter: Quarter): EnergyFields => {
  const { sums, startAt, uncovered } = quarter
  const { least, most } = coverOf(kit, startAt)
  return {
    covered_s: least,
    expected_s: expectedS(kit, startAt),
    solar_wh: perHour(sums.solar_1 + sums.solar_2),
    solar_1_wh: perHour(sums.solar_1),
    solar_2_wh: perHour(sums.solar_2),
    dc_in_wh: perHour(sums.dc_in),
    dc_in_solar_wh: perHour(sums.dc_in_solar),
    ac_in_wh: perHour(sums.ac_in),
    generator_wh: perHour(sums.generator),
    battery_charge_wh: perHour(sums.charge),
    battery_discharge_wh: perHour(sums.discharge),
    ac_out_wh: perHour(sums.ac_out),
    dc_out_wh: perHour(sums.dc_out),
    load_wh: perHour(sums.ac_out + sums.dc_out),
    sun_s: rounded(sums.sun / 1000),
    ...lossOf(quarter, least, most),
    ...costFields(kit, quarter),
    ...(uncovered && { uncovered_min_wh: rounded(uncovered.least), uncovered_max_wh: rounded(uncovered.most) }),
  }
}

const packLine = (kit: KitState, { sn }: ModuleState, { startAt, coveredMs, sums }: ModuleQuarter): string =>
  encodePoint({
    measurement: 'energy_battery',
    tags: { kit_sn: kit.sn, module_sn: sn },
    fields: {
      covered_s: coveredMs / 1000,
      expected_s: expectedS(kit, startAt),
      charge_wh: perHour(sums[0]!),
      discharge_wh: perHour(sums[1]!),
      charge_ah: perHour(sums[2]!),
      discharge_ah: perHour(sums[3]!),
    },
    at: startAt,
  })

/** Circuits of which nothing came have no row. */
const circuitLines = (kit: KitState, { sn, table }: ModuleState, { startAt, sums }: ModuleQuarter): string => {
  let lines = ''
  for (let i = 0; i < table.meters.length; i++) {
    const { tags } = table.series[table.meters[i]!.series]!
    const { side = '', circuit = '' } = tags
    const coveredMs = sums[2 * i + 1]!
    if (coveredMs === 0) continue
    const name = circuitName(kit, tags)
    lines += encodePoint({
      measurement: 'energy_circuit',
      tags: { kit_sn: kit.sn, module_sn: sn, side, circuit },
      fields: {
        covered_s: coveredMs / 1000,
        expected_s: expectedS(kit, startAt),
        energy_wh: perHour(sums[2 * i]!),
        ...(name !== undefined && { name }),
      },
      at: startAt,
    })
  }
  return lines
}

const moduleLines = (kit: KitState, module: ModuleState, startAt: number): string => {
  const flow = module.table.meters[0]?.flow
  if (flow !== 'circuit' && (flow !== 'battery' || isBank(module))) return ''
  const quarter = moduleQuarter(energyOf(kit, module), startAt)
  if (quarter === undefined) return ''
  return flow === 'circuit' ? circuitLines(kit, module, quarter) : packLine(kit, module, quarter)
}

/** Appends the rows of a quarter; `fields` are the kit's. */
export const writeQuarter = (kit: KitState, startAt: number, fields: EnergyFields, into: LineBuilder): void => {
  into.history += encodePoint({ measurement: 'energy', tags: { kit_sn: kit.sn }, fields, at: startAt })
  for (const module of kit.modules.values()) into.history += moduleLines(kit, module, startAt)
}
