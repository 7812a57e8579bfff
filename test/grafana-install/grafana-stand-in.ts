/**
 * A stand-in of Grafana's HTTP API, as far as the install asks it, over a real socket. It adds what Grafana adds to what
 * it is given, never gives a secret back, and counts what is written.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Record<string, unknown>

interface Saved {
  readonly dashboard: Json
  readonly folderUid: string
  readonly messages: readonly string[]
}

/** May all; may only look; may write all but folders. */
export const TOKENS = { admin: 'glsa_admin', viewer: 'glsa_viewer', folderless: 'glsa_folderless' } as const

export interface StandIn {
  readonly url: string
  readonly folders: Map<string, Json>
  readonly sources: Map<string, Json>
  readonly boards: Map<string, Saved>
  readonly groups: Map<string, Json>
  /** Method and path of each request that changed something. */
  readonly writes: string[]
  /** Whether a data source with this secret answers. */
  isHealthy: (secret: unknown) => boolean
  close(): Promise<void>
}

type Reply = readonly [status: number, body: unknown]
type Handler = (grafana: StandIn, key: string, body: Json) => Reply

const MISSING: Reply = [404, { message: 'Not found' }]

const found = (value: Json | undefined): Reply => (value === undefined ? MISSING : [200, value])

const openPart = ({ secureJsonData, ...source }: Json): Json => ({
  ...{ id: 7, orgId: 1, readOnly: false, version: 1 },
  ...source,
  secureJsonFields: Object.fromEntries(
    Object.keys((secureJsonData as Json | undefined) ?? {}).map((key) => [key, true]),
  ),
})

/** Grafana fills in what expressions and statements leave to it. */
const asKept = (group: Json): Json => ({
  ...group,
  rules: (group.rules as Json[]).map((rule, id) => ({
    ...{ id, orgID: 1, provenance: 'api', updated: '2026-06-01T12:00:00Z' },
    ...rule,
    data: (rule.data as Json[]).map((step) => ({
      queryType: '',
      ...step,
      model: { intervalMs: 1000, maxDataPoints: 43_200, ...(step.model as Json) },
    })),
  })),
})

const HANDLERS: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ['GET', /^\/api\/folders\/([\w-]+)$/, ({ folders }, uid) => found(folders.get(uid))],
  [
    'POST',
    /^\/api\/folders$/,
    ({ folders }, _, body) => {
      folders.set(String(body.uid), { id: 3, ...body })
      return [200, { id: 3, ...body }]
    },
  ],
  [
    'GET',
    /^\/api\/datasources\/uid\/([\w-]+)$/,
    ({ sources }, uid) => {
      const source = sources.get(uid)
      return source === undefined ? MISSING : [200, openPart(source)]
    },
  ],
  [
    'GET',
    /^\/api\/datasources\/uid\/([\w-]+)\/health$/,
    ({ sources, isHealthy }, uid) => {
      const secret = (sources.get(uid)?.secureJsonData as Json | undefined)?.httpHeaderValue1
      return isHealthy(secret) ? [200, { status: 'OK' }] : [400, { status: 'ERROR', message: '401 Unauthorized' }]
    },
  ],
  [
    'POST',
    /^\/api\/datasources$/,
    ({ sources }, _, body) => {
      sources.set(String(body.uid), body)
      return [200, { message: 'Datasource added' }]
    },
  ],
  [
    'PUT',
    /^\/api\/datasources\/uid\/([\w-]+)$/,
    ({ sources }, uid, body) => {
      sources.set(uid, body)
      return [200, { message: 'Datasource updated' }]
    },
  ],
  [
    'GET',
    /^\/api\/dashboards\/uid\/([\w-]+)$/,
    ({ boards }, uid) => {
      const board = boards.get(uid)
      return board ? [200, { dashboard: board.dashboard, meta: { folderUid: board.folderUid } }] : MISSING
    },
  ],
  [
    'GET',
    /^\/api\/dashboards\/uid\/([\w-]+)\/versions\?limit=1$/,
    ({ boards }, uid) => [200, { versions: [{ message: boards.get(uid)?.messages.at(-1) }] }],
  ],
  [
    'POST',
    /^\/api\/dashboards\/db$/,
    ({ boards }, _, { dashboard, folderUid, message }) => {
      const { uid } = dashboard as { uid: string }
      const messages = [...(boards.get(uid)?.messages ?? []), String(message)]
      boards.set(uid, {
        dashboard: { id: 9, version: 2, ...(dashboard as Json) },
        folderUid: String(folderUid),
        messages,
      })
      return [200, { status: 'success', uid }]
    },
  ],
  [
    'GET',
    /^\/api\/v1\/provisioning\/folder\/([\w-]+\/rule-groups\/[\w-]+)$/,
    ({ groups }, key) => found(groups.get(key)),
  ],
  [
    'PUT',
    /^\/api\/v1\/provisioning\/folder\/([\w-]+\/rule-groups\/[\w-]+)$/,
    ({ groups }, key, body) => {
      groups.set(key, asKept(body))
      return [200, body]
    },
  ],
]

const answer = (grafana: StandIn, method: string, path: string, token: string | undefined, body: Json): Reply => {
  if (!Object.values<unknown>(TOKENS).includes(token)) return [401, { message: 'Invalid API key' }]
  const isWrite = method !== 'GET'
  if (isWrite && (token === TOKENS.viewer || (token === TOKENS.folderless && path === '/api/folders')))
    return [403, { message: "You'll need additional permissions to perform this action." }]
  for (const [itsMethod, pattern, handler] of HANDLERS) {
    const match = pattern.exec(path)
    if (itsMethod !== method || match === null) continue
    if (isWrite) grafana.writes.push(`${method} ${path}`)
    return handler(grafana, match[1] ?? '', body)
  }
  return MISSING
}

export const openStandIn = async (): Promise<StandIn> => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Json)
    const token = request.headers.authorization?.replace('Bearer ', '')
    const [status, said] = answer(grafana, request.method ?? '', request.url ?? '', token, body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const grafana: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    folders: new Map([['mine', { uid: 'mine', title: 'My own' }]]),
    sources: new Map([['my-influx', { uid: 'my-influx', name: 'My InfluxDB' }]]),
    boards: new Map([['my-board', { dashboard: { uid: 'my-board' }, folderUid: 'mine', messages: ['mine'] }]]),
    groups: new Map([['mine/rule-groups/mine', { title: 'mine', interval: 60, rules: [] }]]),
    writes: [],
    isHealthy: () => true,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return grafana
}

/** What there is that the install has no business with. */
export const foreignOf = ({ folders, sources, boards, groups }: StandIn): string =>
  JSON.stringify([
    folders.get('mine'),
    sources.get('my-influx'),
    boards.get('my-board'),
    groups.get('mine/rule-groups/mine'),
  ])
