/** The rules as Grafana reads them from grafana/provisioning/alerting. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface RuleStep {
  readonly refId: string
  readonly datasourceUid: string
  readonly model: {
    readonly type?: 'reduce' | 'threshold' | 'math'
    readonly query?: string
    readonly expression?: string
    readonly conditions?: readonly {
      readonly evaluator: { readonly type: string; readonly params: readonly number[] }
    }[]
  }
}

export interface FileRule {
  readonly uid: string
  readonly title: string
  readonly condition: string
  readonly data: readonly RuleStep[]
  readonly for: string
  readonly keepFiringFor?: string
  readonly noDataState: 'OK' | 'Alerting'
  readonly execErrState: 'KeepLast' | 'Alerting'
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

interface RulesFile {
  readonly groups: readonly {
    readonly folder: string
    readonly interval: string
    readonly rules: readonly FileRule[]
  }[]
}

export const ruleGroups = (): RulesFile['groups'] =>
  (parse(readFileSync('grafana/provisioning/alerting/powerkits.yaml', 'utf8')) as RulesFile).groups

const PARTS = { s: 1, m: 60, h: 3600 } as const

/** Seconds of `30m`. */
export const seconds = (duration: string | undefined): number => {
  const [, count = '0', unit = 's'] = /^(\d+)([smh])$/.exec(duration ?? '0s') ?? []
  return Number(count) * PARTS[unit as keyof typeof PARTS]
}
