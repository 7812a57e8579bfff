import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Browser, openBrowser } from './browser.ts'
import { HISTORY_STEPS } from './history-steps.ts'
import { INSIDE_STEPS } from './inside-steps.ts'
import { KEYBOARD_STEPS } from './keyboard-steps.ts'
import { PAGE_STEPS } from './page-steps.ts'
import { openStage, type Stage } from './stage.ts'
import { perform } from './steps.ts'

let stage: Stage
let browser: Browser
beforeAll(async () => {
  ;[stage, browser] = await Promise.all([openStage({ days: 1, pace: 60 }), openBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

it.each([...PAGE_STEPS, ...INSIDE_STEPS, ...HISTORY_STEPS, ...KEYBOARD_STEPS])(
  '$name',
  { timeout: 120_000 },
  async (step) => {
    await expect(perform(step, stage, browser)).resolves.toBeUndefined()
  },
)
