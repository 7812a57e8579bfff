/**
 * The cloud's answer to "all quotas" of a kit, in each shape the vendor has used: A every module a JSON string,
 * B nested objects (and `wireless` still a string), C flat keys `module.sn.field`, double = B wrapped twice.
 */
import type { Kit } from './kit-model.ts'
import { moduleList } from './module-list.ts'
import { fullFields, modulesOf } from './modules.ts'
import { bankFields } from './wire-battery.ts'
import type { WireFields } from './wire-number.ts'

export type QuotaShape = 'A' | 'B' | 'C' | 'double'

/** The vendor's envelope. */
export interface Answer {
  readonly code: string
  readonly message: string
  readonly data?: unknown
  readonly eagleEyeTraceId: string
  readonly tid: string
}

/** A successful answer around some data. */
export const success = (data?: unknown): Answer => ({
  code: '0',
  message: 'Success',
  ...(data === undefined ? {} : { data }),
  eagleEyeTraceId: '',
  tid: '',
})

/** Everything known of a kit: by module kind, mostly by serial number below that. */
export type Quotas = Readonly<Record<string, unknown>>

/** The whole of a kit as it stands. */
export const quotasOf = (kit: Kit): Quotas => {
  const all: Record<string, Record<string, WireFields>> = {}
  for (const module of modulesOf(kit)) {
    all[module.kind] ??= {}
    all[module.kind]![module.sn] = fullFields(kit, module)
  }
  return {
    ...all,
    bmsTotal: bankFields(kit),
    wireless: { [kit.plan.hubSn]: { scenes: kit.settings.scenes } },
    onLineModuleSnList: moduleList(kit),
  }
}

const flat = (all: Quotas): Quotas => {
  const entries = Object.entries(all).flatMap(([kind, value]): [string, unknown][] => {
    if (kind === 'onLineModuleSnList') return [[kind, JSON.stringify(value)]]
    return Object.entries(value as Quotas).flatMap(([second, inner]): [string, unknown][] =>
      kind === 'bmsTotal'
        ? [[`${kind}.${second}`, inner]]
        : Object.entries(inner as Quotas).map(([field, item]) => [`${kind}.${second}.${field}`, item]),
    )
  })
  return Object.fromEntries(entries)
}

const strings = (all: Quotas): Quotas =>
  Object.fromEntries(Object.entries(all).map(([kind, value]) => [kind, JSON.stringify(value)]))

/** Puts a kit's quotas in one of the vendor's shapes; `names` are the modules wanted, all when left out. */
export const shapeQuotas = (all: Quotas, shape: QuotaShape, names?: readonly string[]): Answer => {
  const wanted =
    names === undefined ? all : Object.fromEntries(Object.entries(all).filter(([kind]) => names.includes(kind)))
  if (shape === 'A') return success(strings(wanted))
  if (shape === 'C') return success(flat(wanted))
  const half = 'wireless' in wanted ? { ...wanted, wireless: JSON.stringify(wanted.wireless) } : wanted
  return shape === 'B' ? success(half) : { ...success(), data: { code: '0', message: 'Success', data: half } }
}

/** What the cloud answers for a kit as it stands. */
export const quotaAll = (kit: Kit, shape: QuotaShape, names?: readonly string[]): Answer =>
  shapeQuotas(quotasOf(kit), shape, names)
