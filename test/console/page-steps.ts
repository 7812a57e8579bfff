/** Each page: by its heading, in both languages, on a phone and on a wide screen, light and dark, as axe-core sees it. */
import { strict as assert } from 'node:assert'
import { messageIn } from '../../src/console/language.ts'
import { violationsOf } from './accessible.ts'
import { type Page, until } from './browser.ts'
import { TOKENS } from './stage.ts'
import { assertNothingIsCut, type Scene, type Step, say } from './steps.ts'
import { NAMES, pathOf, untilItStands } from './views.ts'

const PHONE = { width: 360, height: 780 }
const WIDE = { width: 1600, height: 900 }

const assertWell = async (page: Page, where: string): Promise<void> => {
  await untilItStands(page)
  await assertNothingIsCut(page, where)
  assert.deepEqual(await violationsOf(page), [], `axe-core on ${where}`)
}

const assertGerman = async (page: Page, name: (typeof NAMES)[number]): Promise<void> => {
  await page.getByLabel(say('app.language')).selectOption('de')
  await untilItStands(page)
  assert.equal(await page.getAttribute('html', 'lang'), 'de')
  assert.ok((await page.title()).startsWith(messageIn('de', `page.${name}`)))
  const navigation = (await page.textContent('nav')) ?? ''
  assert.ok(navigation.includes(messageIn('de', 'page.batteries')), navigation)
  assert.deepEqual(await page.locator('main [lang=en]').allTextContents(), [], `English on the German page ${name}`)
  const cut = "document.querySelector('nav ul').scrollWidth - document.querySelector('nav ul').clientWidth"
  assert.equal(await page.evaluate(cut), 0, `px of the navigation that are cut off on ${name}`)
}

const look = async ({ stage, arrive }: Scene, name: (typeof NAMES)[number]): Promise<void> => {
  const { page } = await arrive(pathOf(stage, name), { ...WIDE, token: TOKENS.owner })
  assert.equal(await page.locator('h1').count(), 1)
  assert.ok((await page.title()).startsWith(messageIn('en', `page.${name}`)))
  await assertWell(page, `${name}, wide and light`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(PHONE)
  await assertWell(page, `${name}, phone and dark`)
  await assertGerman(page, name)
  await assertNothingIsCut(page, `${name}, phone, German`)
}

const themes: Step = {
  name: 'light, dark or as the device, kept for the next visit',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'now'))
    const paper = 'getComputedStyle(document.body).backgroundColor'
    const light = await page.evaluate(paper)
    const isLight = `${paper} === '${light}'`
    const isDark = `${paper} !== '${light}'`
    const choose = (theme: string) => page.getByLabel(say('app.theme')).selectOption(theme)
    await choose('dark')
    await until(page, isDark)
    await page.reload()
    await untilItStands(page)
    await until(page, isDark)
    await choose('system')
    await until(page, isLight)
    await page.emulateMedia({ colorScheme: 'dark' })
    await until(page, isDark)
  },
}

const large: Step = {
  name: 'twice as large, all of it is still there',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'now'), { width: 640, height: 512 })
    await assertWell(page, 'now at 200 %')
  },
}

/** How much of the page moves by itself. */
const MOVING = "document.getAnimations().filter((one) => one.playState === 'running').length"

const still: Step = {
  name: 'the picture of power moves, but not for who wants no motion',
  run: async ({ stage, arrive }) => {
    const path = pathOf(stage, 'now')
    const quiet = await arrive(path, { reducedMotion: true })
    assert.equal(await quiet.page.evaluate(MOVING), 0)
    const { page } = await arrive(path)
    await until(page, `${MOVING} > 0`)
  },
}

export const PAGE_STEPS: readonly Step[] = [
  ...NAMES.map((name) => ({ name: `the page ${name}`, run: (scene: Scene) => look(scene, name) })),
  themes,
  large,
  still,
]
