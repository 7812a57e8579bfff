/** The pages of the console as a person comes to them, and when one of them stands. */
import { type Page, until } from './browser.ts'
import type { Stage } from './stage.ts'

const OF_KIT = ['now', 'history', 'batteries', 'circuits', 'modules', 'control'] as const
export const NAMES = ['kits', ...OF_KIT, 'health', 'set-up'] as const

/** After the `#`; `all` keeps the list of kits where there is but one. */
export const pathOf = ({ sn }: Pick<Stage, 'sn'>, name: (typeof NAMES)[number]): string => {
  if (name === 'kits') return '/?all=1'
  return (OF_KIT as readonly string[]).includes(name) ? `/kit/${sn}/${name}` : `/${name}`
}

const STANDS = `(() => {
  const main = document.querySelector('main')
  return main?.querySelector('h1') != null && !/Loading|Lädt/.test(main.innerText)
})()`

/** Resolves when the page has its heading and nothing of it is still asked for. */
export const untilItStands = async (page: Page): Promise<void> => {
  await until(page, STANDS)
  // Two frames: what came last is drawn.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
}

/** Goes there as a link would. */
export const goTo = async (page: Page, path: string): Promise<void> => {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`)
  await untilItStands(page)
}
