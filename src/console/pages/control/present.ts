/** How a command's parameters stand in the kit, by its latest values. Pure. What nothing reports is undefined, never off. */
import type { FieldValue } from '../../api-shapes.ts'
import type { KnownCommand, ParamValue, PresentPlace } from '../../command-shapes.ts'
import { fieldValue, type HeardModule, seriesOf } from '../../live-state.ts'

export interface Present {
  readonly value: ParamValue
  readonly ageS: number
  /** The collector's time from which the age counts, epoch ms. */
  readonly at: number
  /** If not, it is the last that was known. */
  readonly isFresh: boolean
}

/** Which of several modules and circuits is meant. */
export interface Aim {
  readonly moduleSn?: string | undefined
  readonly circuit?: number | undefined
}

interface Found {
  readonly field: FieldValue
  readonly module: HeardModule
}

const tagOf = (circuit: number): string => String(circuit).padStart(2, '0')

/** The one field that is meant; undefined where none or several could be. */
const find = (place: PresentPlace, modules: Iterable<HeardModule>, aim: Aim): Found | undefined => {
  const found = seriesOf(modules, place.measurement).flatMap(({ module, series }) => {
    if (place.is_by_circuit && series.tags.circuit !== tagOf(aim.circuit ?? 0)) return []
    const field = series.fields.find(({ name }) => name === place.field)
    return field ? [{ field, module }] : []
  })
  if (found.length < 2) return found[0]
  return found.find(({ module }) => module.module_sn === aim.moduleSn)
}

const inParams = ({ values, factor = 1 }: PresentPlace, { value, raw }: FieldValue): ParamValue | undefined => {
  const reported = raw ?? value
  if (values) return values.find((one) => one.reported === reported)?.value
  return typeof reported === 'number' ? reported / factor : undefined
}

/** The parameter as the kit reports it. */
export const presentOf = (
  { reads_back }: KnownCommand,
  param: string,
  modules: ReadonlyMap<string, HeardModule>,
  aim: Aim = {},
): Present | undefined => {
  const place = reads_back[param]
  const found = place && find(place, modules.values(), aim)
  const value = found && inParams(place, found.field)
  if (value === undefined) return undefined
  const { field, module } = found!
  return { value, ageS: field.age_s, at: module.at, isFresh: field.is_fresh }
}

/** What the owner calls the circuit. */
export const circuitName = (
  { reads_back }: KnownCommand,
  modules: ReadonlyMap<string, HeardModule>,
  circuit: number,
): string | undefined => {
  const place = Object.values(reads_back).find((one) => one.is_by_circuit)
  const found = seriesOf(modules.values(), place?.measurement ?? '').find(
    ({ series }) => series.tags.circuit === tagOf(circuit) && series.fields.some(({ name }) => name === place?.field),
  )
  const name = found && fieldValue(found.series, 'name')
  return name === undefined || name === '' ? undefined : String(name)
}
