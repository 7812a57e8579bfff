/** The console without a mouse: where the focus goes, that it is seen, and that nothing holds it. */
import { strict as assert } from 'node:assert'
import { type Page, until } from './browser.ts'
import { TOKENS } from './stage.ts'
import { type Step, say } from './steps.ts'
import { pathOf, untilItStands } from './views.ts'

const FOCUSED = `(() => {
  const { activeElement: one } = document
  const box = one.getBoundingClientRect()
  const { outlineStyle, outlineWidth } = getComputedStyle(one)
  return {
    name: (one.getAttribute('aria-label') || one.innerText || one.name || one.type || '').trim(),
    tag: one.tagName,
    isSeen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && box.width > 0 && box.right > 0,
    isOnScreen: box.bottom > 1 && box.top < innerHeight - 1,
  }
})()`

interface Focused {
  readonly name: string
  readonly tag: string
  readonly isSeen: boolean
  readonly isOnScreen: boolean
}

const focused = (page: Page): Promise<Focused> => page.evaluate(FOCUSED) as Promise<Focused>

/** Every stop of the tab key, until it leaves the page. */
const walk = async (page: Page, most: number): Promise<Focused[]> => {
  const stops: Focused[] = []
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab')
    const stop = await focused(page)
    if (stop.tag === 'BODY') break
    stops.push(stop)
  }
  return stops
}

const order: Step = {
  name: 'Tab goes from the top of the page to its end, each stop is seen, none holds it',
  run: async ({ stage, arrive }) => {
    for (const name of ['now', 'history', 'modules', 'control'] as const) {
      const { page } = await arrive(pathOf(stage, name), { token: TOKENS.owner })
      const stops = await walk(page, 250)
      assert.equal(stops[0]?.name, say('app.skip'))
      assert.ok(stops.length > 8 && stops.length < 250, `${name} has ${stops.length} stops`)
      const unseen = stops.filter(({ isSeen }) => !isSeen).map((stop) => `${stop.tag} ${stop.name}`)
      assert.deepEqual(unseen, [], `stops on ${name} where the focus is not seen`)
      const away = stops.filter(({ isOnScreen }) => !isOnScreen).map((stop) => `${stop.tag} ${stop.name}`)
      assert.deepEqual(away, [], `stops on ${name} that stand outside of the screen`)
    }
  },
}

const skip: Step = {
  name: 'the first stop leads past the navigation; a new page begins at its content',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'now'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.equal((await focused(page)).tag, 'MAIN')
    await page
      .getByRole('link', { name: say('page.batteries') })
      .first()
      .focus()
    await page.keyboard.press('Enter')
    await untilItStands(page)
    await until(page, "document.activeElement.tagName === 'MAIN'")
    assert.ok((await page.title()).startsWith(say('page.batteries')))
    await page.goBack()
    await untilItStands(page)
    assert.ok((await page.title()).startsWith(say('page.now')))
  },
}

const targets: Step = {
  name: 'everything that is pressed is at least 24 pixels wide and high, or a word in a line',
  run: async ({ stage, arrive }) => {
    for (const name of ['now', 'history', 'batteries', 'modules', 'control', 'health'] as const) {
      const { page } = await arrive(pathOf(stage, name), { width: 360, height: 780, token: TOKENS.owner })
      const small = await page.evaluate(
        `[...document.querySelectorAll('button, select, input, summary, nav a')]
          .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.visually-hidden'))
          .map((one) => ({ one, box: one.getBoundingClientRect(), line: one.closest('label')?.getBoundingClientRect() }))
          .filter(({ box, line }) => Math.max(box.height, line?.height ?? 0) < 23.5 || Math.max(box.width, line?.width ?? 0) < 23.5)
          .filter(({ one }) => !one.classList.contains('skip'))
          .map(({ one, box }) => one.outerHTML.slice(0, 80) + ' ' + Math.round(box.width) + '×' + Math.round(box.height))`,
      )
      assert.deepEqual(small, [], `small targets on ${name}`)
    }
  },
}

export const KEYBOARD_STEPS: readonly Step[] = [order, skip, targets]
