/**
 * The circuits of the panels: what each draws now, joined with the energy that went out of it. Pure. A circuit that
 * nobody named and that drew nothing this month is not used.
 */
import type { ValueSeries } from '../../api-shapes.ts'
import { fieldValue, type HeardModule, numberOf, seriesOf } from '../../live-state.ts'
import type { CircuitEnergy } from '../../past-shapes.ts'

export interface Circuit {
  readonly side: string
  /** From 1. */
  readonly number: number
  readonly tags: Readonly<Record<string, string>>
  readonly name?: string
  /** Undefined where the panel does not say. */
  readonly isOn?: boolean
  readonly isBlocked: boolean
  readonly watts?: number
  readonly amperes?: number
  readonly today?: CircuitEnergy
  readonly month?: CircuitEnergy
}

export interface Panel {
  readonly sn: string
  readonly side: string
  /** Absent for a panel of which there is nothing but history. */
  readonly module?: HeardModule
  readonly series?: ValueSeries
  readonly used: readonly Circuit[]
  readonly unused: readonly Circuit[]
}

interface Told {
  readonly modules: readonly HeardModule[]
  /** Undefined until they are known. */
  readonly today?: readonly CircuitEnergy[] | undefined
  readonly month?: readonly CircuitEnergy[] | undefined
  /** The month is on its way: what may turn out to be unused is not shown for so long. */
  readonly isComing?: boolean
}

/** A relay that is open, or a circuit that is off: either is enough. */
const isOnOf = (series: ValueSeries): boolean | undefined => {
  const said = [fieldValue(series, 'is_relay_on'), fieldValue(series, 'is_on')].filter((value) => value !== undefined)
  return said.length === 0 ? undefined : said.every((value) => value === 1)
}

const liveOf = (series: ValueSeries): Omit<Circuit, 'side' | 'number' | 'tags' | 'today' | 'month'> => {
  const [isOn, watts, amperes] = [isOnOf(series), numberOf(series, 'power_w'), numberOf(series, 'current_a')]
  const name = fieldValue(series, 'name')
  return {
    ...(name !== undefined && { name: String(name) }),
    ...(isOn !== undefined && { isOn }),
    ...(watts !== undefined && { watts }),
    ...(amperes !== undefined && { amperes }),
    isBlocked: fieldValue(series, 'is_allowed') === 0,
  }
}

const keyOf = ({ side = '', circuit = '' }: Readonly<Record<string, string>>): string => `${side} ${circuit}`

const circuitsOf = (sn: string, told: Told, live: readonly ValueSeries[]): Circuit[] => {
  const ownOf = (rows: readonly CircuitEnergy[] = []) =>
    new Map(rows.filter((row) => row.module_sn === sn).map((row) => [`${row.side} ${row.circuit}`, row]))
  const [today, month] = [ownOf(told.today), ownOf(told.month)]
  const now = new Map(live.map((series) => [keyOf(series.tags), series]))
  return [...new Set([...now.keys(), ...month.keys()])].sort().map((key): Circuit => {
    const [side = '', circuit = ''] = key.split(' ')
    const [series, energyToday, energy] = [now.get(key), today.get(key), month.get(key)]
    return {
      ...{ side, number: Number(circuit), tags: { side, circuit }, isBlocked: false },
      ...(energy?.name !== undefined && { name: energy.name }),
      ...(series && liveOf(series)),
      ...(energyToday && { today: energyToday }),
      ...(energy && { month: energy }),
    }
  })
}

const isUsed = ({ name, watts = 0, today, month }: Circuit): boolean =>
  name !== undefined || watts > 0 || (today?.energy_wh ?? 0) > 0 || (month?.energy_wh ?? 0) > 0

/** AC before DC. Until the energy of the month is known, no circuit is called unused. */
export const panelsOf = (told: Told): Panel[] => {
  const live = seriesOf(told.modules, 'circuit')
  const panels = seriesOf(told.modules, 'panel')
  const sns = new Set([
    ...live.map(({ module }) => module.module_sn),
    ...(told.month ?? []).map((row) => row.module_sn),
  ])
  const found = [...sns].map((sn): Panel => {
    const own = live.filter(({ module }) => module.module_sn === sn)
    const circuits = circuitsOf(
      sn,
      told,
      own.map(({ series }) => series),
    )
    const panel = panels.find(({ module }) => module.module_sn === sn)
    const module = own[0]?.module ?? panel?.module
    const isShown = (circuit: Circuit) => (told.month === undefined && !told.isComing) || isUsed(circuit)
    return {
      ...{ sn, side: circuits[0]?.side ?? '' },
      ...(module && { module }),
      ...(panel && { series: panel.series }),
      used: circuits.filter(isShown),
      unused: told.month === undefined ? [] : circuits.filter((circuit) => !isShown(circuit)),
    }
  })
  return found.sort((a, b) => a.side.localeCompare(b.side) || a.sn.localeCompare(b.sn))
}

/** The share of the month of the circuit that drew most, in percent: bars are drawn against it. */
export const largestShare = (panels: readonly Panel[]): number =>
  Math.max(0, ...panels.flatMap(({ used }) => used.map(({ month }) => month?.share_pct ?? 0)))

/** How much of the month is known of the panel (s). */
export const knownOfMonth = ({ used, unused }: Panel): number | undefined => {
  const covered = [...used, ...unused].flatMap(({ month }) => month?.covered_s ?? [])
  return covered.length === 0 ? undefined : Math.max(...covered)
}

/** Whether what the panel gives at night is known of any night of the month. */
export const hasNights = ({ used, unused }: Panel): boolean =>
  [...used, ...unused].some(({ month }) => (month?.nights_count ?? 0) > 0)
