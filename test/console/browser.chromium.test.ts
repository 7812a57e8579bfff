/** What tries the console is tried here on pages that are wrong on purpose. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from './accessible.ts'
import { type Browser, openBrowser, until, type Visit, visit } from './browser.ts'
import type { Stage } from './stage.ts'
import { assertNothingIsCut, perform } from './steps.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser?.close())

const open = (html: string): Promise<Visit> =>
  visit(browser, `data:text/html,${encodeURIComponent(html)}`, { width: 360, height: 780 })

const PAGE =
  '<html lang="en"><title>A</title><main><h1>A</h1><button>Press</button><p style="color:#333">Words</p></main></html>'

it('notices errors of scripts, of the console and of requests, but for those that are expected', async () => {
  const {
    complaints,
    expect: allow,
    close,
  } = await open(
    '<script>console.error("said aloud"); fetch("http://127.0.0.1:1/x"); setTimeout(() => { throw new Error("thrown") })</script>',
  )
  await expect.poll(() => complaints().join('\n')).toMatch(/error: Error: thrown/)
  await expect.poll(() => complaints().join('\n')).toMatch(/request: http:\/\/127\.0\.0\.1:1\/x net::ERR/)
  expect(complaints().join('\n')).toMatch(/console: said aloud/)
  allow(/./)
  expect(complaints()).toEqual([])
  await close()
})

it('finds nothing wrong with a page that is well, and each fault of one that is not', async () => {
  const well = await open(PAGE)
  expect(await violationsOf(well.page)).toEqual([])
  const ill = await open(PAGE.replace('#333', '#ddd').replace('>Press<', '><').replace(' lang="en"', ''))
  const found = (await violationsOf(ill.page)).join('\n')
  for (const rule of ['color-contrast', 'button-name', 'html-has-lang']) expect(found).toContain(`${rule}: `)
  await Promise.all([well.close(), ill.close()])
})

it('notices what is wider than the screen', async () => {
  const { page, close } = await open(PAGE.replace('<button>', '<button style="width:400px">'))
  await expect(assertNothingIsCut(page, 'it')).rejects.toThrow(/it is \d+ px wide on a screen of \d+/)
  await close()
})

it('waits no longer than it says', async () => {
  const { page, close } = await open(PAGE)
  await expect(until(page, 'false', 200)).rejects.toThrow('it is still not so: false')
  await close()
})

it('a step that throws is a step that failed', async () => {
  const step = { name: 'it throws', run: () => Promise.reject(new Error('as it should')) }
  await expect(perform(step, {} as Stage, browser)).rejects.toThrow('as it should')
})
