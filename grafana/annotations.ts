/** What lies over every time series: holes in the data, what happened, commands and new firmware. */
import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { sourceOf } from './datasources.ts'
import { type Query, query } from './query.ts'
import { annotationTarget } from './target.ts'

/** Of several kits each one tells which it is of, and they are switched off until they are wanted: there may be many. */
const annotation = (name: string, colour: string, asked: Query, end?: 'end_ms'): AnnotationQueryBuilder => {
  const ofKits = asked.by.includes('kit_sn')
  const tags = ofKits ? 'about,kit_sn' : 'about'
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(sourceOf(asked.bucket))
    .enable(!ofKits)
    .iconColor(colour)
    .target(annotationTarget(asked, name, { title: 'what', text: 'text', tags, ...(end && { end }) }))
}

/** New firmware is one kind of event, with a colour of its own. */
const happenings = (
  name: string,
  colour: string,
  isFirmware: '=' | '!=',
  by: readonly 'kit_sn'[],
): AnnotationQueryBuilder =>
  annotation(
    name,
    colour,
    query({
      bucket: 'history',
      by,
      from: 'event',
      show: { what: 'text', text: 'details', about: 'kind' },
      tags: { kit_sn: '$kit' },
      where: [['kind', isFirmware, 'firmware_changed']],
    }),
  )

const kinds = (by: readonly 'kit_sn'[]): AnnotationQueryBuilder[] => [
  annotation(
    'Gaps',
    'rgba(142, 142, 142, 0.35)',
    query({
      bucket: 'history',
      during: 'reaching',
      by,
      from: 'gap',
      show: { what: 'cause', text: 'text', about: 'cause', end_ms: 'end_ms' },
      tags: { kit_sn: '$kit', module_sn: 'all' },
    }),
    'end_ms',
  ),
  happenings('Events', '#5794F2', '!=', by),
  happenings('Firmware', '#B877D9', '=', by),
  annotation(
    'Commands',
    '#FF9830',
    query({
      bucket: 'history',
      by,
      from: 'command',
      show: { what: 'kind', text: 'text', about: 'state' },
      tags: { kit_sn: '$kit' },
    }),
  ),
]

/** Of the kit that is chosen. */
export const annotations = (): AnnotationQueryBuilder[] => kinds([])

/** Of all kits that are chosen. */
export const annotationsOfKits = (): AnnotationQueryBuilder[] => kinds(['kit_sn'])
