/** Panels without a time axis: tiles, tables, gauges. What is not current in them is grey and says so. */
import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge'
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  TableCellDisplayMode,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common'
import type { DynamicConfigValue, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table'
import { AGE, mapped, PLAIN, STALE_MAPPING } from './mappings.ts'
import { type BoardPanel, columnsOf, dress, type Look } from './panel.ts'

/** Of panels that show no more than the last three minutes. */
const NOTHING_NOW = 'no row in three minutes: is the collector running?'

/** A column that is always there and not shown: without any value a statement gives no row, and nothing would be "stale". */
export const TOLD = 'told'

/** The last value of every column but the time. */
const last = (): ReduceDataOptionsBuilder =>
  new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields(`/^(?!(?:Time|${TOLD})$).*/`)

const withAge = (look: Look): Look => ({ ...look, overrides: { Age: AGE, ...look.overrides } })

interface TilesLook extends Look {
  /** Instead of all values, where there is no row: of panels that look back for longer than three minutes. */
  readonly noValue?: string
}

/** A mapping of the whole panel would also stand where there is no row, and hide what `noValue` says. */
const staleFields = [mapped(STALE_MAPPING)]
const ANY_FIELD = '/.*/'

/** Big numbers; a value that is not current is "stale", in grey. */
export const tiles = (look: TilesLook): BoardPanel =>
  dress(new Stat().overrideByRegexp(ANY_FIELD, staleFields), withAge(look), 'table')
    .reduceOptions(last())
    .thresholds(PLAIN.thresholds)
    .colorScheme(PLAIN.scheme)
    .colorMode(BigValueColorMode.Value)
    .textMode(BigValueTextMode.ValueAndName)
    .orientation(VizOrientation.Auto)
    .noValue(look.noValue ?? NOTHING_NOW)

/** Bars side by side, for comparing. */
export const gauges = (look: TilesLook): BoardPanel =>
  dress(new BarGauge().overrideByRegexp(ANY_FIELD, staleFields), look, 'table')
    .reduceOptions(last())
    .thresholds(PLAIN.thresholds)
    .colorScheme(PLAIN.scheme)
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .noValue(look.noValue ?? NOTHING_NOW)

const TAG_NAMES: Readonly<Record<string, string>> = {
  kit_sn: 'Kit',
  module_sn: 'Module',
  circuit: 'Circuit',
  side: 'Side',
  input: 'Input',
  code: 'Code',
  meaning: 'Meaning',
  source_field: 'Wire field',
  reason: 'Reason',
  module: 'Kind',
}

interface TableLook extends Look {
  /** Rows stand for moments: their time is shown, first. */
  readonly hasTime?: boolean
  readonly sortBy?: { readonly column: string; readonly isDescending: boolean }
  /** What is absent is "stale". */
  readonly isNow?: boolean
  /** Several statements with the same tags make one row per series. */
  readonly isMerged?: boolean
}

/**
 * Rows are one where all columns that both have are equal: the tags, once the times are gone, which differ. A join would
 * take one column alone, and call the others by the measurement too.
 */
const MERGED = [
  { id: 'filterFieldsByName', options: { exclude: { names: ['Time'] } } },
  { id: 'merge', options: {} },
]

const arranged = ({ queries, hasTime = false }: TableLook): { id: string; options: object } => {
  const tags = [...new Set(queries.flatMap(({ by }) => by))]
  const labels = [...new Set(columnsOf(queries).map(([label]) => label))]
  const order = [...(hasTime ? ['Time'] : []), ...labels, ...tags]
  return {
    id: 'organize',
    options: {
      excludeByName: hasTime ? {} : { Time: true },
      indexByName: Object.fromEntries(order.map((name, index) => [name, index])),
      renameByName: Object.fromEntries(tags.map((tag) => [tag, TAG_NAMES[tag] ?? tag])),
    },
  }
}

/** Cells tell colours by their letters: those of values, of words and of what is "stale", but not those of flows. */
export const table = (look: TableLook): BoardPanel => {
  const panel = dress(new Table(), { ...withAge(look), isPlain: true }, 'table')
    .filterable(false)
    .thresholds(PLAIN.thresholds)
    .colorScheme(PLAIN.scheme)
    .cellOptions({ type: TableCellDisplayMode.ColorText })
  if (look.isMerged) for (const step of MERGED) panel.withTransformation(step)
  panel.withTransformation(arranged(look))
  if (look.isNow) panel.mappings([STALE_MAPPING])
  const { sortBy } = look
  if (sortBy) panel.sortBy([{ build: () => ({ displayName: sortBy.column, desc: sortBy.isDescending }) }])
  return panel
}

/** Colours the cell, not only the letters. */
export const filled: DynamicConfigValue = {
  id: 'custom.cellOptions',
  value: { type: 'color-background', mode: 'basic' },
}

/** Goes to a board when the cell is clicked; the kit's SN stands in the column `Kit`. */
export const linkTo = (title: string, url: string): DynamicConfigValue => ({ id: 'links', value: [{ title, url }] })

/** A number told in words, in their colour. */
export const words = (mapping: ValueMapping): DynamicConfigValue[] => [mapped(mapping, STALE_MAPPING)]
