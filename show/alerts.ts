/** Shows each rule of alerts over the life of a kit that it should tell of: it fires once, and is over once. */
import { ALERTS } from '../src/catalogue/alerts.ts'
import { type Found, liveOf, rulesLives } from '../test/alerts/rule-lives.ts'

export const title =
  'every rule of alerts: what makes it fire, after how long, and when it is over; through the real line'

const minuteOf = (found: readonly Found[], what: Found['what']): string => {
  const minutes = found.filter((one) => one.what === what).map(({ minute }) => String(minute))
  return (minutes.join(', ') || '-').padStart(5)
}

export const run = async (): Promise<boolean> => {
  const lives = rulesLives()
  console.log(`      ${'rule'.padEnd(21)}${'what goes wrong'.padEnd(49)}fires  over  (minutes since it went wrong)`)
  const isRight = ALERTS.map(({ id }) => {
    const life = lives[id]
    const found = life === undefined ? [] : liveOf(id, life)
    const isGood = found.map(({ what }) => what).join() === 'fired,cleared'
    const told = `${minuteOf(found, 'fired')} ${minuteOf(found, 'cleared')}`
    console.log(
      `${isGood ? 'ok   ' : 'WRONG'} ${id.padEnd(21)}${(life?.is ?? 'no life').padEnd(49)}${told}  ${found[0]?.text ?? ''}`,
    )
    return isGood
  })
  return isRight.every(Boolean)
}
