/**
 * Brings data sources, folder, boards and rules into a Grafana over its HTTP API. Promises: only the folder `powerkits`,
 * the group of rules in it and the uids that are shipped are written, each only when it is not yet so; a run that broke
 * off is made whole by the next one.
 */
import { createHash } from 'node:crypto'
import { CollectorError } from '../errors.ts'
import { type Answer, type Ask, taken, takenAs } from './grafana-api.ts'
import { FOLDER, type RuleGroup, type ShippedBoard } from './shipped.ts'

export interface Source {
  readonly uid: string
  readonly name: string
  readonly jsonData: object
  /** Not where only its secret is not known. */
  readonly url: string
  readonly secureJsonData?: object
}

export interface Wanted {
  readonly sources: readonly Source[]
  readonly boards: readonly ShippedBoard[]
  readonly rules: RuleGroup
}

export type Outcome = 'made' | 'changed' | 'unchanged'

/** Called once for each part. */
export type Tell = (what: string, outcome: Outcome, more?: string) => void

/** Whether all of `wanted` stands in `found`, which may hold more. */
const isIn = (wanted: unknown, found: unknown): boolean => {
  if (typeof wanted !== 'object' || wanted === null) return wanted === found
  if (typeof found !== 'object' || found === null) return false
  if (Array.isArray(wanted) && (!Array.isArray(found) || found.length !== wanted.length)) return false
  return Object.entries(wanted).every(([key, value]) => isIn(value, (found as Record<string, unknown>)[key]))
}

const installFolder = async (ask: Ask, tell: Tell): Promise<void> => {
  const doing = 'looking at the folder'
  const found = await ask('GET', `/api/folders/${FOLDER.uid}`, doing)
  if (found.status !== 404) takenAs(FOLDER.uid, found, doing)
  else takenAs(FOLDER.uid, await ask('POST', '/api/folders', 'making the folder', FOLDER), 'making the folder')
  tell(`folder ${FOLDER.title}`, found.status === 404 ? 'made' : 'unchanged')
}

const healthOf = async (ask: Ask, uid: string): Promise<Answer> =>
  ask('GET', `/api/datasources/uid/${uid}/health`, 'testing a data source')

/**
 * A secret cannot be read back: it is written again when the data source does not work with the one it has. Whether it
 * works in the end.
 */
const installSource = async (ask: Ask, source: Source, tell: Tell): Promise<boolean> => {
  const { secureJsonData, ...open } = { ...source, type: 'influxdb', access: 'proxy' }
  const doing = `writing the data source ${source.name}`
  const path = `/api/datasources/uid/${source.uid}`
  const found = await ask('GET', path, doing)
  const whole = { ...open, ...(secureJsonData && { secureJsonData }) }
  let outcome: Outcome = 'unchanged'
  if (found.status === 404) {
    taken(await ask('POST', '/api/datasources', doing, whole), doing)
    outcome = 'made'
  } else if (!isIn(open, taken(found, doing).is) || (await healthOf(ask, source.uid)).status !== 200) {
    taken(await ask('PUT', path, doing, whole), doing)
    outcome = 'changed'
  }
  const { status, is } = await healthOf(ask, source.uid)
  tell(
    `data source ${source.name}`,
    outcome,
    status === 200 ? '' : `it does not answer Grafana: ${is.message ?? status}`,
  )
  return status === 200
}

/** Stands as a message at the version of the board, so that what Grafana makes of the board need not be compared. */
const markOf = (board: ShippedBoard): string =>
  `powerkits ${createHash('sha256').update(JSON.stringify(board)).digest('hex').slice(0, 16)}`

/** Older Grafanas answer with the list itself. */
const latestMark = ({ is }: Answer): unknown => {
  const list = (Array.isArray(is) ? is : is.versions) as readonly { message?: unknown }[] | undefined
  return list?.[0]?.message
}

const installBoard = async (ask: Ask, board: ShippedBoard, tell: Tell): Promise<void> => {
  const doing = `writing the board ${board.title}`
  const path = `/api/dashboards/uid/${board.uid}`
  const found = await ask('GET', path, doing)
  const isNew = found.status === 404
  const { folderUid } = (isNew ? {} : (taken(found, doing).is.meta ?? {})) as { folderUid?: unknown }
  const mark = isNew ? undefined : latestMark(await ask('GET', `${path}/versions?limit=1`, doing))
  const isSame = mark === markOf(board) && folderUid === FOLDER.uid
  const body = { dashboard: board, folderUid: FOLDER.uid, overwrite: true, message: markOf(board) }
  if (!isSame) taken(await ask('POST', '/api/dashboards/db', doing, body), doing)
  tell(`board ${board.title}`, isNew ? 'made' : isSame ? 'unchanged' : 'changed')
}

const byUid = ({ rules }: Pick<RuleGroup, 'rules'>): Record<string, unknown> =>
  Object.fromEntries(rules.map((rule) => [rule.uid, rule]))

/** Writing the group takes away rules that are not shipped any more, in this group alone. */
const installRules = async (ask: Ask, group: RuleGroup, tell: Tell): Promise<void> => {
  const doing = 'writing the rules of alerts'
  const path = `/api/v1/provisioning/folder/${FOLDER.uid}/rule-groups/${group.title}`
  const found = await ask('GET', path, doing)
  const isNew = found.status === 404
  const known = isNew ? undefined : (taken(found, doing).is as unknown as RuleGroup)
  const isSame =
    known !== undefined &&
    known.interval === group.interval &&
    known.rules.length === group.rules.length &&
    isIn(byUid(group), byUid(known))
  if (!isSame) taken(await ask('PUT', path, doing, group), doing)
  tell(`${group.rules.length} rules of alerts`, isNew ? 'made' : isSame ? 'unchanged' : 'changed')
}

/**
 * Throws at the first part that Grafana does not take; those told before are there. `grafana_source_silent` where all is
 * there and a data source does not answer.
 */
export const installGrafana = async (ask: Ask, { sources, boards, rules }: Wanted, tell: Tell): Promise<void> => {
  await installFolder(ask, tell)
  const silent: string[] = []
  for (const source of sources) if (!(await installSource(ask, source, tell))) silent.push(source.url)
  for (const board of boards) await installBoard(ask, board, tell)
  await installRules(ask, rules, tell)
  if (silent.length > 0)
    throw new CollectorError('grafana_source_silent', `Grafana gets no answer from ${[...new Set(silent)].join(', ')}.`)
}
