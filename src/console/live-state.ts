/** What the live stream has told so far: each event changes it. Pure. */
import type { Kits, Latest, LiveKit, ModuleValues, OneKit } from './api-shapes.ts'
import type { ServerEvent } from './live-stream.ts'

/** A module's values with the collector's time at which they were told: ages count from there. */
export interface HeardModule extends ModuleValues {
  readonly at: number
}

/** What was told of one kit. */
interface Told {
  readonly kit?: OneKit
  readonly modules: ReadonlyMap<string, HeardModule>
}

export interface LiveState extends Told {
  readonly kits?: readonly LiveKit[]
  readonly isDemonstration: boolean
  /** By serial number: kits that were looked at before, the last one last. */
  readonly before: ReadonlyMap<string, Told>
  /** The collector's time of the last event, epoch ms; 0 before the first. */
  readonly at: number
}

export const NOTHING_YET: LiveState = { isDemonstration: false, modules: new Map(), before: new Map(), at: 0 }

/** As many kits as somebody goes back and forth between. */
const MOST_KEPT = 5

/** Of another kit nothing is told yet; what was told of the one so far is laid by. */
export const withoutKit = <State extends LiveState>({ kit, ...state }: State): Omit<State, 'kit'> => {
  if (kit === undefined) return { ...state, modules: new Map() }
  const { kit_sn } = kit.kit
  const others = [...state.before].filter(([sn]) => sn !== kit_sn)
  const before = [...others, [kit_sn, { kit, modules: state.modules }] as const].slice(-MOST_KEPT)
  return { ...state, before: new Map(before), modules: new Map() }
}

/** With what was told of the kit before, where nothing is told of one now: to be shown as old. */
export const recalled = <State extends LiveState>(state: State, sn: string | undefined): State =>
  state.kit === undefined && sn !== undefined ? { ...state, ...state.before.get(sn) } : state

/** Modules told of replace what was known of them; one SN may be several kinds of module. */
export const moduleKey = ({ module_sn, kind }: Pick<ModuleValues, 'module_sn' | 'kind'>): string =>
  `${module_sn} ${kind}`

const withLatest = (state: LiveState, { at, modules }: Latest): LiveState => {
  const all = new Map(state.modules)
  for (const module of modules) all.set(moduleKey(module), { ...module, at })
  return { ...state, at, modules: all }
}

/** The state after an event; the same for one of an unknown name. */
export const afterEvent = (state: LiveState, { name, data }: ServerEvent): LiveState => {
  if (name === 'latest') return withLatest(state, JSON.parse(data) as Latest)
  if (name === 'kit') {
    const kit = JSON.parse(data) as OneKit
    return { ...state, kit, at: kit.at }
  }
  if (name !== 'kits') return state
  const { at, kits, is_demonstration } = JSON.parse(data) as Kits
  return { ...state, kits, isDemonstration: is_demonstration, at }
}

/** All series of a measurement among the modules, with the module that each is of. */
export const seriesOf = (modules: Iterable<HeardModule>, measurement: string) =>
  [...modules].flatMap((module) =>
    module.series.filter((one) => one.measurement === measurement).map((series) => ({ module, series })),
  )

/** The value of a field of a series; undefined where it is not known. */
export const fieldValue = (series: ModuleValues['series'][number], name: string): number | string | undefined =>
  series.fields.find((field) => field.name === name)?.value

/** The same, where it is a number. */
export const numberOf = (series: ModuleValues['series'][number], name: string): number | undefined => {
  const value = fieldValue(series, name)
  return typeof value === 'number' ? value : undefined
}
