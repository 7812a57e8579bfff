/** What is inside a kit: its packs, the circuits of its panels, and every value of its modules. */
import { strict as assert } from 'node:assert'
import { until } from './browser.ts'
import { type Step, say } from './steps.ts'
import { pathOf } from './views.ts'

const PACKS = 2

const packs: Step = {
  name: 'each pack tells its charge, its cells, its temperatures and its age',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'batteries'))
    await until(page, `document.querySelectorAll('.packs [role=meter]').length === ${PACKS}`, 30_000)
    for (let slot = 1; slot <= PACKS; slot++) {
      const card = page.locator('.packs > .card', { hasText: say('batteries.pack-in-slot', { slot }) })
      const told = ((await card.textContent()) ?? '').replaceAll('\u00a0', ' ')
      assert.match(told, /\d+ mV apart: usual/)
      assert.match(told, /\d °C/)
      assert.match(told, /\d Ah of 100 Ah when new \(\d+ %\)/)
      assert.match((await card.getByRole('meter').getAttribute('aria-valuetext')) ?? '', /^\d+\s%$/u)
    }
  },
}

const circuits: Step = {
  name: 'circuits by their names, with what they draw and drew; those without name and use are folded',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'circuits'))
    const fridge = page.getByRole('row', { name: 'Fridge' })
    const today = fridge.locator(`[data-label="${say('history.today')}"]`)
    await today.filter({ hasText: /\d\s(?:Wh|kWh)/u }).waitFor({ timeout: 30_000 })
    const told = async (part: string) => (await fridge.locator(part).textContent()) ?? ''
    assert.equal(await told('th'), `Fridge ${say('circuits.number', { number: 1 })}`)
    assert.match(await told('.circuit-state'), /^● on|^○ off/)
    assert.match(await told('.circuit-now'), /^\d+\sW$/u)
    assert.match(await told('.circuit-current'), /^\d+\.\d\d\sA$/u)
    await page.locator('.unused').waitFor()
    const spare = page.getByRole('row', { name: say('circuits.number', { number: 12 }) })
    assert.equal(await spare.isVisible(), false)
    await page.locator('.unused summary').click()
    assert.equal(await spare.isVisible(), true)
  },
}

const values: Step = {
  name: 'every value of a module is found by its name, or under its module, with keys alone',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'modules'))
    const module = page.getByRole('button', { name: 'DC output' })
    await module.waitFor({ timeout: 30_000 })
    await module.focus()
    await page.keyboard.press('Enter')
    assert.equal(await module.getAttribute('aria-expanded'), 'true')
    assert.match((await page.getByRole('row', { name: /^nominal_output/ }).textContent()) ?? '', /12 V|24 V/)
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('.values').count(), 0)
    await page.getByLabel(say('modules.search')).fill('cell_min_v battery')
    await until(page, `document.querySelectorAll('.value-name').length === ${2 * PACKS}`)
    assert.equal(await page.getByRole('status').textContent(), say('modules.hits', { n: PACKS }))
    assert.match((await page.locator('.values tbody tr').first().textContent()) ?? '', /^cell_min_v\d\.\d+\sV/u)
  },
}

export const INSIDE_STEPS: readonly Step[] = [packs, circuits, values]
