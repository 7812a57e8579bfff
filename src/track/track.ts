/**
 * The reducer: reports and ticks in, lines out. Deterministic, with no clock of its own; the only owner of its state,
 * so that folding the same inputs after a restart gives the same state.
 */
import type { Catalogue } from '../catalogue/vocabulary.ts'
import { type Counters, count } from '../counters.ts'
import { createNormalise, type Normalise } from '../normalise/normalise.ts'
import type { Normalised, Sample } from '../normalise/sample.ts'
import type { DevicesReport, ModuleRecord, QuotaReport, Rejection, Report } from '../report/report.ts'
import { type Kinds, UNKNOWN_KIND } from '../report/resolve.ts'
import { LIST } from '../report/shapes.ts'
import { parseTopic } from '../report/topic.ts'
import { judge, shouldMove } from './belief.ts'
import { type LineBuilder, nextStamp, writeSlots } from './encode.ts'
import { trackErrors } from './errors.ts'
import { lookAtKit } from './gaps.ts'
import { hear, hearOf, lookAt, noteOnline, noteRefused, noteVerdict } from './hearing.ts'
import { afterMerge, beforeMerge } from './history.ts'
import { kitOf, listedText, moduleOf, noteFirmware, noteList, noteUptime } from './inventory.ts'
import { merge } from './merge.ts'
import { writeDeviceEnergy, writeQuarantined, writeUnknown } from './narrow.ts'
import { type KitState, moduleKey, type TrackState } from './state.ts'

/** Far beyond any kit: garbled serial numbers must not fill memory and the store with modules that do not exist. */
const MAX_MODULES = 500
const MAX_SN = 100

export interface Track {
  readonly state: TrackState
  readonly counters: Counters
  /** The catalogue's words together with what the kits have reported under. */
  readonly kinds: Kinds
  readonly normalise: Normalise
}

export const createTrack = (state: TrackState, catalogue: Catalogue, counters: Counters): Track => ({
  state,
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
  normalise: createNormalise(catalogue),
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

const observe = (
  track: Track,
  kit: KitState,
  sample: Sample,
  report: QuotaReport,
  isRefused: boolean,
  at: number,
  into: LineBuilder,
): void => {
  const { counters } = track
  const module = moduleOf(kit, sample.table, sample.sn, at, into)
  const isList = sample.table.module.kind === LIST
  const firmware = isList ? listedText(kit, sample.sn, 'firmware') : undefined
  if (!isList && sample.count === 0 && isRefused) return noteRefused(kit, module, at)
  const fromAt = isList ? 0 : hear(kit, module, report.via, at, into)
  if (!isList) beforeMerge(kit, module)
  const { written, values, reconciled } = merge(module, sample, report.via, at)
  if (values.written > 0) count(counters, 'values', 'written', values.written)
  if (values.unchanged > 0) count(counters, 'values', 'unchanged', values.unchanged)
  if (values.withheld > 0) count(counters, 'values', 'withheld', values.withheld)
  if (reconciled > 0) count(counters, 'reconciled', '', reconciled)
  if (isList) return noteFirmware(kit, sample.sn, firmware, at, into)
  afterMerge(kit, module, fromAt, at, into)
  noteUptime(kit, module, report.uptimeMs, at, into)
  if (written.length > 0) writeSlots(module, kit.sn, written, nextStamp(module, at), into)
  trackErrors(kit, module, at, into)
}

const isMet = (kit: KitState, { kind, sn }: ModuleRecord): boolean => kit.modules.has(moduleKey(kind, sn))

/** What the record says, until the next one is read. */
const read = (track: Track, kit: KitState, record: ModuleRecord, at: number): Normalised => {
  const isTold = record.sn.length <= MAX_SN && (kit.modules.size < MAX_MODULES || isMet(kit, record))
  return track.normalise(isTold ? record : { ...record, kind: UNKNOWN_KIND }, kit.sn, at)
}

const fold = (
  track: Track,
  kit: KitState,
  said: Normalised,
  report: QuotaReport,
  at: number,
  into: LineBuilder,
): void => {
  countValues(track.counters, said)
  const isRefused = said.quarantined.length > 0
  for (const sample of said.samples) observe(track, kit, sample, report, isRefused, at, into)
  if (said.unknown.length > 0 || said.energies.length > 0) hearOf(kit, report.via, at, into)
  for (const unknown of said.unknown) writeUnknown(kit, unknown, at, into, track.counters)
  for (const refused of said.quarantined) writeQuarantined(kit, refused, at, into, track.counters)
  for (const energy of said.energies) writeDeviceEnergy(kit, energy, into)
}

const trackPush = (track: Track, kit: KitState, report: QuotaReport, at: number, into: LineBuilder): void => {
  let refused = 0
  for (const record of report.records) {
    const said = read(track, kit, record, at)
    refused += said.quarantined.length
    fold(track, kit, said, report, at, into)
  }
  if (kit.pushedAt === at) return
  if (refused > 0) noteRefused(kit, undefined, at)
  else hearOf(kit, 'push', at, into)
}

/** Of an answer that may be old only which modules there are: the recording keeps the rest. */
const withhold = (track: Track, kit: KitState, said: Normalised, at: number, into: LineBuilder): void => {
  for (const sample of said.samples) if (sample.count > 0) moduleOf(kit, sample.table, sample.sn, at, into)
  if (said.values > 0) count(track.counters, 'values', 'withheld', said.values)
}

/** A file is taken at its word: a person brings it in. */
const trackPoll = (
  track: Track,
  kit: KitState,
  report: QuotaReport,
  isFile: boolean,
  at: number,
  into: LineBuilder,
): void => {
  const { movingW } = kit.numbers
  const isFlowing = report.records.some((record) => shouldMove(read(track, kit, record, at), movingW))
  lookAtKit(kit, at, into)
  const isBelieved = isFile || judge(kit, report.records, isFlowing, at) === 'believed'
  if (isFile) kit.evidence.movedAt = at
  for (const record of report.records) {
    const said = read(track, kit, record, at)
    if (isBelieved || record.kind === LIST) fold(track, kit, said, report, at, into)
    else withhold(track, kit, said, at, into)
  }
  lookAt(kit, at, into)
}

/** The devices of an account as its cloud lists them; those that are no kits of ours are passed over. */
const trackDevices = (track: Track, { devices }: DevicesReport, at: number, into: LineBuilder): void => {
  for (const { sn, isOnline } of devices) {
    const kit = track.state.kits.get(sn)
    if (kit === undefined) continue
    noteOnline(kit, isOnline, at, into)
    noteVerdict(kit, at, into)
  }
}

const trackQuota = (track: Track, report: QuotaReport, isFile: boolean, at: number, into: LineBuilder): void => {
  const kit = kitOf(track.state, report.kitSn, at, into)
  noteOnline(kit, report.via === 'push' ? true : report.isOnline, at, into)
  if (report.via === 'push') trackPush(track, kit, report, at, into)
  else trackPoll(track, kit, report, isFile, at, into)
  const listed = report.records.filter((record) => record.kind === LIST)
  if (listed.length > 0) noteList(kit, new Set(listed.map((record) => record.sn)), at, into)
}

/** Folds a report received at `at` (epoch ms) and appends its lines. `isFile`: a person brings it in, and when it was. */
export const trackReport = (track: Track, report: Report, at: number, into: LineBuilder, isFile = false): void => {
  count(track.counters, 'reports', report.type)
  if (report.type === 'quota') return trackQuota(track, report, isFile, at, into)
  if (report.type === 'devices') return trackDevices(track, report, at, into)
  const kit = kitOf(track.state, report.kitSn, at, into)
  if (report.type !== 'status') return
  noteOnline(kit, report.isOnline, at, into)
  noteVerdict(kit, at, into)
}

/** Rejections of what was meant to carry values. */
const UNUSABLE: ReadonlySet<Rejection> = new Set(['not_json', 'not_an_object', 'empty', 'no_data', 'too_large'])

/** A message of a kit was refused whole. */
export const trackRejected = (state: TrackState, topic: string, rejection: Rejection, at: number): void => {
  const origin = UNUSABLE.has(rejection) ? parseTopic(topic) : undefined
  const kit = origin?.channel === 'quota' ? state.kits.get(origin.kitSn) : undefined
  if (kit) noteRefused(kit, undefined, at)
}
