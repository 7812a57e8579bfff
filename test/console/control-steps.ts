/** Commands, from a click to what the kit reports, and who may give them; the kit's own account is the truth. */
import { strict as assert } from 'node:assert'
import type { Locator, Page } from './browser.ts'
import { type Stage, TOKENS } from './stage.ts'
import { type Scene, type Step, say } from './steps.ts'
import { pathOf, untilItStands } from './views.ts'

/** What the kit was told of a kind, by its own account. */
const fatesOf = ({ simulator }: Stage, operateType: string): readonly string[] =>
  simulator.commands.received.filter((one) => one.operateType === operateType).map(({ fate }) => fate)

const openControls = async ({ stage, arrive }: Scene) => {
  const { page, expect } = await arrive(pathOf(stage, 'control'), { token: TOKENS.owner })
  await page.locator('article.command').first().waitFor()
  return { page, expect }
}

const command = (page: Page, title: string): Locator =>
  page.locator('article.command', { has: page.getByRole('heading', { name: title, exact: true }) })

const untilDone = async (item: Locator): Promise<void> => {
  await item.locator('.outcome.is-good').waitFor({ timeout: 60_000 })
  assert.match((await item.locator('.progress').textContent()) ?? '', /Done: the kit reported it after/)
}

const limit: Step = {
  name: 'a command from click to confirmed: the charge limit, once, and shown as the kit has it',
  run: async (scene) => {
    const { page } = await openControls(scene)
    const item = command(page, 'Charge limit')
    await item.getByRole('spinbutton').fill('90')
    assert.deepEqual(fatesOf(scene.stage, 'socUpperLimit'), [])
    await item.getByRole('button', { name: say('control.dry-run') }).click()
    await item.getByText(say('control.dry-run.title')).waitFor()
    assert.deepEqual(fatesOf(scene.stage, 'socUpperLimit'), [])
    await item.getByRole('button', { name: say('control.set'), exact: true }).dblclick()
    await untilDone(item)
    assert.deepEqual(fatesOf(scene.stage, 'socUpperLimit'), ['done'])
    await item.getByText(say('control.present', { value: '90\u00a0%' })).waitFor({ timeout: 20_000 })
    await page.locator('main').getByText('90').last().waitFor()
  },
}

const circuit: Step = {
  name: 'a circuit is switched off by its name, and its switch turns when the kit has done it',
  run: async (scene) => {
    const { page } = await openControls(scene)
    const lights = page.getByRole('switch', { name: /Lights/ })
    assert.equal(await lights.getAttribute('aria-checked'), 'true')
    await lights.click()
    await untilDone(page.locator('article.command', { has: lights }))
    await page.getByRole('switch', { name: /Lights/, checked: false }).waitFor()
  },
}

const OUTPUT = 'AC output'
const ASKS_AGAIN = /status of 428/

const cancelled: Step = {
  name: 'a dangerous command is given up: by its button, and by Escape; nothing is sent',
  run: async (scene) => {
    const { page, expect } = await openControls(scene)
    expect(ASKS_AGAIN)
    const before = scene.stage.simulator.commands.received.length
    const item = command(page, OUTPUT)
    for (const give of ['button', 'escape'] as const) {
      await item.getByRole('switch').click()
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      assert.equal(await page.evaluate('document.activeElement.textContent'), say('control.danger.cancel'))
      if (give === 'escape') await page.keyboard.press('Escape')
      else await dialog.getByRole('button', { name: say('control.danger.cancel') }).click()
      await dialog.waitFor({ state: 'detached' })
      await item.getByText(say('control.given-up')).waitFor()
    }
    assert.equal(scene.stage.simulator.commands.received.length, before)
    assert.equal(await item.getByRole('switch').getAttribute('aria-checked'), 'true')
  },
}

const confirmed: Step = {
  name: 'a dangerous command is confirmed: sent once, and done',
  run: async (scene) => {
    const { page, expect } = await openControls(scene)
    expect(ASKS_AGAIN)
    const before = scene.stage.simulator.commands.received.length
    const item = command(page, OUTPUT)
    await item.getByRole('switch').click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('control.danger.send') })
      .click()
    await untilDone(item)
    assert.equal(scene.stage.simulator.commands.received.length, before + 1)
    await item.locator('[role=switch][aria-checked=false]').waitFor({ timeout: 20_000 })
  },
}

const ignored: Step = {
  name: 'a command that the kit says it did, and did not: that cannot be missed',
  run: async (scene) => {
    const end = scene.stage.simulator.faults.quirk(scene.stage.sn, { effectAfterMs: Number.POSITIVE_INFINITY })
    try {
      const { page } = await openControls(scene)
      const item = command(page, 'Discharge limit')
      await item.getByRole('spinbutton').fill('20')
      await item.getByRole('button', { name: say('control.set'), exact: true }).click()
      const outcome = item.locator('.outcome')
      await outcome.waitFor({ timeout: 100_000 })
      assert.match((await outcome.textContent()) ?? '', /SENT, BUT NOT (DONE|CONFIRMED)/)
    } finally {
      end()
    }
  },
}

const REFUSED = /status of 40[13]/

const enter = async (page: Page, token: string): Promise<void> => {
  await page.getByLabel(say('token.label'), { exact: true }).fill(token)
  await page.getByRole('button', { name: say('token.enter') }).click()
}

const tokens: Step = {
  name: 'without a token nothing is offered; a wrong, an expired, a reading and a foreign one are told apart',
  run: async ({ stage, arrive }) => {
    const { page, expect } = await arrive(pathOf(stage, 'control'))
    expect(REFUSED)
    await page.getByText(say('control.closed.offers')).waitFor()
    assert.equal(await page.locator('article.command').count(), 0)
    await enter(page, 'no-such-token-at-all')
    await page.getByText(say('token.wrong')).waitFor()
    await enter(page, TOKENS.expired)
    await page.getByText(say('token.expired')).waitFor()
    await enter(page, TOKENS.guest)
    await page.getByText(say('control.closed.scope', { name: 'guest' })).waitFor()
    await enter(page, TOKENS.elsewhere)
    await page
      .getByText(/is for other kits|No kit .* is known here/)
      .first()
      .waitFor()
    assert.equal(await page.locator('article.command').count(), 0)
  },
}

const kept: Step = {
  name: 'the token is entered once, kept in this tab alone, and forgotten when one says so',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'control'))
    await enter(page, TOKENS.owner)
    await page.locator('article.command').first().waitFor()
    await page.reload()
    await page.locator('article.command').first().waitFor()
    const stored = (await page.evaluate(
      'JSON.stringify([{ ...localStorage }, document.cookie, location.href])',
    )) as string
    assert.ok(!stored.includes(TOKENS.owner), stored)
    await page
      .getByRole('button', { name: say('app.forget') })
      .first()
      .click()
    await untilItStands(page)
    await page.getByText(say('control.closed.offers')).waitFor()
    assert.equal(await page.evaluate('JSON.stringify({ ...sessionStorage })'), '{}')
  },
}

export const CONTROL_STEPS: readonly Step[] = [tokens, kept, limit, circuit, cancelled, confirmed]
/** It takes the minute for which the collector waits. */
export const SLOW_STEPS: readonly Step[] = [ignored]
