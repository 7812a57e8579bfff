/** What lies over every time series: holes in the data, what happened, commands and new firmware. */
import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { sourceOf } from './datasources.ts'
import { type Query, query } from './query.ts'
import { annotationTarget } from './target.ts'

const annotation = (name: string, colour: string, asked: Query, end?: 'end_ms'): AnnotationQueryBuilder =>
  new AnnotationQueryBuilder()
    .name(name)
    .datasource(sourceOf(asked.bucket))
    .enable(true)
    .iconColor(colour)
    .target(annotationTarget(asked, name, { title: 'what', text: 'text', tags: 'about', ...(end && { end }) }))

const stretches = { bucket: 'history', during: 'reaching' } as const

/** Of the kit that is chosen. */
export const annotations = (): AnnotationQueryBuilder[] => [
  annotation(
    'Gaps',
    'rgba(142, 142, 142, 0.35)',
    query({
      ...stretches,
      from: 'gap',
      show: { what: 'cause', text: 'text', about: 'cause', end_ms: 'end_ms' },
      tags: { kit_sn: '$kit', module_sn: 'all' },
    }),
    'end_ms',
  ),
  annotation(
    'Events',
    '#5794F2',
    query({
      bucket: 'history',
      from: 'event',
      show: { what: 'text', text: 'details', about: 'kind' },
      tags: { kit_sn: '$kit' },
      where: [['kind', '!=', 'firmware_changed']],
    }),
  ),
  annotation(
    'Firmware',
    '#B877D9',
    query({
      bucket: 'history',
      from: 'event',
      show: { what: 'text', text: 'details', about: 'kind' },
      tags: { kit_sn: '$kit' },
      where: [['kind', '=', 'firmware_changed']],
    }),
  ),
  annotation(
    'Commands',
    '#FF9830',
    query({
      bucket: 'history',
      from: 'command',
      show: { what: 'kind', text: 'text', about: 'state' },
      tags: { kit_sn: '$kit' },
    }),
  ),
]
