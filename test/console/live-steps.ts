/** What comes and goes while somebody looks: values, a kit that falls silent, a collector that is started again. */
import { strict as assert } from 'node:assert'
import { type Page, until } from './browser.ts'
import { type Step, say } from './steps.ts'
import { pathOf } from './views.ts'

/** All powers of the picture as they are read aloud, without their ages. */
export const POWERS =
  "[...document.querySelectorAll('.flow table td:nth-of-type(1)')].map((one) => one.textContent).join()"

/** At least one of them is known. */
export const IS_KNOWN = `/\\d\\sW/u.test(${POWERS})`

const text = async (page: Page, selector = 'main'): Promise<string> =>
  (await page.locator(selector).textContent()) ?? ''

/** The word at the head of the page. */
const showsVerdict = (verdict: 'live' | 'offline'): string =>
  `document.querySelector('main .badge').innerText.includes(${JSON.stringify(say(`verdict.${verdict}`))})`

/** Pushes outrank what the cloud says; how long a kit may pause is learnt, and taken for long before. */
const UNLEARNT_MS = 150_000

const values: Step = {
  name: 'values change while one looks, and the page asks for them once',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'now'))
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await until(page, IS_KNOWN, 30_000)
    const before = (await page.evaluate(POWERS)) as string
    await until(page, `${POWERS} !== ${JSON.stringify(before)}`, 30_000)
    assert.deepEqual(asked, [])
  },
}

const silence: Step = {
  name: 'a kit that goes offline: said in words with since when, nothing shown as of now; then back by itself',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'now'))
    await until(page, showsVerdict('live'), 60_000)
    const back = stage.simulator.faults.offline(stage.sn, { statusMs: 500, onlineMs: 1_000 })
    await until(page, showsVerdict('offline'), UNLEARNT_MS)
    await until(page, `!${IS_KNOWN}`, 40_000)
    assert.match(await text(page), /the cloud says that the kit is not connected/i)
    assert.match(await text(page), /missing since|last report/i)
    assert.match(await text(page), /last \d+\sW/)
    back()
    await until(page, IS_KNOWN, 60_000)
    await until(page, showsVerdict('live'), 60_000)
  },
}

const GONE = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/

const restart: Step = {
  name: 'the collector is stopped and started while the page is open: it says so, and goes on by itself',
  run: async ({ stage, arrive }) => {
    const { page, expect } = await arrive(pathOf(stage, 'now'))
    await until(page, IS_KNOWN, 30_000)
    expect(GONE)
    await stage.collector.stop()
    await until(page, "document.querySelector('main [role=alert]') !== null", 30_000)
    assert.match(await text(page, 'main [role=alert]'), /does not answer/)
    await stage.collector.start()
    await until(page, "document.querySelector('main [role=alert]') === null", 40_000)
    await until(page, IS_KNOWN, 40_000)
    const before = (await page.evaluate(POWERS)) as string
    await until(page, `${POWERS} !== ${JSON.stringify(before)}`, 30_000)
  },
}

const hidden: Step = {
  name: 'nothing is listened to while nobody looks',
  run: async ({ stage, arrive }) => {
    const { page } = await arrive(pathOf(stage, 'now'))
    const streams: string[] = []
    const ended: string[] = []
    page.on('request', (request) => streams.push(request.url()))
    page.on('requestfailed', (request) => ended.push(request.url()))
    const turn = (isHidden: boolean) =>
      page.evaluate(
        `Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${isHidden} });
         document.dispatchEvent(new Event('visibilitychange'))`,
      )
    await turn(true)
    await page.waitForTimeout(300)
    assert.equal(ended.filter((url) => url.includes('/api/v1/live')).length, 1)
    await turn(false)
    await page.waitForTimeout(300)
    assert.equal(streams.filter((url) => url.includes('/api/v1/live')).length, 1)
  },
}

export const LIVE_STEPS: readonly Step[] = [values, silence, hidden, restart]
