/**
 * The reducer: reports and ticks in, lines out. Deterministic, with no clock of its own; the only owner of its state,
 * so that folding the same inputs after a restart gives the same state.
 */
import type { Catalogue } from '../catalogue/vocabulary.ts'
import { type Counters, count } from '../counters.ts'
import { normalise } from '../normalise/normalise.ts'
import type { Normalised, Sample } from '../normalise/sample.ts'
import type { ModuleRecord, QuotaReport, Report } from '../report/report.ts'
import { type Kinds, UNKNOWN_KIND } from '../report/resolve.ts'
import { LIST } from '../report/shapes.ts'
import { isFresh, learnCadence } from './cadence.ts'
import { type LineBuilder, nextStamp, writeSlots } from './encode.ts'
import { trackErrors } from './errors.ts'
import { ALL, writeEvent } from './events.ts'
import { kitOf, listedText, moduleOf, noteFirmware, noteList, noteUptime } from './inventory.ts'
import { isEcho, merge } from './merge.ts'
import { writeDeviceEnergy, writeQuarantined, writeUnknown } from './narrow.ts'
import { forget, type KitState, type ModuleState, moduleKey, type TrackState } from './state.ts'

/** Far beyond any kit: garbled serial numbers must not fill memory and the store with modules that do not exist. */
const MAX_MODULES = 500
const MAX_SN = 100

export interface Track {
  readonly state: TrackState
  readonly catalogue: Catalogue
  readonly counters: Counters
  /** The catalogue's words together with what the kits have reported under. */
  readonly kinds: Kinds
}

export const createTrack = (state: TrackState, catalogue: Catalogue, counters: Counters): Track => ({
  state,
  catalogue,
  counters,
  kinds: {
    ...catalogue,
    seen: (kitSn, moduleSn) => state.kits.get(kitSn)?.kindsOf.get(moduleSn) ?? [],
    listed: (kitSn, moduleSn) => {
      const kit = state.kits.get(kitSn)
      const detail = kit && listedText(kit, moduleSn, 'detail')
      return detail === undefined ? [] : catalogue.byDetail(detail)
    },
  },
})

const countValues = (counters: Counters, normalised: Normalised): void => {
  const { sentinels, placeholders, quarantined, unknown, energies, disagreements } = normalised
  if (sentinels > 0) count(counters, 'values', 'sentinel', sentinels)
  if (placeholders > 0) count(counters, 'values', 'placeholder', placeholders)
  if (quarantined.length > 0) count(counters, 'values', 'quarantined', quarantined.length)
  if (unknown.length > 0) count(counters, 'values', 'unknown', unknown.length)
  if (energies.length > 0) count(counters, 'values', 'written', energies.length)
  if (disagreements > 0) count(counters, 'power_disagreements', normalised.samples[0]!.table.module.kind, disagreements)
}

/** A report of the module came: after a gap nothing held before counts any more. */
const hear = (module: ModuleState, at: number): void => {
  if (module.heardAt > 0 && !isFresh(module, at)) forget(module)
  learnCadence(module, at)
  module.heardAt = at
  module.reports++
}

const observe = (
  track: Track,
  kit: KitState,
  sample: Sample,
  report: QuotaReport,
  at: number,
  into: LineBuilder,
): void => {
  const { counters } = track
  const module = moduleOf(kit, sample.table, sample.sn, at, into)
  const isList = sample.table.module.kind === LIST
  const firmware = isList ? listedText(kit, sample.sn, 'firmware') : undefined
  // While a kit is not connected the cloud repeats its last words: they are no sign of life. src: tolwi/hassio-ecoflow-cloud PR #743
  if (!isList && report.via === 'poll' && kit.isOnline === false && isEcho(module, sample)) {
    if (sample.origin > 0) count(counters, 'values', 'withheld', sample.origin)
    return
  }
  if (!isList) hear(module, at)
  const { written, values, reconciled } = merge(module, sample, report.via, at)
  if (values.written > 0) count(counters, 'values', 'written', values.written)
  if (values.unchanged > 0) count(counters, 'values', 'unchanged', values.unchanged)
  if (values.withheld > 0) count(counters, 'values', 'withheld', values.withheld)
  if (reconciled > 0) count(counters, 'reconciled', '', reconciled)
  if (isList) return noteFirmware(kit, sample.sn, firmware, at, into)
  noteUptime(kit, module, report.uptimeMs, at, into)
  if (written.length > 0) writeSlots(module, kit.sn, written, nextStamp(module, at), into)
  trackErrors(kit, module, at, into)
}

const isMet = (kit: KitState, { kind, sn }: ModuleRecord): boolean => kit.modules.has(moduleKey(kind, sn))

const observeRecord = (
  track: Track,
  kit: KitState,
  record: ModuleRecord,
  report: QuotaReport,
  at: number,
  into: LineBuilder,
): void => {
  const isTold = record.sn.length <= MAX_SN && (kit.modules.size < MAX_MODULES || isMet(kit, record))
  const normalised = normalise(isTold ? record : { ...record, kind: UNKNOWN_KIND }, kit.sn, at, track.catalogue)
  countValues(track.counters, normalised)
  for (const sample of normalised.samples) observe(track, kit, sample, report, at, into)
  for (const unknown of normalised.unknown) writeUnknown(kit, unknown, at, into, track.counters)
  for (const refused of normalised.quarantined) writeQuarantined(kit, refused, at, into, track.counters)
  for (const energy of normalised.energies) writeDeviceEnergy(kit, energy, into)
}

const noteOnline = (kit: KitState, isOnline: boolean | undefined, at: number, into: LineBuilder): void => {
  if (isOnline === undefined || isOnline === kit.isOnline) return
  if (kit.isOnline !== undefined || !isOnline)
    writeEvent(kit, ALL, isOnline ? 'came_online' : 'went_offline', '', at, into)
  kit.isOnline = isOnline
}

/** Folds a report received at `at` (epoch ms) and appends its lines. */
export const trackReport = (track: Track, report: Report, at: number, into: LineBuilder): void => {
  count(track.counters, 'reports', report.type)
  const kit = kitOf(track.state, report.kitSn, at, into)
  if (report.type === 'set_reply') return
  if (report.type === 'status') return noteOnline(kit, report.isOnline, at, into)
  kit.heardAt = Math.max(kit.heardAt, at)
  noteOnline(kit, report.via === 'push' ? true : report.isOnline, at, into)
  for (const record of report.records) observeRecord(track, kit, record, report, at, into)
  const listed = report.records.filter((record) => record.kind === LIST)
  if (listed.length > 0) noteList(kit, new Set(listed.map((record) => record.sn)), at, into)
}
