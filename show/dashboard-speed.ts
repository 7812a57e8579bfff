/** Shows how long the slowest panel of each board takes over a day, a month, a year and five years, in a real influxd. */
import { askBoards, type BoardsAsked, RANGES, tellFilled } from '../bench/fixture/grafana-influxd.ts'
import { machine, median } from '../bench/fixture/measure.ts'
import type { Asked } from '../test/grafana/asked.ts'

export const title = 'the slowest panel of each board at a day, a month, a year and five years, in ms, influxd 1.6.7'

const TIMES = 3
/** Whoever looks shall not wait longer for a panel. */
const MOST_MS = 3_000

/** All statements of a panel at once, as Grafana asks them. */
const timePanel = async (statements: readonly Asked[], days: number, ask: BoardsAsked['ask']): Promise<number> => {
  const times: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const startedAt = performance.now()
    await Promise.all(statements.map((asked) => ask(asked, days)))
    times.push(performance.now() - startedAt)
  }
  return median(times)
}

export const run = async (): Promise<boolean> => {
  machine()
  const { made, boards, ask, stop } = await askBoards()
  tellFilled(made)
  let most = 0
  console.log(`  slowest panel, ms${RANGES.map(({ name }) => name.padStart(12)).join('')}   which`)
  for (const { name, asked } of boards) {
    const ofPanels = asked.filter(({ what }) => what === 'panel')
    const panels = [...new Set(ofPanels.map(({ panel }) => panel))].map((title) =>
      ofPanels.filter(({ panel }) => panel === title),
    )
    const slowest: { ms: number; title: string }[] = []
    for (const { days } of RANGES) {
      let worst = { ms: 0, title: '' }
      for (const statements of panels) {
        const ms = await timePanel(statements, days, ask)
        if (ms > worst.ms) worst = { ms, title: statements[0]!.title }
      }
      slowest.push(worst)
    }
    most = Math.max(most, ...slowest.map(({ ms }) => ms))
    const titles = [...new Set(slowest.map((each) => each.title))].join(', ')
    console.log(`  ${name.padEnd(17)}${slowest.map(({ ms }) => ms.toFixed(0).padStart(12)).join('')}   ${titles}`)
  }
  await stop()
  console.log(
    `\n  median of ${TIMES}; slowest of all ${most.toFixed(0)} ms, ${most <= MOST_MS ? '' : 'not '}≤ ${MOST_MS} ms`,
  )
  return most <= MOST_MS
}
