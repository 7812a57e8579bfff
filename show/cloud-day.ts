/** A day in which everything goes wrong that is known to, one after another, and what the ledger of gaps says of it. */

import { type CloudDay, runCloudDay } from '../test/faults/cloud-day.ts'
import { CLOUD_FAULTS } from '../test/faults/cloud-faults.ts'
import { findNews } from '../test/faults/frozen.ts'
import { holdLedger, printLedger } from '../test/faults/ledger.ts'

export const title =
  'a day of every fault of the cloud in virtual time: the ledger’s gaps are the faults (about 2 minutes)'

/** A poll apart: what is not pushed is learnt by polls. */
const LIMITS = { startMs: 5_000, endMs: 60_000 }
/** A module that is heard by polls alone comes back with the next two. */
const AROUND_MS = 10 * 60_000
/** Until a kit that pushed counts as silent its polls are believed: SILENT_SECONDS. */
const UNDER_WAY_MS = 15_000
const MEASUREMENTS = ['battery', 'battery_bank', 'solar_charger', 'dc_output', 'inverter_ac', 'circuit'] as const

/** Values of the first kit that were written while its snapshot was frozen, and not held before. */
const frozenNews = async (day: CloudDay): Promise<string[]> => {
  const [kitSn] = day.kitSns
  const all: string[] = []
  for (const { fault, fromAt, toAt } of day.done.filter(({ fault }) => fault.startsWith('snapshot frozen')))
    for (const measurement of MEASUREMENTS) {
      const before = await day.rowsOf(measurement, kitSn!, 0, fromAt + UNDER_WAY_MS)
      const { rows, news } = findNews(before, await day.rowsOf(measurement, kitSn!, fromAt + UNDER_WAY_MS, toAt))
      console.log(`  ${fault}: ${measurement.padEnd(16)} ${rows} rows of held values, ${news.length} new values`)
      all.push(...news)
    }
  return all
}

export const run = (): Promise<boolean> =>
  runCloudDay({ faults: CLOUD_FAULTS, seed: 5, withOwn: true, isWhole: true }, async (day) => {
    const isHeld = printLedger(day.done, holdLedger(day.expected, day.done, day.gaps, LIMITS, AROUND_MS))
    const news = await frozenNews(day)
    for (const one of news) console.log(`  NEW while frozen: ${one}`)
    console.log(`${day.messages} inputs, ${day.connects} connects in 24 hours`)
    return isHeld && news.length === 0
  })
