import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Browser, openBrowser } from './browser.ts'
import { CONTROL_STEPS } from './control-steps.ts'
import { LIVE_STEPS } from './live-steps.ts'
import { openStage, type Stage } from './stage.ts'
import { perform } from './steps.ts'

let stage: Stage
let browser: Browser
beforeAll(async () => {
  ;[stage, browser] = await Promise.all([openStage(), openBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

it.each([...CONTROL_STEPS, ...LIVE_STEPS])('$name', { timeout: 240_000 }, async (step) => {
  await expect(perform(step, stage, browser)).resolves.toBeUndefined()
})
