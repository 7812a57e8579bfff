/**
 * What boards are built of. Every panel says what it shows, in which unit, where it comes from, and when it may be empty;
 * units and colours follow from the fields that are shown. Native panels only. Where a panel stands is left to boards.
 */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common'
import type { DynamicConfigValue, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { colourOf } from './colours.ts'
import { sourceOf } from './datasources.ts'
import type { Column, Query } from './query.ts'
import { panelTarget } from './target.ts'
import { grafanaUnit } from './units.ts'

export type BoardPanel = Builder<Panel>

export interface Look {
  readonly title: string
  /** What, and where it comes from, in whole sentences; the units are told by the axis. */
  readonly about: string
  /** When it may be empty, as the end of "Empty while …"; a panel without it always shows something. */
  readonly empty?: string
  readonly queries: readonly Query[]
  /** Of 24. */
  readonly w?: number
  readonly h?: number
  /** Of units that fit all, when the fields' own are not wanted. */
  readonly unit?: string
  readonly decimals?: number
  readonly min?: number
  readonly max?: number
  /** Without the colours of flows. */
  readonly isPlain?: boolean
  /** Repeats the panel for each value of this variable. */
  readonly repeat?: 'pack' | 'module'
  /** By the column's name. */
  readonly overrides?: Readonly<Record<string, readonly DynamicConfigValue[]>>
}

/** What every builder of a panel can. */
export interface Dressable<T> extends BoardPanel {
  title(title: string): T
  description(text: string): T
  datasource(source: DataSourceRef): T
  span(w: number): T
  height(h: number): T
  unit(unit: string): T
  decimals(decimals: number): T
  min(min: number): T
  max(max: number): T
  repeat(variable: string): T
  repeatDirection(direction: 'h' | 'v'): T
  maxPerRow(count: number): T
  withTarget(target: Builder<Dataquery>): T
  overrideByRegexp(regexp: string, properties: DynamicConfigValue[]): T
}

const MIXED = { type: 'datasource', uid: '-- Mixed --' }

export const columnsOf = (queries: readonly Query[]): [string, Column][] =>
  queries.flatMap(({ columns }) => Object.entries(columns))

const escaped = (label: string): string => label.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Series of one column each are called by their tags alone: then colours tell the series apart. */
const isByTag = ({ by, columns }: Query): boolean => by.length > 0 && Object.keys(columns).length === 1

const propertiesOf = ({ field, unit }: Column, isColoured: boolean, hasOwnUnit: boolean): DynamicConfigValue[] => {
  const colour = isColoured ? colourOf(field) : undefined
  return [
    ...(hasOwnUnit ? [{ id: 'unit', value: grafanaUnit(unit) }] : []),
    ...(colour === undefined ? [] : [{ id: 'color', value: { mode: 'fixed', fixedColor: colour } }]),
  ]
}

const dressColumns = <T extends Dressable<T>>(panel: T, look: Look, units: ReadonlySet<string>): void => {
  const done = new Set<string>()
  for (const query of look.queries)
    for (const [label, column] of Object.entries(query.columns)) {
      const isColoured = query.by.length === 0 && !look.isPlain
      const hasOwnUnit = look.unit === undefined && units.size > 1 && !isByTag(query)
      const properties = [...propertiesOf(column, isColoured, hasOwnUnit), ...(look.overrides?.[label] ?? [])]
      if (done.has(label) || properties.length === 0) continue
      done.add(label)
      panel.overrideByRegexp(`/^(.* )?${escaped(label)}$/`, properties)
    }
}

/** Puts on a panel what all of them have. */
export const dress = <T extends Dressable<T>>(panel: T, look: Look, format: 'time_series' | 'table'): T => {
  const { title, about, empty, queries, w = 12, h = 8, unit, decimals, min, max, repeat } = look
  const buckets = new Set(queries.map(({ bucket }) => bucket))
  const units = new Set(columnsOf(queries).map(([, column]) => column.unit))
  panel
    .title(title)
    .description(empty === undefined ? about : `${about} Empty while ${empty}.`)
    .datasource(buckets.size === 1 ? sourceOf(queries[0]!.bucket) : MIXED)
    .span(w)
    .height(h)
  for (const [order, query] of queries.entries()) panel.withTarget(panelTarget(query, format, order))
  if (unit !== undefined) panel.unit(unit)
  else if (units.size === 1) panel.unit(grafanaUnit([...units][0]!))
  if (decimals !== undefined) panel.decimals(decimals)
  if (min !== undefined) panel.min(min)
  if (max !== undefined) panel.max(max)
  if (repeat !== undefined) panel.repeat(repeat).repeatDirection('h').maxPerRow(2)
  dressColumns(panel, look, units)
  return panel
}
