/** Photographs every page of the console, as phones and desktops show it, light and dark, to be looked at critically. */
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, openBrowser, visit } from '../test/console/browser.ts'
import { openStage, type Stage, TOKENS } from '../test/console/stage.ts'
import { goTo, NAMES, pathOf, untilItStands } from '../test/console/views.ts'

export const title = 'screenshots of every page of the console: phone and desktop, light and dark, English and German'

const FOLDER = resolve('.run/console')
const SCREENS = {
  phone: { width: 360, height: 780 },
  desktop: { width: 1440, height: 900 },
} as const
const SCHEMES = ['light', 'dark'] as const
/** Enough of everything to be seen; a month of days in the charts. */
const DAYS = Number(process.env.DAYS ?? 30)
const PACE = 60

type Screen = keyof typeof SCREENS

const photograph = async (
  browser: Browser,
  stage: Stage,
  screen: Screen,
  scheme: 'light' | 'dark',
  locale: 'en-GB' | 'de-DE',
): Promise<number> => {
  const look = { ...SCREENS[screen], scheme, locale, timeZone: stage.place.timeZone, token: TOKENS.owner }
  const { page, complaints, close } = await visit(browser, stage.url, look)
  await untilItStands(page)
  for (const name of NAMES) {
    await goTo(page, pathOf(stage, name))
    await page.waitForTimeout(700)
    const file = `${name}-${screen}-${scheme}-${locale.slice(0, 2)}.png`
    await page.screenshot({ path: join(FOLDER, file), fullPage: true })
  }
  const said = complaints()
  for (const complaint of said) console.log(`  complaint: ${complaint}`)
  await close()
  console.log(`${screen.padEnd(8)} ${scheme.padEnd(6)} ${locale}  ${NAMES.length} pages`)
  return said.length
}

export const run = async (): Promise<boolean> => {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const stage = await openStage({ days: DAYS, pace: PACE })
  const browser = await openBrowser()
  let complaints = 0
  for (const screen of ['desktop', 'phone'] as const)
    for (const scheme of SCHEMES) complaints += await photograph(browser, stage, screen, scheme, 'en-GB')
  complaints += await photograph(browser, stage, 'desktop', 'light', 'de-DE')
  complaints += await photograph(browser, stage, 'phone', 'dark', 'de-DE')
  await browser.close()
  await stage.close()
  console.log(`\nThey stand in ${FOLDER}`)
  return complaints === 0
}
