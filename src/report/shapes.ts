/**
 * The shapes in which the vendor packs modules, decided per key and never per answer, since one answer may mix them:
 *   A  "bbcout": "{\"SN\":{…}}"      B  "bbcout": {"SN":{…}}      C  "bbcout.SN.field": value
 * and fields of the kit itself without the SN level. Keys that are none of these are plain fields.
 * src: tolwi/hassio-ecoflow-cloud #131, #431, PR #855; powerkits-api.txt L40-83, L178-209, L884
 */
import { isKeyedBySn, isLikeSn, isObject, type Json, unpack } from './json.ts'
import type { ModuleRecord } from './report.ts'

/** What shapes need to know of the catalogue. */
export interface Vocabulary {
  /** Whether the catalogue knows this module name (lower case). */
  isKind(kind: string): boolean
  /** Whether modules of this kind speak for the kit itself and carry no serial number. */
  isOfKit(kind: string): boolean
  /** How many of these keys are fields of the kind, or the first segment of one. */
  familiar(kind: string, keys: Iterable<string>): number
}

/** A flat report's own serial number, and that of its kit. */
export interface Origin {
  readonly kitSn: string
  readonly moduleSn: string
}

export interface Unpacked {
  readonly records: ModuleRecord[]
  /** Keys that belong to no module named here: the fields of a flat report. */
  readonly plain: Json
}

export const LIST = 'onlinemodulesnlist'
const HUB = 'wireless'

/** Where a record's serial number is needed and none is known. */
export const NO_SN = 'unknown'

/** Collects shape C: many keys, one record. */
type Gathered = Map<string, { kind: string; sn: string; fields: Record<string, unknown> }>

const gather = (gathered: Gathered, kind: string, sn: string, field: string, value: unknown): void => {
  const key = `${kind} ${sn}`
  const record = gathered.get(key) ?? { kind, sn, fields: Object.create(null) as Record<string, unknown> }
  record.fields[field] = value
  gathered.set(key, record)
}

const listEntries = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.map(unpack).filter(isObject)
  if (!isObject(value)) return []
  return 'moduleSn' in value ? [value] : Object.values(value).map(unpack).filter(isObject)
}

/** `segment` is where the entry stood: its position, or the serial number itself. */
const listRecord = (entry: Json, segment = ''): ModuleRecord => {
  const implied = /^\d*$/.test(segment) ? NO_SN : segment
  const sn = typeof entry.moduleSn === 'string' && entry.moduleSn !== '' ? entry.moduleSn : implied
  return { kind: LIST, sn, fields: entry }
}

/** A record per entry; whatever is no entry stays beside them, as fields that nobody knows. */
const listRecords = (value: unknown): ModuleRecord[] | undefined => {
  const entries = listEntries(value)
  if (entries.length === 0) return undefined
  const rest: Record<string, unknown> = Object.create(null)
  if (!(isObject(value) && 'moduleSn' in value))
    for (const [key, entry] of Object.entries(value as object)) if (!isObject(unpack(entry))) rest[key] = entry
  const records = entries.map((entry) => listRecord(entry))
  return Object.keys(rest).length > 0 ? [...records, { kind: LIST, sn: NO_SN, fields: rest }] : records
}

/** The serial number of a record whose shape has no SN level. */
const impliedSn = (kind: string, origin: Origin, words: Vocabulary): string =>
  words.isOfKit(kind) || kind === HUB ? origin.kitSn : origin.moduleSn || NO_SN

/** The value of a key that is a module's name: members keyed by serial number, or the fields themselves. */
const readModule = (kind: string, value: unknown, origin: Origin, words: Vocabulary): ModuleRecord[] | undefined => {
  if (kind === LIST) return listRecords(value)
  if (!isObject(value)) return undefined
  const records: ModuleRecord[] = []
  const own: Record<string, unknown> = Object.create(null)
  for (const [key, packedMember] of Object.entries(value)) {
    const member = unpack(packedMember)
    if (isObject(member) && words.familiar(kind, [key]) === 0)
      records.push({ kind, sn: words.isOfKit(kind) ? origin.kitSn : key || NO_SN, fields: member })
    else own[key] = packedMember
  }
  if (Object.keys(own).length > 0) records.push({ kind, sn: impliedSn(kind, origin, words), fields: own })
  return records
}

/** `bp5000.SN.soc`, `bp5000.SN` with all its fields, `bmsTotal.totalSoc`, `ichigh.SN.appCfg.powerOn`, `onLineModuleSnList[0].moduleSn`. */
const DOTTED = /^([A-Za-z][A-Za-z0-9_]*)(?:\[(\d+)\])?\.(.+)$/s

const LONGEST_SN = 100

/**
 * The dot behind the serial number: the first, where what stands before it looks like one. Masked numbers have dots of
 * their own: then the first that a known field follows.
 */
const endOfSn = (kind: string, rest: string, words: Vocabulary): number => {
  const first = rest.indexOf('.')
  if (first < 0 || isLikeSn(rest.slice(0, first))) return first
  for (let dot = first; dot >= 0 && dot <= LONGEST_SN; dot = rest.indexOf('.', dot + 1))
    if (words.familiar(kind, [rest.slice(dot + 1)]) > 0) return dot
  return first
}

const readDotted = (key: string, value: unknown, origin: Origin, words: Vocabulary, into: Gathered): boolean => {
  const match = DOTTED.exec(key)
  const kind = match?.[1]?.toLowerCase() ?? ''
  if (!match || (!words.isKind(kind) && origin.moduleSn !== '')) return false
  const rest = match[3]!
  const dot = kind === LIST ? rest.indexOf('.') : endOfSn(kind, rest, words)
  if (kind === LIST) {
    gather(into, kind, match[2] ?? rest.slice(0, Math.max(dot, 0)), rest.slice(dot + 1), value)
    return true
  }
  const member = dot < 0 ? unpack(value) : undefined
  if (isObject(member) && words.isKind(kind) && words.familiar(kind, [rest]) === 0) {
    for (const field in member) gather(into, kind, words.isOfKit(kind) ? origin.kitSn : rest, field, member[field])
    return true
  }
  const hasSn = dot > 0 && words.familiar(kind, [rest, rest.slice(0, dot)]) === 0
  if (!words.isKind(kind) && !(hasSn && isLikeSn(rest.slice(0, dot)))) return false
  const sn = hasSn && !words.isOfKit(kind) ? rest.slice(0, dot) : impliedSn(kind, origin, words)
  gather(into, kind, sn, hasSn ? rest.slice(dot + 1) : rest, value)
  return true
}

/** The list under a dotted key, whatever stands behind the dot. */
const isListOfModules = (key: string, value: unknown): boolean =>
  key.toLowerCase().startsWith(LIST) && listEntries(unpack(value)).length > 0

/** Whether the value can only be a field: a number or the like under a name without a dot. */
const isPlainField = (key: string, value: unknown): boolean =>
  (typeof value === 'number' || typeof value === 'boolean') && !key.includes('.')

const hasOnlyPlainFields = (packed: Json): boolean => {
  for (const key in packed) if (!isPlainField(key, packed[key])) return false
  return true
}

/** Splits an object into the modules it names and the plain fields it carries. Never throws. */
export const unpackModules = (packed: Json, origin: Origin, words: Vocabulary): Unpacked => {
  // What kits push most: looked at once, taken as it is.
  if (hasOnlyPlainFields(packed)) return { records: [], plain: packed }
  const records: ModuleRecord[] = []
  const gathered: Gathered = new Map()
  const plain: Record<string, unknown> = Object.create(null)
  for (const key in packed) {
    const kind = key.toLowerCase()
    const value = packed[key]
    const mayBeModule = words.isKind(kind) || isKeyedBySn(unpack(value))
    const found = mayBeModule ? readModule(kind, unpack(value), origin, words) : undefined
    const told = found ?? (isListOfModules(key, value) ? listRecords(unpack(value)) : undefined)
    // Not push(...told): a hostile message may name more modules than a call can take arguments.
    if (told) for (const record of told) records.push(record)
    else if (!readDotted(key, value, origin, words, gathered)) plain[key] = value
  }
  for (const { kind, sn, fields } of gathered.values())
    records.push(kind === LIST ? listRecord(fields, sn) : { kind, sn, fields })
  return { records, plain }
}
