/** The packs of a kit: what is known of each now, and how each aged, day by day. */
import type { Answers, LastValue } from '../store/store.ts'
import { type Asked, type Entry, entryOf } from './asked.ts'

/** What is asked of a pack's own rows; how it ages stands in `battery_health`. */
const NOW_FIELDS = ['model', 'slot', 'soc_pct', 'voltage_v', 'current_a', 'power_w', 'temperature_c', 'error_code']

/** One entry per pack and day: the fields of `battery_health`. */
export const healthOf = async (answers: Answers, { kitSn, fromAt, toAt }: Asked): Promise<Entry[]> => {
  const measurement = 'battery_health'
  const tags = { kit_sn: kitSn }
  const rows = await answers.rows({ bucket: 'history', measurement, tags, from: fromAt, to: toAt })
  return rows.map((row) => entryOf(measurement, row))
}

const byModule = (values: readonly LastValue[]): Map<string, LastValue[]> => {
  const modules = new Map<string, LastValue[]>()
  for (const value of values) {
    const sn = value.tags.module_sn ?? ''
    modules.set(sn, [...(modules.get(sn) ?? []), value])
  }
  return modules
}

const newest = (values: readonly LastValue[]): number => Math.max(...values.map(({ at }) => at))

const fieldsOf = (values: readonly LastValue[]): Entry =>
  Object.fromEntries(values.map(({ field, value }) => [field, value]))

/**
 * One entry per pack that the kit ever had: its last values with when it told the newest of them (`reported_ms`), and
 * its last health with the day it is of (`health_ms`). Of packs that are gone these are old.
 */
export const batteriesNow = async (answers: Answers, { kitSn }: Pick<Asked, 'kitSn'>): Promise<Entry[]> => {
  const tags = { kit_sn: kitSn }
  const told = await answers.last({ bucket: 'raw', measurement: 'battery', tags, fields: NOW_FIELDS })
  const aged = await answers.last({ bucket: 'history', measurement: 'battery_health', tags })
  const [reports, health] = [byModule(told), byModule(aged)]
  const packs = [...new Set([...reports.keys(), ...health.keys()])].sort()
  return packs.map((sn) => {
    const [now, days] = [reports.get(sn), health.get(sn)]
    const own = days && entryOf('battery_health', { tags: {}, at: newest(days), values: fieldsOf(days) })
    const { start_ms, ...lasting } = own ?? {}
    return {
      module_sn: sn,
      ...(now && { reported_ms: newest(now), ...fieldsOf(now) }),
      ...(start_ms !== undefined && { health_ms: start_ms }),
      ...lasting,
    }
  })
}
