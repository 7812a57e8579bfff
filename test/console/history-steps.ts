/** The charts: drawn, zoomed with mouse and keys, with their gaps and their numbers as a file. */
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { type Page, until } from './browser.ts'
import { type Scene, type Step, say } from './steps.ts'
import { pathOf, untilItStands } from './views.ts'

const CHART = 'main figure.chart >> nth=0'
const DRAWN = "document.querySelector('main figure.chart canvas') !== null"

const openCharts = async ({ stage, arrive }: Scene): Promise<Page> => {
  const { page } = await arrive(`${pathOf(stage, 'history')}?from=-24h`)
  await until(page, DRAWN)
  await untilItStands(page)
  return page
}

/** From one share of the width of the first chart to another. */
const drag = async (page: Page, from: number, to: number): Promise<void> => {
  const box = (await page.locator('.u-over').first().boundingBox())!
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * from, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y, { steps: 4 })
  await page.mouse.move(box.x + box.width * to, y, { steps: 4 })
  await page.mouse.up()
}

const zoom: Step = {
  name: 'a chart is zoomed by dragging; the address tells it, and double click, button and browser lead back',
  run: async (scene) => {
    const page = await openCharts(scene)
    const before = await page.evaluate('location.hash')
    await drag(page, 0.3, 0.6)
    await until(page, `location.hash !== ${JSON.stringify(before)}`)
    const zoomed = (await page.evaluate('location.hash')) as string
    const { from, to } = Object.fromEntries(new URLSearchParams(zoomed.split('?')[1])) as { from: string; to: string }
    assert.ok(from && to, zoomed)
    await page.reload()
    await until(page, DRAWN)
    assert.equal(await page.evaluate('location.hash'), zoomed)
    await drag(page, 0.2, 0.8)
    await until(page, `location.hash !== ${JSON.stringify(zoomed)}`)
    await page.locator('.u-over').first().dblclick()
    await until(page, `location.hash === ${JSON.stringify(zoomed)}`)
    await page.getByRole('button', { name: say('history.back') }).click()
    await until(page, `location.hash === ${JSON.stringify(before)}`)
    await drag(page, 0.3, 0.6)
    await until(page, `location.hash !== ${JSON.stringify(before)}`)
    await page.goBack()
    await until(page, `location.hash === ${JSON.stringify(before)}`)
  },
}

const keys: Step = {
  name: 'a chart is read and zoomed with keys alone',
  run: async (scene) => {
    const page = await openCharts(scene)
    const chart = page.locator(`${CHART} >> [role=slider]`)
    await chart.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    const told = await chart.getAttribute('aria-valuetext')
    assert.match(told ?? '', /\d{2}:\d{2}.*\d\sW/u)
    const before = await page.evaluate('location.hash')
    await page.getByRole('button', { name: say('history.closer') }).press('Enter')
    await until(page, `location.hash !== ${JSON.stringify(before)}`)
  },
}

const gaps: Step = {
  name: 'what is missing is told with its causes, and no line crosses it',
  run: async (scene) => {
    const page = await openCharts(scene)
    const told = (await page.locator('main').textContent()) ?? ''
    assert.match(told, /The collector was not running/)
    assert.match(told, /Nothing was pushed/)
    const box = (await page.locator('.u-over').first().boundingBox())!
    const causes = new Set<string>()
    for (let share = 0.5; share < 1; share += 0.01) {
      await page.mouse.move(box.x + box.width * share, box.y + box.height / 2)
      const said = await page.locator(`${CHART} >> .chart-moment em`).allTextContents()
      for (const one of said) causes.add(one)
    }
    assert.ok(
      [...causes].some((cause) => /not running/.test(cause)),
      [...causes].join(),
    )
  },
}

const legend: Step = {
  name: 'a line is hidden and shown again',
  run: async (scene) => {
    const page = await openCharts(scene)
    const button = page.locator(CHART).getByRole('button', { name: say('history.solar') })
    const before = await button.getAttribute('aria-pressed')
    await button.click()
    assert.notEqual(await button.getAttribute('aria-pressed'), before)
    await button.click()
    assert.equal(await button.getAttribute('aria-pressed'), before)
  },
}

const file: Step = {
  name: 'what is shown is had as a file: units in its heading, nothing where nothing is known',
  run: async (scene) => {
    const page = await openCharts(scene)
    const coming = page.waitForEvent('download')
    await page
      .getByRole('button', { name: say('history.csv') })
      .first()
      .click()
    const [heading = '', ...rows] = readFileSync((await (await coming).path())!, 'utf8')
      .trim()
      .split(/\r?\n/)
    assert.match(heading, /solar_w/)
    assert.ok(rows.length > 100, `${rows.length} rows`)
    assert.match(rows[0]!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d,\d{13},/)
    assert.ok(
      rows.some((row) => /,,/.test(row)),
      'some step has no value',
    )
    const columns = new Set(rows.map((row) => row.split(',').length))
    assert.deepEqual([...columns], [heading.split(',').length])
  },
}

const ranges: Step = {
  name: 'day, month and year by their buttons, energy in bars, packs and circuits',
  run: async (scene) => {
    const page = await openCharts(scene)
    for (const key of ['history.today', 'history.7d', 'history.month', 'history.year', 'history.all'] as const) {
      await page.getByRole('button', { name: say(key), exact: true }).click()
      await untilItStands(page)
      await until(page, DRAWN)
    }
    for (const key of ['history.energy', 'history.batteries', 'history.circuits'] as const) {
      await page
        .getByRole('link', { name: say(key), exact: true })
        .last()
        .click()
      await untilItStands(page)
      await until(page, "document.querySelector('main svg, main canvas') !== null")
    }
  },
}

export const HISTORY_STEPS: readonly Step[] = [zoom, keys, gaps, legend, file, ranges]
