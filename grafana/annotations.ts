/** What lies over every time series: holes in the data, what happened, commands and new firmware. */
import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { sourceOf } from './datasources.ts'
import { type Query, query } from './query.ts'
import { annotationTarget } from './target.ts'

/** Which kit it is of, among several. */
type OfKit = { readonly of?: 'kit_sn' }

/** Of several kits each one tells which it is of, and they are switched off until they are wanted: there may be many. */
const annotation = (name: string, colour: string, asked: Query): AnnotationQueryBuilder => {
  const ofKits = 'of' in asked.columns
  const end = 'end_ms' in asked.columns ? 'end_ms' : undefined
  const columns = { title: 'what', text: 'text', tags: ofKits ? ['about', 'of'] : ['about'], end }
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(sourceOf(asked.bucket))
    .enable(!ofKits)
    .iconColor(colour)
    .target(annotationTarget(asked, name, columns))
}

/** New firmware is one kind of event, with a colour of its own. */
const happenings = (name: string, colour: string, isFirmware: '=' | '!=', ofKit: OfKit): AnnotationQueryBuilder =>
  annotation(
    name,
    colour,
    query({
      bucket: 'history',
      from: 'event',
      show: { what: 'text', text: 'details', about: 'kind', ...ofKit },
      tags: { kit_sn: '$kit' },
      where: [['kind', isFirmware, 'firmware_changed']],
    }),
  )

const kinds = (ofKit: OfKit): AnnotationQueryBuilder[] => [
  annotation(
    'Gaps',
    'rgba(142, 142, 142, 0.35)',
    query({
      bucket: 'history',
      during: 'reaching',
      from: 'gap',
      show: { what: 'cause', text: 'text', about: 'cause', end_ms: 'end_ms', ...ofKit },
      tags: { kit_sn: '$kit', module_sn: 'all' },
    }),
  ),
  happenings('Events', '#5794F2', '!=', ofKit),
  happenings('Firmware', '#B877D9', '=', ofKit),
  annotation(
    'Commands',
    '#FF9830',
    query({
      bucket: 'history',
      from: 'command',
      show: { what: 'kind', text: 'text', about: 'state', ...ofKit },
      tags: { kit_sn: '$kit' },
    }),
  ),
]

/** Of the kit that is chosen. */
export const annotations = (): AnnotationQueryBuilder[] => kinds({})

/** Of all kits that are chosen. */
export const annotationsOfKits = (): AnnotationQueryBuilder[] => kinds({ of: 'kit_sn' })
