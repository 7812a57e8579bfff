/** What holds of the rules that Grafana reads; that each of them finds what it should is shown against a real influxd. */
import { describe, expect, it } from 'vitest'
import { limitsOf } from '../../src/catalogue/alert-rule.ts'
import { ALERTS } from '../../src/catalogue/alerts.ts'
import { ruleGroups, seconds } from './alert-rules-file.ts'

const groups = ruleGroups()
const rules = groups.flatMap((group) => group.rules)

it('has every rule of the table once, asked each minute, in a folder that no board claims', () => {
  expect(groups.map(({ folder, interval }) => [folder, interval])).toEqual([['Power Kits alerts', '1m']])
  expect(rules.map(({ uid }) => uid)).toEqual(ALERTS.map(({ id }) => `powerkits-${id}`))
  expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length)
  // Grafana refuses longer ones
  expect(rules.filter(({ uid }) => uid.length > 40)).toEqual([])
})

describe.each(ALERTS)('$id', (alert) => {
  const rule = rules.find(({ uid }) => uid === `powerkits-${alert.id}`)!
  const { fires, clears } = limitsOf(alert, {})

  it('waits and keeps on as the table says, and longer where Grafana knows no second threshold', () => {
    expect(seconds(rule.for)).toBe(alert.forS)
    expect(seconds(rule.keepFiringFor)).toBe(fires === clears ? alert.keepS : Math.max(alert.keepS, 600))
    expect(rule.noDataState).toBe(alert.noData === 'alerting' ? 'Alerting' : 'OK')
  })

  it('asks for what the table names, and compares as it says', () => {
    const [asked] = rule.data
    expect(asked?.model.query).toContain(`last("${alert.field}") AS "value" FROM "${alert.row}"`)
    expect(asked?.datasourceUid).toBe(alert.row === 'error' ? 'powerkits-history' : 'powerkits-raw')
    const evaluators = rule.data.flatMap(({ model }) => (model.conditions ?? []).map(({ evaluator }) => evaluator))
    expect(evaluators).toEqual([{ type: alert.is === 'above' ? 'gt' : 'lt', params: [fires] }])
    const conditions = rule.data.at(-1)?.model.expression ?? ''
    expect(conditions.includes('$laid_up < 0.5')).toBe(alert.mutedWhenLaidUp)
    expect(conditions.includes(String(alert.only?.value ?? 'nothing else'))).toBe(alert.only !== undefined)
  })

  it('uses only what comes before, and is judged by its last step', () => {
    expect(rule.condition).toBe(rule.data.at(-1)?.refId)
    const known = new Set<string>()
    for (const { refId, model } of rule.data) {
      const used = model.type === 'math' ? [...model.expression!.matchAll(/\$(\w+)/g)].map(([, name]) => name!) : []
      const unknown = [...used, ...(model.type && model.type !== 'math' ? [model.expression!] : [])]
      expect(unknown.filter((name) => !known.has(name))).toEqual([])
      known.add(refId)
    }
  })

  it('says what it means and where to look, and holds nothing that Grafana takes for its environment', () => {
    expect(rule.labels).toMatchObject({ source: 'powerkits', severity: alert.severity })
    expect('kit' in rule.labels).toBe(alert.row !== 'collector')
    expect(Object.values(rule.labels).join()).not.toContain('$')
    expect(rule.annotations.description).toContain(alert.todo)
    expect(rule.annotations.board).toContain(`/d/powerkits-${alert.board}`)
  })

  it('tells its value in words, and the threshold where it can be set', () => {
    const { value } = rule.annotations
    const isFlag = /^(?:is|has)_/.test(alert.field)
    expect(value === undefined).toBe(isFlag)
    if (value === undefined) return
    const limit = typeof alert.threshold === 'number' ? undefined : `, ${alert.is} ${fires}`
    expect(value.includes(limit ?? alert.title)).toBe(limit !== undefined)
    const words = value.replaceAll(
      /\{\{ (?:if index \$labels "(?:kit_sn|collector)"|else|end|\w+ (?:"%\.\d[gf]" )?\$values\.value\.Value) \}\}/g,
      '',
    )
    expect(words).not.toMatch(/[{}$_]/)
  })
})
