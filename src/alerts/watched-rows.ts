/** The rows that alerts look at, as the state of the line has them now: never from the store, which may be down. */
import { ALL } from '../track/events.ts'
import { kitFields, moduleFields, rowModules } from '../track/rows.ts'
import type { KitState, ModuleState } from '../track/state.ts'
import { VERDICTS, type Verdict } from '../track/verdict.ts'
import type { Subject, WatchedRow } from './standing.ts'

const nameOf = (kit: KitState): string => (kit.name === '' ? kit.sn : kit.name)

const ofModule = (kit: KitState, { sn, table }: ModuleState): Subject => ({
  kitSn: kit.sn,
  moduleSn: sn,
  label: `${nameOf(kit)}, ${table.module.label} ${sn}`,
  timeZone: kit.timeZone,
})

/** An error that was not told since the module's last gap has a row without a value: it may be there or not. */
const errorRows = (kit: KitState, module: ModuleState, isLaidUp: boolean): WatchedRow[] =>
  [...(module.errors ?? [])].map(([slot, { code, meaning }]) => {
    const { tags } = module.table.series[module.table.slots[slot]!.series]!
    const place = [tags.circuit && `, circuit ${Number(tags.circuit)}`, tags.input && `, input ${Number(tags.input)}`]
    return {
      row: 'error',
      key: `error ${kit.sn} ${module.sn} ${slot} ${code}`,
      subject: { ...ofModule(kit, module), says: `${meaning} (code ${code}${place.join('')})` },
      isLaidUp,
      fields: Number.isNaN(module.values[slot]!) ? {} : { is_active: 1 },
    }
  })

/** Of one kit: its own row, those of its modules, and those of their errors. */
export const kitRows = (kit: KitState, at: number): WatchedRow[] => {
  const isLaidUp = kit.site.isLaidUp === true
  const fields = kitFields(kit, at)
  const says = `it is ${fields.verdict}: ${VERDICTS[fields.verdict as Verdict].is}`
  const subject = { kitSn: kit.sn, moduleSn: '', label: nameOf(kit), timeZone: kit.timeZone, says }
  const modules = rowModules(kit).map((module): WatchedRow => {
    const key = `module ${kit.sn} ${module.sn} ${module.table.module.kind}`
    return { row: 'module', key, subject: ofModule(kit, module), isLaidUp, fields: moduleFields(kit, module, at) }
  })
  const errors = [...kit.modules.values()].flatMap((module) => errorRows(kit, module, isLaidUp))
  return [{ row: 'kit', key: `kit ${kit.sn}`, subject, isLaidUp, fields }, ...modules, ...errors]
}

/** Of the collector itself. */
export const collectorWatched = (fields: WatchedRow['fields'], timeZone: string): WatchedRow => ({
  row: 'collector',
  key: 'collector',
  subject: { kitSn: '', moduleSn: '', label: 'The collector', timeZone },
  isLaidUp: false,
  fields,
})

/** Where an event about it stands. */
export const moduleTag = ({ moduleSn }: Subject): string => (moduleSn === '' ? ALL : moduleSn)
