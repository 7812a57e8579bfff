/** The complete rows a minute: one per known kit, one per known module, also while nothing is heard of them. */
import { LIST } from '../report/shapes.ts'
import { encodePoint } from '../store/line-protocol.ts'
import { kitAlarmFields, moduleAlarmFields } from './alarm-fields.ts'
import { isKnownNow } from './cadence.ts'
import { chargeFields, finite, isPack } from './charge.ts'
import { completenessPct } from './completeness.ts'
import { isDaylight } from './daylight.ts'
import type { LineBuilder } from './encode.ts'
import { todayFields } from './energy.ts'
import { kitVerdict, moduleVerdict } from './freshness.ts'
import { noteKitRow } from './hourly-kit.ts'
import { type KitState, knownErrors, type ModuleState, moduleKey, valueNamed } from './state.ts'
import { ERROR_TROUBLE, isCurrent, VERDICTS } from './verdict.ts'

type Fields = Record<string, number | string>

const KIND_OF_HUB = 'wireless'

const isModule = (module: ModuleState): boolean => module.table.module.ofKit !== true

const ageFields = (heardAt: number, at: number): Fields =>
  heardAt === 0 ? {} : { age_s: Math.max(0, Math.round((at - heardAt) / 1000)), last_report_ms: heardAt }

/** What the place and the panels that the owner tells of say. */
const siteFields = ({ site }: KitState, at: number): Fields => {
  const { latitudeDeg, longitudeDeg, panelsW } = site
  const isPlaced = latitudeDeg !== undefined && longitudeDeg !== undefined
  return {
    ...(isPlaced && { is_daylight: isDaylight(at, latitudeDeg, longitudeDeg) ? 1 : 0 }),
    ...(panelsW && { rated_w: (panelsW[1] ?? 0) + (panelsW[2] ?? 0) }),
  }
}

const shortestCadence = (modules: readonly ModuleState[]): number =>
  modules.reduce(
    (least, { cadenceMs }) => (cadenceMs > 0 && cadenceMs < least ? cadenceMs : least),
    Number.POSITIVE_INFINITY,
  )

const firmwareOf = (kit: KitState): Fields => {
  const hub = [...kit.modules.values()].find((module) => module.table.module.kind === KIND_OF_HUB)
  const listed = kit.modules.get(moduleKey(LIST, hub?.sn ?? kit.sn)) ?? kit.modules.get(moduleKey(LIST, kit.sn))
  const firmware = listed?.texts[listed.table.slotOf('firmware')]
  return firmware === undefined ? {} : { firmware }
}

/** The fields of the kit's row. */
export const kitFields = (kit: KitState, at: number): Fields => {
  const modules = [...kit.modules.values()].filter(isModule)
  const packs = modules.filter(isPack)
  const verdict = kitVerdict(kit, at)
  const errors = modules.reduce((sum, module) => sum + knownErrors(module).length, 0)
  const trouble = Math.max(VERDICTS[verdict].trouble, errors > 0 ? ERROR_TROUBLE : 0)
  return {
    label: kit.name === '' ? kit.sn : `${kit.name} · ${kit.sn}`,
    verdict,
    verdict_code: VERDICTS[verdict].code,
    trouble_code: trouble,
    ...ageFields(kit.heardAt, at),
    is_live: isCurrent(verdict) ? 1 : 0,
    error_count: errors,
    packs_live_count: packs.filter((pack) => isKnownNow(kit, pack, at)).length,
    packs_known_count: packs.length,
    ...firmwareOf(kit),
    ...chargeFields(kit, at),
    ...siteFields(kit, at),
    ...todayFields(kit, at),
    ...kitAlarmFields(kit, isCurrent(verdict), at),
    ...finite({ cadence_s: shortestCadence(modules) / 1000, completeness_today_pct: completenessPct(kit, at) }),
  }
}

/** What the list of modules says of a serial number: firmware, loader, addresses. */
const listedFields = (kit: KitState, sn: string): Fields => {
  const listed = kit.modules.get(moduleKey(LIST, sn))
  if (!listed) return {}
  const fields: Fields = {}
  for (const slot of listed.table.slots) {
    const value = listed.values[slot.index]!
    if (!Number.isNaN(value)) fields[slot.name] = slot.format === 'text' ? (listed.texts[slot.index] ?? '') : value
  }
  return fields
}

/** Of an inverter whether it sleeps, as last told. */
const asleepField = (module: ModuleState): Fields => {
  const isAsleep = valueNamed(module, 'is_low_power')
  return Number.isNaN(isAsleep) ? {} : { is_asleep: isAsleep }
}

/** The fields of a module's row. A module that is only listed has the list's kind and was never heard. */
export const moduleFields = (kit: KitState, module: ModuleState, at: number): Fields => {
  const isListed = module.table.module.kind === LIST
  const verdict = isListed ? 'unheard' : moduleVerdict(kit, module, at)
  return {
    ...listedFields(kit, module.sn),
    kind: isListed ? 'listed' : module.table.module.kind,
    verdict,
    verdict_code: VERDICTS[verdict].code,
    ...ageFields(module.heardAt, at),
    ...(module.cadenceMs > 0 ? { cadence_s: Math.round(module.cadenceMs) / 1000 } : {}),
    reports_count: module.reports,
    error_count: knownErrors(module).length,
    ...asleepField(module),
    ...(isListed ? {} : moduleAlarmFields(kit, module, isCurrent(kitVerdict(kit, at)), at)),
  }
}

/** Modules with a row of their own: those that report, and those that are only listed. */
export const rowModules = (kit: KitState): ModuleState[] =>
  [...kit.modules.values()].filter((module) =>
    module.table.module.kind === LIST ? !kit.kindsOf.has(module.sn) : isModule(module),
  )

/** Appends the kit's row and its modules' rows of the minute `at`. Two modules of one serial number are 1 ms apart. */
export const writeStatusRows = (kit: KitState, at: number, into: LineBuilder): void => {
  const fields = kitFields(kit, at)
  into.raw += encodePoint({ measurement: 'kit', tags: { kit_sn: kit.sn }, fields, at })
  noteKitRow(kit, fields, at, into)
  const used = new Map<string, number>()
  for (const module of rowModules(kit)) {
    const shift = used.get(module.sn) ?? 0
    used.set(module.sn, shift + 1)
    const tags = { kit_sn: kit.sn, module_sn: module.sn }
    into.raw += encodePoint({ measurement: 'module', tags, fields: moduleFields(kit, module, at), at: at + shift })
  }
}
