/**
 * What is known now, read from `track`'s state for the read API. Pure: nothing here changes the state or asks the store,
 * so it answers while the store is down. Promises: a value that is no longer current stands here marked, never hidden and
 * never passed off as current. Names and units are those of the stored rows; `is_…` of kits and modules are true or false.
 */
import type { MeasurementName } from '../catalogue/measurements.ts'
import { MEASUREMENTS } from '../catalogue/measurements.ts'
import { MODULES } from '../catalogue/modules.ts'
import type { Slot } from '../catalogue/table.ts'
import type { Unit } from '../catalogue/units.ts'
import { LIST } from '../report/shapes.ts'
import { isKnownNow } from './cadence.ts'
import { circuitName } from './circuit-names.ts'
import { kitVerdict, moduleVerdict } from './freshness.ts'
import { kitFields, moduleFields, rowModules } from './rows.ts'
import { type KitState, knownErrors, type ModuleState, type TrackState } from './state.ts'
import { VERDICTS, type Verdict } from './verdict.ts'

type Value = number | string | boolean

/** The other fields of the status row; one that is not known is absent. */
type Row = Readonly<Record<string, Value>>

interface Status {
  readonly verdict: Verdict
  readonly verdict_code: number
  /** The verdict in words. */
  readonly verdict_text: string
  readonly error_count: number
}

/** A kit: the fields of its row in the measurement `kit`. */
export type LiveKit = Row &
  Status & {
    readonly kit_sn: string
    readonly label: string
    readonly trouble_code: number
    readonly is_live: boolean
    readonly packs_live_count: number
    readonly packs_known_count: number
  }

/** A module: the fields of its row in the measurement `module`. */
export type LiveModule = Row &
  Status & {
    readonly module_sn: string
    readonly kind: string
    readonly label: string
    readonly is_fresh: boolean
    readonly reports_count: number
  }

/** An active error. `since_ms` is epoch ms. */
export interface LiveError {
  readonly module_sn: string
  readonly measurement: MeasurementName
  readonly tags: Readonly<Record<string, string>>
  readonly code: number
  readonly meaning: string
  readonly since_ms: number
}

export interface LiveField {
  readonly name: string
  /** Flags are 0 or 1, states their text. */
  readonly value: number | string
  /** Of a state: the number on the wire. */
  readonly raw?: number
  readonly unit: Unit
  /** Since the module's last report: each report confirms all fields that it does not mention. */
  readonly age_s: number
  /** Since the field itself was last pushed; absent if it came by poll. Of a computed field: its oldest input. */
  readonly pushed_age_s?: number
  /** Whether the module reports as often as it used to. If not, the value is the last one known, not a current one. */
  readonly is_fresh: boolean
}

export interface LiveSeries {
  readonly measurement: MeasurementName
  readonly tags: Readonly<Record<string, string>>
  readonly fields: LiveField[]
}

export interface LiveValues {
  readonly module_sn: string
  readonly kind: string
  readonly label: string
  readonly verdict: Verdict
  readonly is_fresh: boolean
  readonly age_s: number
  readonly series: LiveSeries[]
}

const ageS = (since: number, at: number): number => Math.max(0, Math.round((at - since) / 1000))

/** Flags of status rows are stored as 0 or 1. */
const withFlags = (fields: Readonly<Record<string, number | string>>): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, name.startsWith('is_') ? value === 1 : value]),
  )

/** The casts of rows: `rows.ts` writes these fields in every row, among others. */
const liveKit = (kit: KitState, at: number): LiveKit => {
  const verdict = kitVerdict(kit, at)
  const row = {
    kit_sn: kit.sn,
    ...(kit.isOnline === undefined ? {} : { is_online: kit.isOnline }),
    ...withFlags(kitFields(kit, at)),
    verdict,
    verdict_text: VERDICTS[verdict].is,
  }
  return row as Row as LiveKit
}

/** Every known kit at `at` (epoch ms), in the order first met. */
export const listKits = (state: TrackState, at: number): LiveKit[] =>
  [...state.kits.values()].map((kit) => liveKit(kit, at))

const tagsOf = (kit: KitState, module: ModuleState, series: number): Record<string, string> => {
  const { measurement, tags } = module.table.series[series]!
  const all: Record<string, string> = { ...tags, kit_sn: kit.sn, module_sn: module.sn }
  return Object.fromEntries(MEASUREMENTS[measurement].tags.map((tag) => [tag, all[tag] ?? '']))
}

const errorsOf = (kit: KitState, module: ModuleState): LiveError[] =>
  knownErrors(module).map(([slot, { code, meaning, sinceAt }]) => {
    const { series } = module.table.slots[slot]!
    const { measurement } = module.table.series[series]!
    const tags = tagsOf(kit, module, series)
    return { module_sn: module.sn, measurement, tags, code, meaning, since_ms: sinceAt }
  })

/** One kit and its active errors; undefined for a kit that nobody knows. */
export const describeKit = (
  state: TrackState,
  sn: string,
  at: number,
): { kit: LiveKit; errors: LiveError[] } | undefined => {
  const kit = state.kits.get(sn)
  if (!kit) return undefined
  return { kit: liveKit(kit, at), errors: [...kit.modules.values()].flatMap((module) => errorsOf(kit, module)) }
}

/** A module that is only listed has the label of the kind that the list gives it. */
const labelOf = (module: ModuleState, detail: unknown): string => {
  const { kind, label } = module.table.module
  if (kind !== LIST) return label
  return MODULES.find((known) => String(known.detail) === detail)?.label ?? 'Module of an unknown kind'
}

const ONLY_LISTED = 'in the list of modules, and no report of it ever came'

const liveModule = (kit: KitState, module: ModuleState, at: number): LiveModule => {
  const fields = withFlags(moduleFields(kit, module, at))
  const row = {
    ...fields,
    module_sn: module.sn,
    label: labelOf(module, fields.detail),
    verdict_text: fields.kind === 'listed' ? ONLY_LISTED : VERDICTS[fields.verdict as Verdict].is,
    is_fresh: isKnownNow(kit, module, at),
  }
  return row as Row as LiveModule
}

/** The kit's modules, heard or only listed; undefined for a kit that nobody knows. */
export const listModules = (state: TrackState, sn: string, at: number): LiveModule[] | undefined => {
  const kit = state.kits.get(sn)
  return kit && rowModules(kit).map((module) => liveModule(kit, module, at))
}

/** When the slot, or the input of it that was longest not, was pushed; 0 if that came by poll. */
const pushedAt = (module: ModuleState, slot: number): number => {
  const derived = module.table.derived.find((rule) => rule.slot === slot)
  if (!derived) return module.pushedAt[slot]!
  const inputs = derived.from.filter((input) => !Number.isNaN(module.values[input]!))
  return inputs.length === 0 ? 0 : Math.min(...inputs.map((input) => pushedAt(module, input)))
}

const valueAndRaw = (module: ModuleState, slot: Slot): Pick<LiveField, 'value' | 'raw'> => {
  const value = module.values[slot.index]!
  if (slot.format === 'text') return { value: module.texts[slot.index] ?? '' }
  return slot.format === 'state' ? { value: slot.states?.[value] ?? 'unknown', raw: value } : { value }
}

const liveField = (kit: KitState, module: ModuleState, slot: Slot, at: number): LiveField => {
  const pushed = pushedAt(module, slot.index)
  return {
    name: slot.name,
    ...valueAndRaw(module, slot),
    unit: slot.unit,
    age_s: ageS(module.heardAt, at),
    ...(pushed > 0 ? { pushed_age_s: ageS(pushed, at) } : {}),
    is_fresh: isKnownNow(kit, module, at),
  }
}

/** What the owner calls the circuit: it comes with no report, and is as current as what it names. */
const nameField = (kit: KitState, module: ModuleState, series: number, at: number): LiveField[] => {
  const { measurement, tags } = module.table.series[series]!
  const name = measurement === 'circuit' ? circuitName(kit, tags) : undefined
  if (name === undefined) return []
  return [
    { name: 'name', value: name, unit: 'text', age_s: ageS(module.heardAt, at), is_fresh: isKnownNow(kit, module, at) },
  ]
}

const liveSeries = (kit: KitState, module: ModuleState, at: number): LiveSeries[] => {
  const known = module.table.slots.filter((slot) => !Number.isNaN(module.values[slot.index]!))
  return module.table.series.flatMap(({ measurement }, series) => {
    const fields = known.filter((slot) => slot.series === series).map((slot) => liveField(kit, module, slot, at))
    if (fields.length === 0) return []
    return [
      { measurement, tags: tagsOf(kit, module, series), fields: [...fields, ...nameField(kit, module, series, at)] },
    ]
  })
}

/**
 * Every known value of every module that was heard, the kit's own figures included, or of those that are wanted;
 * undefined for an unknown kit.
 */
export const latestValues = (
  state: TrackState,
  sn: string,
  at: number,
  isWanted: (kit: KitState, module: ModuleState) => boolean = () => true,
): LiveValues[] | undefined => {
  const kit = state.kits.get(sn)
  if (!kit) return undefined
  const heard = [...kit.modules.values()].filter((module) => module.table.module.kind !== LIST && module.heardAt > 0)
  const wanted = heard.filter((module) => isWanted(kit, module))
  return wanted.map((module) => ({
    module_sn: module.sn,
    kind: module.table.module.kind,
    label: module.table.module.label,
    verdict: moduleVerdict(kit, module, at),
    is_fresh: isKnownNow(kit, module, at),
    age_s: ageS(module.heardAt, at),
    series: liveSeries(kit, module, at),
  }))
}
