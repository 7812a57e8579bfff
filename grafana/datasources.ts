/** The two data sources, one per database, which every panel names by uid; and how Grafana is told of them. */
import type { Bucket } from '../src/catalogue/measurements.ts'

export interface SourceRef {
  readonly type: 'influxdb'
  readonly uid: string
}

const SOURCES = {
  raw: { uid: 'powerkits-raw', name: 'Power Kits (raw)', bucket: 'INFLUX_BUCKET' },
  history: { uid: 'powerkits-history', name: 'Power Kits (history)', bucket: 'INFLUX_HISTORY_BUCKET' },
} as const satisfies Record<Bucket, { uid: string; name: string; bucket: string }>

/** Where the boards and the rules stand. */
export const FOLDER = { uid: 'powerkits', title: 'Power Kits' } as const

export const sourceOf = (bucket: Bucket): SourceRef => ({ type: 'influxdb', uid: SOURCES[bucket].uid })

/**
 * Grafana fills in its own environment variables, and the file that deploy/make-secrets.sh makes: the whole header, since
 * the reader of the stack's InfluxDB is known by Basic and others by Token. Without `version` in jsonData a query is
 * InfluxQL.
 */
const provisioned = (bucket: Bucket): object => ({
  name: SOURCES[bucket].name,
  uid: SOURCES[bucket].uid,
  type: 'influxdb',
  access: 'proxy',
  url: '$INFLUX_URL',
  editable: false,
  jsonData: { dbName: `$${SOURCES[bucket].bucket}`, httpMode: 'POST', httpHeaderName1: 'Authorization' },
  secureJsonData: { httpHeaderValue1: '$__file{/run/secrets/influxdb-authorization}' },
})

/** The file of provisioning/datasources; JSON is YAML too. */
export const datasourcesFile = (): object => ({
  apiVersion: 1,
  datasources: (['raw', 'history'] as const).map(provisioned),
})

/** The file of provisioning/dashboards. */
export const providerFile = (): object => ({
  apiVersion: 1,
  providers: [
    {
      name: 'powerkits',
      orgId: 1,
      folder: FOLDER.title,
      folderUid: FOLDER.uid,
      type: 'file',
      allowUiUpdates: false,
      options: { path: '/etc/grafana/dashboards/powerkits' },
    },
  ],
})
