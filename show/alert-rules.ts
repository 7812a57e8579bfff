/**
 * Shows each rule of alerts in both renderings over the same life of a kit: asked by the collector itself, and by
 * Grafana's rule with its own statements of a real influxd. Both tell of it in the same minute, once, and of its end.
 */
import { ALERTS } from '../src/catalogue/alerts.ts'
import { rulesLives } from '../test/alerts/rule-lives.ts'
import { ruleGroups } from '../test/grafana/alert-rules-file.ts'
import { askBoth, isAgreed } from '../test/grafana/both-renderings.ts'
import { startInfluxd } from '../test/servers/influxd.ts'

export const title = 'every rule of alerts in both renderings, the collector’s own and Grafana’s, over an influxd'

type Told = Parameters<typeof isAgreed>[0]

const minuteOf = (told: Told, what: string): string => {
  const minutes = told.filter(([is]) => is === what).map(([, minute]) => String(minute))
  return (minutes.join(',') || '-').padStart(6)
}

export const run = async (): Promise<boolean> => {
  const rules = ruleGroups().flatMap((group) => group.rules)
  const lives = rulesLives()
  const influxd = await startInfluxd()
  console.log(`      ${''.padEnd(70)}      own         Grafana     (minutes since it went wrong)`)
  console.log(
    `      ${'rule'.padEnd(21)}${'what goes wrong'.padEnd(49)} fires  over   fires  over   for, keep firing for`,
  )
  let isRight = true
  for (const { id } of ALERTS) {
    const rule = rules.find(({ uid }) => uid === `powerkits-${id}`)
    const life = lives[id]
    if (rule === undefined || life === undefined) throw new Error(`${id} has no rule or no life`)
    const { own, grafana } = await askBoth(influxd.url, rule, life)
    const isGood = isAgreed(own, grafana)
    isRight &&= isGood
    const minutes = [own, grafana].map((told) => `${minuteOf(told, 'fired')}${minuteOf(told, 'cleared')}`).join('  ')
    const waits = `${rule.for}, ${rule.keepFiringFor ?? '0s'}`
    console.log(`${isGood ? 'ok   ' : 'WRONG'} ${id.padEnd(21)}${life.is.padEnd(49)}${minutes}   ${waits}`)
  }
  await influxd.close()
  return isRight
}
