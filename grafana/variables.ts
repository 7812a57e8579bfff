/** What a board can be narrowed by: kits under their owner's name, their packs, modules and circuits. */
import {
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { sourceOf } from './datasources.ts'
import { query, tagValues } from './query.ts'

/** A label is `name · SN` or the SN alone: the SN is the value, the whole what a person reads. */
const LABEL = '/^(?<text>(?:.* · )?(?<value>\\S+))$/'

const listed = (name: string, label: string, bucket: 'raw' | 'history', statement: string): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(sourceOf(bucket))
    .query({ query: statement, refId: `variable-${name}` })
    .definition(statement)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc)

const every = (variable: QueryVariableBuilder): QueryVariableBuilder =>
  variable
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: ['All'], value: ['$__all'] })

/** Kits that have had a status row in the last week: all known ones, while the collector runs. */
const kits = (): QueryVariableBuilder =>
  listed(
    'kit',
    'Site',
    'raw',
    query({ bucket: 'raw', from: 'kit', show: { label: 'last(label)' }, during: { last: '7d' }, by: ['kit_sn'] }).text,
  ).regex(LABEL)

export const kitVariable = (): QueryVariableBuilder => kits().multi(false)

export const kitsVariable = (): QueryVariableBuilder => every(kits())

export const packVariable = (): QueryVariableBuilder =>
  every(listed('pack', 'Pack', 'history', tagValues('energy_battery', 'module_sn', { kit_sn: '$kit' })))

export const moduleVariable = (): QueryVariableBuilder =>
  every(listed('module', 'Module', 'raw', tagValues('module', 'module_sn', { kit_sn: '$kit' })))

export const circuitVariable = (): QueryVariableBuilder =>
  every(listed('circuit', 'Circuit', 'history', tagValues('energy_circuit', 'circuit', { kit_sn: '$kit' })))

/** Where the collector answers; a browser must reach it from where its owner sits. */
export const addressVariable = (): TextBoxVariableBuilder =>
  new TextBoxVariableBuilder('collector').label('Collector').defaultValue('http://127.0.0.1:8484')
