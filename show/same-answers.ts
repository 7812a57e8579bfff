/** Shows that every question about history has one answer, whichever store keeps it. */
import { openInflux } from '../src/store/influx.ts'
import type { Store } from '../src/store/store.ts'
import { openTemporary, writeRows } from '../test/analysis/past.ts'
import { type Compared, compareAnswers } from '../test/analysis/questions.ts'
import { type SimulatedWeeks, simulateWeeks } from '../test/analysis/simulated-weeks.ts'
import { type Served, serve } from '../test/http/serve.ts'
import { startInfluxd } from '../test/servers/influxd.ts'

export const title =
  'the same questions about simulated weeks asked of both stores (embedded, influxd 1.6.7): equal answers'

const DAYS = 15
const RAW_DAYS = 2
const DAY_MS = 86_400_000
/** So many of the questions must have rows in their answer, else little is shown. */
const LEAST_WITH_ROWS = 40

const fill = async (store: Store, { raw, history }: SimulatedWeeks): Promise<void> => {
  await writeRows(store, 'raw', raw)
  await writeRows(store, 'history', history)
}

/** Modules of the kit that some questions are about. */
const moduleOf = ({ state, kitSn }: SimulatedWeeks, kind: string): string =>
  [...state.kits.get(kitSn)!.modules.values()].find(({ table }) => table.module.kind === kind)?.sn ?? ''

const report = (compared: readonly Compared[], weeks: SimulatedWeeks): boolean => {
  console.log('rows  equal  question')
  for (const { question, size, isEqual, difference } of compared) {
    const asked = question.replaceAll(
      /(from|to)=(\d+)/g,
      (_, name, at) => `${name}=${new Date(Number(at)).toISOString().slice(0, 16)}`,
    )
    console.log(`${String(size).padStart(6)}  ${isEqual ? 'yes' : 'NO '}  ${asked}`)
    if (!isEqual) console.log(`               ${difference}`)
  }
  const equal = compared.filter(({ isEqual }) => isEqual).length
  const withRows = compared.filter(({ size }) => size > 0).length
  console.log(
    `${equal} of ${compared.length} questions have equal answers, ${withRows} of them with rows; ` +
      `${weeks.raw.length} raw and ${weeks.history.length} history rows in each store.`,
  )
  return equal === compared.length && withRows >= LEAST_WITH_ROWS
}

export const run = async (): Promise<boolean> => {
  const weeks = simulateWeeks(DAYS, RAW_DAYS)
  const influxd = await startInfluxd()
  const buckets = { raw: 'powerkits', history: 'powerkits_history' }
  const influx = openInflux({
    url: influxd.url,
    api: 'v1',
    buckets,
    timeoutMs: 60_000,
    log: { debug: () => undefined },
  })
  const embedded = await openTemporary()
  const served: Served[] = []
  for (const answers of [embedded.store, influx]) {
    await fill(answers, weeks)
    served.push(await serve({ state: () => weeks.state, answers, now: () => weeks.toAt, rawKeptMs: RAW_DAYS * DAY_MS }))
  }
  const { kitSn: kit, fromAt, toAt } = weeks
  const subject = { kit, pack: moduleOf(weeks, 'bp5000'), panel: moduleOf(weeks, 'ldac'), fromAt, toAt }
  const isGood = report(await compareAnswers(served[0]!, served[1]!, subject), weeks)
  for (const one of served) await one.close()
  await influx.close()
  await embedded.close()
  await influxd.close()
  return isGood
}
