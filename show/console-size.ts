/**
 * Shows what the console weighs: its scripts and styles as they are sent, how long the first view takes, and whether a
 * day of live values leaves anything behind in the page.
 */
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { median } from '../bench/fixture/measure.ts'
import { type Browser, openBrowser, visit } from '../test/console/browser.ts'
import { firstViewMs } from '../test/console/first-view.ts'
import { liveDay } from '../test/console/live-day.ts'
import { openStage, type Stage } from '../test/console/stage.ts'

export const title = 'the console: at most 120 kB, a first view within 1 s, a day of live values without growing'

const MOST_BYTES = 120_000
const MOST_VIEW_MS = 1_000
const VIEWS = 5
const MOST_GROWTH = 0.2

const weigh = (): boolean => {
  const folder = resolve('dist/console/assets')
  const files = readdirSync(folder).filter((name) => /\.(?:js|css)\.gz$/.test(name))
  const sizes = files.map((name) => ({ name, bytes: statSync(join(folder, name)).size }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { name, bytes } of sizes) console.log(`  ${name.padEnd(34)} ${(bytes / 1000).toFixed(1).padStart(6)} kB`)
  console.log(`  ${'in all, gzipped'.padEnd(34)} ${(total / 1000).toFixed(1).padStart(6)} kB of ${MOST_BYTES / 1000}`)
  return sizes.length >= 2 && total <= MOST_BYTES
}

const view = async (browser: Browser, { url }: Stage): Promise<boolean> => {
  const times: number[] = []
  for (let turn = 0; turn < VIEWS; turn++) times.push(await firstViewMs(browser, url))
  const shown = times.map((ms) => ms.toFixed(0)).join(', ')
  console.log(`\n  first view, nothing cached: ${shown} ms; median ${median(times).toFixed(0)} of ${MOST_VIEW_MS} ms`)
  return median(times) <= MOST_VIEW_MS
}

const live = async (browser: Browser, stage: Stage): Promise<boolean> => {
  const { marks, events, complaints } = await liveDay(browser, stage)
  console.log(`\n  a day of live values, ${events} events; the heap after collection`)
  for (const { hour, bytes } of marks)
    console.log(`    after ${String(hour).padStart(2)} h  ${(bytes / 1e6).toFixed(2).padStart(6)} MB`)
  const growth = marks.at(-1)!.bytes / marks[0]!.bytes - 1
  console.log(`    grown by ${(growth * 100).toFixed(1)} % of ${MOST_GROWTH * 100}`)
  for (const complaint of complaints) console.log(`    ${complaint}`)
  return growth <= MOST_GROWTH && complaints.length === 0
}

export const run = async (): Promise<boolean> => {
  const isLight = weigh()
  const [stage, browser] = [await openStage(), await openBrowser()]
  // The kit is heard, and all of its modules.
  const { page, close } = await visit(browser, stage.url)
  await page.waitForTimeout(20_000)
  await close()
  const isFast = await view(browser, stage)
  const isSteady = await live(browser, stage)
  await browser.close()
  await stage.close()
  return isLight && isFast && isSteady
}
