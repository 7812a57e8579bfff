import { expect, it } from 'vitest'
import type { ModuleRow } from '../../../../src/console/api-shapes.ts'
import { moduleKey } from '../../../../src/console/live-state.ts'
import { knownModules, matchingSeries, placeOf } from '../../../../src/console/pages/modules/known-modules.ts'
import { AT, heard, KIT } from '../heard.ts'

const PACK = 'M101Z3B4ZE7D0101'
const CONSOLE = 'M106Z1B4ZE9P0101'
const PANEL = 'M10E1-LDAC-0C3D4'

const live = new Map(
  [
    heard({ sn: PANEL, kind: 'ldac', series: { 'panel ac': { power_w: 5 }, 'circuit ac 02': { power_w: 5 } } }),
    heard({
      sn: PACK,
      kind: 'bp5000',
      series: { battery: { slot: 2, soc_pct: 63, temperature_c: 11 } },
      isFresh: false,
    }),
    heard({ sn: KIT, kind: 'bmstotal', series: { battery_bank: { soc_pct: 64 } } }),
  ].map((module) => [moduleKey(module), module]),
)

const row = (sn: string, kind: string, more: Partial<ModuleRow> = {}): ModuleRow => ({
  ...{ module_sn: sn, kind, label: 'Console', verdict: 'live', verdict_text: '' },
  ...{ is_fresh: true, reports_count: 1, error_count: 0, ...more },
})

const rows = [
  row(CONSOLE, 'listed', { verdict: 'unheard', is_fresh: false, reports_count: 0 }),
  row(PANEL, 'ldac'),
  row(KIT, 'wireless', { last_report_ms: AT - 5000 }),
  row(PACK, 'bp5000'),
]

it('knows modules by the list and by what they say, the hub first, and those that are only listed last', () => {
  const modules = knownModules(rows, live)
  expect(modules.map(({ kind }) => kind)).toEqual(['wireless', 'bmstotal', 'bp5000', 'ldac', 'listed'])
  expect(modules[0]).toMatchObject({ sn: KIT, reportedAt: AT - 5000, series: [] })
  expect(modules[1]).not.toHaveProperty('row')
  // The stream is newer than the list.
  expect(modules[2]).toMatchObject({ verdict: 'silent', isFresh: false, slot: 2, reportedAt: AT - 2000 })
  expect(modules[4]).toMatchObject({ label: 'Console', isFresh: false })
  expect(modules[4]).not.toHaveProperty('reportedAt')
})

const found = (search: string, said?: (text: string) => string): string[] =>
  knownModules(rows, live).flatMap((module) =>
    matchingSeries(module, search, said).flatMap((series) =>
      series.fields.map(({ name }) => [series.measurement, placeOf(series), name].filter(Boolean).join(' ')),
    ),
  )

it('finds values by every word of the search: names, places, modules, values', () => {
  expect(found('')).toHaveLength(6)
  expect(found('SOC')).toEqual(['battery_bank soc_pct', 'battery soc_pct'])
  expect(found('soc bp5000')).toEqual(['battery soc_pct'])
  expect(found(' 02  power ')).toEqual(['circuit ac 02 power_w'])
  expect(found('battery 63')).toEqual(['battery soc_pct'])
  expect(found(PACK.toLowerCase())).toHaveLength(3)
  expect(found('nothing of that kind')).toEqual([])
})

it('finds values by words in the language of the person', () => {
  expect(found('vierundsechzig')).toEqual([])
  expect(found('vierundsechzig', (text) => (text === '64' ? 'vierundsechzig' : text))).toEqual(['battery_bank soc_pct'])
})
