/** A statement as Grafana keeps it, which the SDK has no builder for. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import { sourceOf } from './datasources.ts'
import type { Query } from './query.ts'

const built = (target: object): Builder<Dataquery> => ({
  build: () => ({ ...target, _implementsDataqueryVariant: () => undefined }),
})

/** How a series is called: by what tells it from the others. */
const aliasOf = ({ columns, by }: Query): string => {
  const tags = by.map((tag) => `$tag_${tag}`)
  return [...tags, ...(tags.length === 0 || Object.keys(columns).length > 1 ? ['$col'] : [])].join(' ')
}

/** The statement of a panel; `order` names it within its panel. */
export const panelTarget = (query: Query, format: 'time_series' | 'table', order: number): Builder<Dataquery> =>
  built({
    refId: refIdOf(order),
    datasource: sourceOf(query.bucket),
    query: query.text,
    rawQuery: true,
    resultFormat: format,
    ...(format === 'time_series' && { alias: aliasOf(query) }),
  })

export const refIdOf = (order: number): string => String.fromCharCode(65 + order)

/**
 * The statement of an annotation, and which of its columns is what. Grafana reads it as time series whatever format is
 * asked for, so that a column is called by its measurement too; a statement with GROUP BY would have its tags in every name.
 */
export const annotationTarget = (
  query: Query,
  name: string,
  columns: {
    readonly title: string
    readonly text: string
    readonly tags: readonly string[]
    readonly end?: string | undefined
  },
): Builder<Dataquery> => {
  const called = (label: string): string => `${query.from}.${label}`
  return built({
    refId: 'Anno',
    datasource: sourceOf(query.bucket),
    query: query.text,
    rawQuery: true,
    resultFormat: 'time_series',
    queryType: 'tags',
    fromAnnotations: true,
    name,
    titleColumn: called(columns.title),
    textColumn: called(columns.text),
    tagsColumn: columns.tags.map(called).join(','),
    timeEndColumn: columns.end === undefined ? '' : called(columns.end),
  })
}
