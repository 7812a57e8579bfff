/** How soon a person sees the kit: from asking for the page to the picture of power with a real value in it. */
import { type Browser, emptyVisit, until } from './browser.ts'
import { IS_KNOWN } from './live-steps.ts'

/** Looks at each frame of the page itself, so that nobody from outside delays it. */
const WATCH = `(() => {
  const look = () => {
    if (${IS_KNOWN}) window.seenAt = performance.now()
    else requestAnimationFrame(look)
  }
  look()
})()`

/** In ms since the navigation began, in a profile without anything kept. */
export const firstViewMs = async (browser: Browser, url: string): Promise<number> => {
  const { page, close } = await emptyVisit(browser)
  await page.addInitScript(WATCH)
  await page.goto(url)
  await until(page, "typeof window.seenAt === 'number'")
  const ms = (await page.evaluate('window.seenAt')) as number
  await close()
  return ms
}
