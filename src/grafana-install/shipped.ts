/** The boards and rules as they are shipped in grafana/, in the shape that Grafana's HTTP API takes. */
import { readdirSync, readFileSync } from 'node:fs'
import { type Rule, rulesOf } from '../alerts/evaluate.ts'
import { ALERTS } from '../catalogue/alerts.ts'
import type { Settings } from '../config.ts'

export const FOLDER = { uid: 'powerkits', title: 'Power Kits' } as const

/** Where they stand beside `src` and `dist`. */
export const SHIPPED = new URL('../../grafana/', import.meta.url)

export interface ShippedBoard {
  readonly uid: string
  readonly title: string
}

interface Step {
  readonly refId: string
  readonly model: { readonly conditions?: readonly { readonly evaluator: object }[] }
}

interface FileRule {
  readonly uid: string
  readonly data: readonly Step[]
  readonly keepFiringFor?: string
  readonly annotations?: Readonly<Record<string, string>>
}

export interface RuleGroup {
  readonly title: string
  readonly folderUid: string
  /** s */
  readonly interval: number
  readonly rules: readonly { readonly uid: string }[]
}

export const shippedBoards = (from: URL): ShippedBoard[] => {
  const folder = new URL('dashboards/', from)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ShippedBoard)
}

const withThreshold = (steps: readonly Step[], fires: number): Step[] =>
  steps.map(({ model, ...step }) => {
    const conditions = model.conditions?.map((each) => ({ ...each, evaluator: { ...each.evaluator, params: [fires] } }))
    return { ...step, model: conditions ? { ...model, conditions } : model }
  })

/** Words that name the threshold name the one that holds. */
const withWords = (annotations: FileRule['annotations'] = {}, { alert: { is }, fires }: Rule): object =>
  Object.fromEntries(
    Object.entries(annotations).map(([key, text]) => [
      key,
      key === 'value' ? text.replace(new RegExp(`\\b${is} -?[\\d.]*\\d`), `${is} ${fires}`) : text,
    ]),
  )

const asApiTakesIt = ({ keepFiringFor, annotations, ...file }: FileRule, rule: Rule): { uid: string } => ({
  ...file,
  ...(keepFiringFor !== undefined && { keep_firing_for: keepFiringFor }),
  ...{ folderUID: FOLDER.uid, ruleGroup: FOLDER.uid },
  ...{ annotations: withWords(annotations, rule), data: withThreshold(file.data, rule.fires) },
})

/** The rules that are not switched off, with the thresholds of these settings. */
export const shippedRules = (from: URL, settings: Settings): RuleGroup => {
  const text = readFileSync(new URL('provisioning/alerting/powerkits.yaml', from), 'utf8')
  // one line of comment, then JSON
  const file = JSON.parse(text.slice(text.indexOf('\n'))) as { groups: [{ rules: FileRule[] }] }
  const known = new Map(file.groups[0].rules.map((rule) => [rule.uid, rule]))
  const rules = rulesOf(ALERTS, settings, settings.ALERT_OFF).flatMap((rule) => {
    const shipped = known.get(`powerkits-${rule.alert.id}`)
    return shipped === undefined ? [] : [asApiTakesIt(shipped, rule)]
  })
  return { title: FOLDER.uid, folderUid: FOLDER.uid, interval: 60, rules }
}
