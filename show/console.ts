/** Shows the console in a real browser, step by step: pages, charts, commands, silence, a restart, keys alone. */

import { openBrowser } from '../test/console/browser.ts'
import { CONTROL_STEPS, SLOW_STEPS } from '../test/console/control-steps.ts'
import { HISTORY_STEPS } from '../test/console/history-steps.ts'
import { INSIDE_STEPS } from '../test/console/inside-steps.ts'
import { KEYBOARD_STEPS } from '../test/console/keyboard-steps.ts'
import { LIVE_STEPS } from '../test/console/live-steps.ts'
import { PAGE_STEPS } from '../test/console/page-steps.ts'
import { openStage } from '../test/console/stage.ts'
import { perform, type Step } from '../test/console/steps.ts'

export const title = 'the console in a real browser against a real collector: every page, chart, command and trouble'

const PARTS: readonly (readonly [name: string, days: number, steps: readonly Step[]])[] = [
  ['what is seen', 2, [...PAGE_STEPS, ...INSIDE_STEPS, ...HISTORY_STEPS, ...KEYBOARD_STEPS]],
  ['what is done and what happens', 0, [...CONTROL_STEPS, ...SLOW_STEPS, ...LIVE_STEPS]],
]

const PACE = 60

export const run = async (): Promise<boolean> => {
  let failed = 0
  const browser = await openBrowser()
  for (const [name, days, steps] of PARTS) {
    const stage = await openStage({ days, pace: PACE })
    console.log(`\n${name}, ${days === 0 ? 'a kit that was just connected' : `a kit of ${days} days`}`)
    for (const step of steps) {
      const startedAt = performance.now()
      const problem = await perform(step, stage, browser).then(
        () => undefined,
        (error: unknown) => error,
      )
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      console.log(`  ${problem === undefined ? 'good  ' : 'FAILED'} ${seconds.padStart(6)} s  ${step.name}`)
      if (problem === undefined) continue
      failed++
      console.log(String(problem instanceof Error ? problem.message : problem).replaceAll(/^/gm, '      '))
    }
    await stage.close()
  }
  await browser.close()
  console.log(failed === 0 ? '\nThe page complained of nothing in any of them.' : `\n${failed} steps failed`)
  return failed === 0
}
