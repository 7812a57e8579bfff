/** Shows that every statement of every board and rule is taken by a real influxd with years in it, and that none finds nothing unsaid. */
import { askBoards, type BoardsAsked, RANGES, tellFilled } from '../bench/fixture/grafana-influxd.ts'
import { machine } from '../bench/fixture/measure.ts'
import type { Asked } from '../test/grafana/asked.ts'
import { REFUSED } from '../test/grafana/refused.ts'

export const title =
  'every query of every board and rule at a day, a month, a year and five years, in a real influxd 1.6.7'

interface Judged {
  readonly count: number
  readonly wrong: readonly string[]
  /** Panels that were empty at some range, and say when they may be. */
  readonly saidEmpty: number
  readonly longest: { readonly ms: number; readonly what: string }
}

const saysEmpty = ({ description }: Asked): boolean => / Empty while /.test(description)

const judge = async (all: readonly Asked[], ask: BoardsAsked['ask']): Promise<Judged> => {
  const wrong: string[] = []
  const rowsOf = new Map<Asked, number>()
  const empty = new Map<string, Asked>()
  let longest = { ms: 0, what: '' }
  for (const asked of all) {
    const word = REFUSED.exec(asked.statement)?.[0]
    if (word !== undefined) wrong.push(`${asked.panel}: InfluxDB 2.7 or 3 do not take "${word}": ${asked.statement}`)
  }
  for (const { name, days } of RANGES) {
    const byPanel = new Map<string, number>()
    for (const asked of all) {
      const { error, rows, ms } = await ask(asked, days)
      if (error !== undefined) wrong.push(`${asked.panel}: ${error}: ${asked.statement}`)
      rowsOf.set(asked, (rowsOf.get(asked) ?? 0) + rows)
      byPanel.set(asked.panel, (byPanel.get(asked.panel) ?? 0) + rows)
      if (ms > longest.ms) longest = { ms, what: `${asked.title} at ${name}` }
    }
    for (const asked of all) if (byPanel.get(asked.panel) === 0) empty.set(`${asked.panel} at ${name}`, asked)
  }
  for (const [where, asked] of empty)
    if (!saysEmpty(asked)) wrong.push(`${where}: is empty, and does not say that it may`)
  for (const [asked, rows] of rowsOf)
    if (rows === 0) wrong.push(`${asked.panel}: finds nothing at any length: ${asked.statement}`)
  const saidEmpty = new Set([...empty.values()].filter(saysEmpty).map(({ panel }) => panel)).size
  return { count: all.length, wrong, saidEmpty, longest }
}

/** What is wrong is found to be so: a name that nobody writes, a statement that does not parse, one that is refused. */
const wouldNotice = async (ask: BoardsAsked['ask']): Promise<boolean> => {
  const asked = { board: '', what: 'panel', title: '', panel: 'by hand', description: '', bucket: 'raw' } as const
  const statements = [
    'SELECT last("soc_pctt") FROM "kit" WHERE $timeFilter',
    'SELECT last( FROM "kit" WHERE $timeFilter',
    'SELECT sample("soc_pct", 3) FROM "kit" WHERE $timeFilter',
  ]
  const judged = await Promise.all(statements.map((statement) => judge([{ ...asked, statement }], ask)))
  return judged.every(({ wrong }) => wrong.length > 0)
}

export const run = async (): Promise<boolean> => {
  machine()
  const { made, boards, rules, ask, stop } = await askBoards()
  tellFilled(made)
  const wrong: string[] = []
  let count = 0
  console.log('  board         queries   wrong   panels empty as said   longest, ms')
  for (const { name, asked } of [...boards, { name: 'alert rules', asked: rules }]) {
    const judged = await judge(asked, ask)
    wrong.push(...judged.wrong)
    count += judged.count
    const cells = [String(judged.count).padStart(7), String(judged.wrong.length).padStart(7)]
    const { ms, what } = judged.longest
    console.log(
      `  ${name.padEnd(12)} ${cells.join(' ')} ${String(judged.saidEmpty).padStart(22)} ${ms.toFixed(0).padStart(13)}   ${what}`,
    )
  }
  for (const line of wrong) console.log(`  WRONG ${line}`)
  const notices = await wouldNotice(ask)
  console.log(`\n  ${count} queries, each at ${RANGES.length} lengths: ${wrong.length} wrong`)
  console.log(`  ${notices ? 'ok   ' : 'WRONG'} wrong queries made by hand are found`)
  await stop()
  return wrong.length === 0 && count > 100 && notices
}
