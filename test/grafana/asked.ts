/** Every statement that the generated files make Grafana ask, with where it stands. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import type { FileRule } from './alert-rules-file.ts'

export interface Asked {
  readonly board: string
  readonly what: 'panel' | 'annotation' | 'variable' | 'rule'
  readonly title: string
  readonly description: string
  readonly statement: string
  readonly bucket: 'raw' | 'history'
  /** Of the panel: statements of one panel may stand in for each other. */
  readonly panel: string
  readonly points?: number | undefined
  readonly minStepMs?: number | undefined
  /** Where the panel looks back so far whatever is shown. */
  readonly rangeMs?: number | undefined
  /** Whether several kits can be chosen on its board. */
  readonly takesKits?: boolean
}

interface Target {
  readonly query: string
  readonly datasource: { readonly uid: string }
}

interface PanelJson {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description?: string
  readonly targets?: readonly Target[]
  readonly interval?: string
  readonly maxDataPoints?: number
  readonly timeFrom?: string
  readonly transformations?: readonly { readonly id: string }[]
  readonly fieldConfig?: {
    readonly defaults: {
      readonly noValue?: string
      readonly mappings?: readonly object[]
      readonly thresholds?: { readonly steps: readonly object[] }
      readonly color?: object
      readonly custom?: { readonly cellOptions?: object }
    }
  }
}

const bucketOf = (uid: string): 'raw' | 'history' => {
  if (uid !== 'powerkits-raw' && uid !== 'powerkits-history') throw new Error(`no data source is called ${uid}`)
  return uid === 'powerkits-raw' ? 'raw' : 'history'
}

const UNITS_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, y: 31_536_000_000 } as const

/** Of Grafana's `10s`, `3y`. */
const lengthOf = (length: string | undefined): number | undefined => {
  const [, count, unit] = /^(\d+)([smhdy])$/.exec(length ?? '') ?? []
  return count === undefined ? undefined : Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS]
}

export const panelsOf = (board: Dashboard): readonly PanelJson[] =>
  (board.panels as unknown as PanelJson[]).filter(({ type }) => type !== 'row')

export const askedBy = (board: Dashboard): Asked[] => {
  const name = board.title ?? ''
  const panels = panelsOf(board).flatMap((panel) =>
    (panel.targets ?? []).map(
      (target): Asked => ({
        board: name,
        what: 'panel',
        title: panel.title,
        panel: `${name}: ${panel.title}`,
        description: panel.description ?? '',
        statement: target.query,
        bucket: bucketOf(target.datasource.uid),
        points: panel.maxDataPoints,
        minStepMs: lengthOf(panel.interval),
        rangeMs: lengthOf(panel.timeFrom),
      }),
    ),
  )
  const annotations = (board.annotations?.list ?? []).map((annotation): Asked => {
    const { query } = annotation.target as unknown as Target
    const uid = annotation.datasource?.uid ?? ''
    const title = annotation.name ?? ''
    const panel = `${name}: annotation ${title}`
    return { board: name, what: 'annotation', title, panel, description: '', statement: query, bucket: bucketOf(uid) }
  })
  const variables = (board.templating?.list ?? [])
    .filter(({ type }) => type === 'query')
    .map((variable): Asked => {
      const { query } = variable.query as unknown as { readonly query: string }
      const title = variable.name
      const panel = `${name}: variable ${title}`
      const bucket = bucketOf(variable.datasource?.uid ?? '')
      return { board: name, what: 'variable', title, panel, description: '', statement: query, bucket }
    })
  const takesKits = (board.templating?.list ?? []).some(({ name: variable, multi }) => variable === 'kit' && multi)
  return [...panels, ...annotations, ...variables].map((asked) => ({ ...asked, takesKits }))
}

/** A rule whose `noDataState` is OK says by that that its statements may find nothing. */
export const askedByRule = ({ title, data, noDataState }: FileRule): Asked[] =>
  data.flatMap(({ refId, datasourceUid, model }) => {
    if (model.query === undefined) return []
    const panel = `rule ${title}: ${refId}`
    const description = noDataState === 'OK' ? 'A value. Empty while nothing is to be told.' : ''
    const bucket = bucketOf(datasourceUid)
    return [{ board: 'rules', what: 'rule', title, panel, description, statement: model.query, bucket }]
  })
