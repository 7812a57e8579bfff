/**
 * What is tried on the console, as data: tests run each step, and the show prints a row for each. A step fails by
 * throwing, and by anything that the page complains of while it runs.
 */
import { strict as assert } from 'node:assert'
import type { MessageKey } from '../../src/console/language.ts'
import { messageIn } from '../../src/console/language.ts'
import { type Browser, type Page, type Visit, type VisitOptions, visit } from './browser.ts'
import type { Stage } from './stage.ts'
import { untilItStands } from './views.ts'

export interface Scene {
  readonly stage: Stage
  /** A new visitor, at a page that stands. */
  arrive(path: string, options?: VisitOptions): Promise<Visit>
}

export interface Step {
  readonly name: string
  run(scene: Scene): Promise<void>
}

/** The English words of the page. */
export const say = (key: MessageKey, values?: Readonly<Record<string, string | number>>): string =>
  messageIn('en', key, values)

/** In CSS pixels; what is scrolled within an element of its own does not count. */
export const assertNothingIsCut = async (page: Page, where: string): Promise<void> => {
  const [needs, has] = (await page.evaluate(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )) as [number, number]
  assert.ok(needs <= has, `${where} is ${needs} px wide on a screen of ${has}`)
}

/** Rejects with what went wrong. */
export const perform = async (step: Step, stage: Stage, browser: Browser): Promise<void> => {
  const visits: Visit[] = []
  const arrive: Scene['arrive'] = async (path, options = {}) => {
    const one = await visit(browser, `${stage.url}/#${path}`, { timeZone: stage.place.timeZone, ...options })
    visits.push(one)
    await untilItStands(one.page)
    return one
  }
  try {
    await step.run({ stage, arrive })
    for (const one of visits) assert.deepEqual(one.complaints(), [], 'the page complains')
  } finally {
    await Promise.all(visits.map((one) => one.close()))
  }
}
