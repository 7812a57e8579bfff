/**
 * What is new of the kits since it was told before, for whoever follows them. Pure but for what each teller remembers:
 * what it told last. A teller that is not asked for a while tells everything that is new by then.
 */
import { isKnownNow } from '../track/cadence.ts'
import { moduleVerdict } from '../track/freshness.ts'
import { latestValues } from '../track/live.ts'
import type { KitState, ModuleState } from '../track/state.ts'
import type { Sources } from './route.ts'

/** The whole answer at `at` (epoch ms), or undefined while nothing of it is news. */
export type Teller<Answer> = (at: number) => Answer | undefined

const AGES = new Set(['at', 'age_s'])

/** Ages grow by themselves: that is no news. */
const withoutAges = (key: string, value: unknown): unknown => (AGES.has(key) ? undefined : value)

/** Tells when anything but ages changed, and `mostMs` after it told last; never within `leastMs`. */
export const createTeller = <Answer>(
  answer: Teller<Answer>,
  { mostMs, leastMs }: { mostMs: number; leastMs: () => number },
): Teller<Answer> => {
  let told = ''
  let toldAt = Number.NEGATIVE_INFINITY
  return (at) => {
    if (at - toldAt < leastMs()) return undefined
    const now = answer(at)
    if (now === undefined) return undefined
    const content = JSON.stringify(now, withoutAges)
    if (content === told && at - toldAt < mostMs) return undefined
    told = content
    toldAt = at
    return now
  }
}

/** Changes with each report, poll and verdict of the module. */
const lifeSign = (kit: KitState, module: ModuleState, at: number): string =>
  [module.reports, module.heardAt, module.polledAt, moduleVerdict(kit, module, at), isKnownNow(kit, module, at)].join(
    ' ',
  )

type Latest = { readonly at: number; readonly kit_sn: string; readonly modules: ReturnType<typeof latestValues> }

/** Tells of a kit all values of modules that reported, or whose verdict changed; of all at first, and when names changed. */
export const createLatestTeller = ({ state }: Pick<Sources, 'state'>, sn: string): Teller<Latest> => {
  const heard = new Map<ModuleState, string>()
  let isFirst = true
  let circuits: KitState['circuits'] | undefined
  return (at) => {
    const names = state().kits.get(sn)?.circuits
    if (names !== circuits) heard.clear()
    circuits = names
    const isNews = (kit: KitState, module: ModuleState): boolean => {
      const sign = lifeSign(kit, module, at)
      const before = heard.get(module)
      heard.set(module, sign)
      return sign !== before
    }
    const modules = latestValues(state(), sn, at, isNews)
    if (modules === undefined || (modules.length === 0 && !isFirst)) return undefined
    isFirst = false
    return { at, kit_sn: sn, modules }
  }
}
