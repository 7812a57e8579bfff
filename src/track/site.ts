/**
 * What the owner says of a kit as rows: `site`, whole, whenever it says something else than before, and an event that
 * tells what changed. It is written on a whole minute, so that a start in several steps is one change.
 */
import { encodePoint } from '../store/line-protocol.ts'
import { isPack } from './charge.ts'
import type { LineBuilder } from './encode.ts'
import { ALL, writeEvent } from './events.ts'
import { isPart } from './parts.ts'
import type { Site, SiteRow } from './site-state.ts'
import { type KitState, valueNamed } from './state.ts'

/** 16 cells of 3.2 V. */
const NOMINAL_V = 51.2
/** What follows from the packs is nothing that anybody said. */
const FOUND = 'design_wh'

/** Energy of the packs of the kit when new; what was told before as long as one of them does not say how much it holds. */
const designOf = (kit: KitState): SiteRow => {
  const packs = [...kit.modules.values()].filter((module) => isPack(module) && isPart(kit, module))
  const ah = packs.reduce((sum, pack) => sum + (valueNamed(pack, 'capacity_design_ah') || Number.NaN), 0)
  const told = kit.siteTold?.[FOUND]
  if (packs.length === 0 || Number.isNaN(ah)) return told === undefined ? {} : { [FOUND]: told }
  return { [FOUND]: Math.round(ah * NOMINAL_V) }
}

const rowOf = (kit: KitState): SiteRow => {
  const { latitudeDeg, longitudeDeg, panelsW = {}, group = '', account = '', acInput = 'shore', ...site } = kit.site
  return {
    label: kit.name === '' ? kit.sn : kit.name,
    time_zone: kit.timeZone,
    group,
    account,
    currency: site.tariff?.currency ?? '',
    ac_input: acInput,
    is_laid_up: site.isLaidUp === true ? 1 : 0,
    ...(latitudeDeg !== undefined && { latitude_deg: latitudeDeg }),
    ...(longitudeDeg !== undefined && { longitude_deg: longitudeDeg }),
    ...(panelsW[1] !== undefined && { pv_1_peak_w: panelsW[1] }),
    ...(panelsW[2] !== undefined && { pv_2_peak_w: panelsW[2] }),
    ...designOf(kit),
  }
}

const shown = (value: number | string | undefined): string =>
  value === undefined || value === '' ? 'nothing' : String(value)

/** `time_zone from Europe/Berlin to Europe/Lisbon`, one behind the other. */
const changesIn = (before: SiteRow, now: SiteRow): string =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => name !== FOUND && before[name] !== now[name])
    .map((name) => `${name} from ${shown(before[name])} to ${shown(now[name])}`)
    .join(', ')

const isSame = (a: SiteRow, b: SiteRow): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Appends the row of a kit, at the whole minute `at` (epoch ms), if it says something new. */
export const tickSite = (kit: KitState, at: number, into: LineBuilder): void => {
  const before = kit.siteTold
  const now = rowOf(kit)
  if (before !== undefined && isSame(before, now)) return
  kit.siteTold = now
  into.history += encodePoint({ measurement: 'site', tags: { kit_sn: kit.sn }, fields: now, at })
  const changes = before === undefined ? '' : changesIn(before, now)
  if (changes !== '') writeEvent(kit, ALL, 'site_changed', changes, at, into)
}

/** What is said of a kit now. Who brings it is known sooner or later, and never taken back. */
export const noteSite = (kit: KitState, said: Site, account: string | undefined): void => {
  const owner = account ?? kit.site.account
  kit.site = owner === undefined ? said : { ...said, account: owner }
}
