/** Photographs every page of the console, as phones and desktops show it, light and dark, to be looked at critically. */
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, openBrowser, type Page, visit } from '../test/console/browser.ts'
import { openStage, type Stage, TOKENS } from '../test/console/stage.ts'
import { goTo, NAMES, pathOf, untilItStands } from '../test/console/views.ts'

export const title = 'screenshots of every page of the console: phone and desktop, light and dark, English and German'

const FOLDER = resolve('.run/console')
const SCREENS = {
  phone: { width: 360, height: 780 },
  desktop: { width: 1440, height: 900 },
} as const
/** Enough of everything to be seen; a month of days in the charts. */
const DAYS = 30
const PACE = 60
const KITS = 4
const HEARD_MS = 20_000
/** Until a kit that went away is known to be. */
const AWAY_MS = 30_000

interface Look {
  readonly screen: keyof typeof SCREENS
  readonly scheme: 'light' | 'dark'
  readonly locale: 'en-GB' | 'de-DE'
}

const LOOKS: readonly Look[] = [
  ...(['desktop', 'phone'] as const).flatMap((screen) =>
    (['light', 'dark'] as const).map((scheme) => ({ screen, scheme, locale: 'en-GB' as const })),
  ),
  { screen: 'desktop', scheme: 'light', locale: 'de-DE' },
  { screen: 'phone', scheme: 'dark', locale: 'de-DE' },
]

const placesOf = (stage: Stage): readonly (readonly [name: string, path: string])[] => [
  ...NAMES.map((name) => [name, pathOf(stage, name)] as const),
  ...['energy', 'batteries', 'circuits'].map(
    (view) => [`history-${view}`, `${pathOf(stage, 'history')}?view=${view}&from=-30d`] as const,
  ),
]

const HEIGHT_NOW = 'document.documentElement.scrollHeight'

/** As high as all of it, so that what stands at the foot of the screen stands at the foot of the picture. */
const shoot = async (page: Page, { screen, scheme, locale }: Look, name: string): Promise<void> => {
  await page.setViewportSize(SCREENS[screen])
  await page.waitForTimeout(700)
  const height = Math.max(SCREENS[screen].height, (await page.evaluate(HEIGHT_NOW)) as number)
  await page.setViewportSize({ width: SCREENS[screen].width, height })
  await page.screenshot({ path: join(FOLDER, `${name}-${screen}-${scheme}-${locale.slice(0, 2)}.png`) })
}

/** The number of complaints of the page. */
const photograph = async (
  browser: Browser,
  stage: Stage,
  look: Look,
  places: readonly (readonly [name: string, path: string])[],
): Promise<number> => {
  const { screen, ...rest } = look
  const options = { ...SCREENS[screen], ...rest, timeZone: stage.place.timeZone, token: TOKENS.owner }
  const { page, complaints, close } = await visit(browser, stage.url, options)
  await untilItStands(page)
  for (const [name, path] of places) {
    await goTo(page, path)
    await shoot(page, look, name)
  }
  const said = complaints()
  for (const complaint of said) console.log(`  complaint: ${complaint}`)
  await close()
  console.log(`${screen.padEnd(8)} ${look.scheme.padEnd(6)} ${look.locale}  ${places.length} pictures`)
  return said.length
}

/** A kit that spoke as often as kits do, and went away. */
const photographAway = async (browser: Browser): Promise<number> => {
  const stage = await openStage()
  await sleep(HEARD_MS)
  stage.simulator.faults.offline(stage.sn, { statusMs: 500, onlineMs: 1_000 })
  await sleep(AWAY_MS)
  let complaints = 0
  for (const look of LOOKS) complaints += await photograph(browser, stage, look, [['now-away', pathOf(stage, 'now')]])
  await stage.close()
  return complaints
}

export const run = async (): Promise<boolean> => {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const stage = await openStage({ days: DAYS, pace: PACE, kits: KITS })
  const browser = await openBrowser()
  let complaints = 0
  for (const look of LOOKS) complaints += await photograph(browser, stage, look, placesOf(stage))
  await stage.close()
  complaints += await photographAway(browser)
  await browser.close()
  console.log(`\nThey stand in ${FOLDER}`)
  return complaints === 0
}
