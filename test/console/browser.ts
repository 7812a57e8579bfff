/**
 * A browser as people have it, and what it has to complain of. Promises: each visit is a profile of its own, and every
 * error of the page, of its console and of its requests is kept until somebody looks. The only door to the driver.
 */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

export type { Browser, Locator, Page } from 'playwright-core'

export interface VisitOptions {
  readonly width?: number
  readonly height?: number
  readonly scheme?: 'light' | 'dark'
  readonly locale?: 'en-GB' | 'de-DE'
  readonly timeZone?: string
  readonly reducedMotion?: boolean
  /** Put into sessionStorage, as the page keeps it. */
  readonly token?: string
}

export interface Visit {
  readonly page: Page
  /** What went wrong since the visit began, but for what is `expected`. */
  complaints(): string[]
  /** What the next steps bring about on purpose. */
  expect(pattern: RegExp): void
  close(): Promise<void>
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser of this machine. */
const findProgram = (): string => {
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'chromium'))
  const program = places.find((place) => existsSync(place))
  if (program === undefined) throw new Error('There is no chromium on the PATH.')
  return program
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findProgram(), headless: true, args: ARGS })

/** What a page does itself when one leaves it: its requests end. */
const ENDED_BY_THE_PAGE = /net::ERR_ABORTED/

const listen = (page: Page, keep: (complaint: string) => void): void => {
  page.on('pageerror', (error) => keep(`error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      keep(`console: ${message.text()} ${message.location().url}`.trim())
  })
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    if (!ENDED_BY_THE_PAGE.test(reason)) keep(`request: ${request.url()} ${reason}`)
  })
}

const contextOf = async (browser: Browser, options: VisitOptions): Promise<BrowserContext> => {
  const { width = 1280, height = 800, scheme = 'light', locale = 'en-GB', timeZone, reducedMotion, token } = options
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale,
    ...(timeZone && { timezoneId: timeZone }),
    ...(reducedMotion && { reducedMotion: 'reduce' }),
  })
  context.setDefaultTimeout(20_000)
  if (token) await context.addInitScript(`sessionStorage.setItem('powerkits-token', ${JSON.stringify(token)})`)
  return context
}

/** A profile of its own that was nowhere yet. */
export const emptyVisit = async (browser: Browser, options: VisitOptions = {}): Promise<Visit> => {
  const context = await contextOf(browser, options)
  const page = await context.newPage()
  const complaints: string[] = []
  const expected: RegExp[] = []
  listen(page, (complaint) => complaints.push(complaint))
  return {
    page,
    complaints: () => complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint))),
    expect: (pattern) => void expected.push(pattern),
    close: () => context.close(),
  }
}

/** Opens `url` in a profile of its own. */
export const visit = async (browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> => {
  const one = await emptyVisit(browser, options)
  await one.page.goto(url)
  return one
}

/** Bytes of the page's heap, after everything that nobody holds was collected. */
export const heapOf = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

const UNTIL_MS = 20_000
const EVERY_MS = 50

/** Asks the page until the expression is true; its policy forbids it to be handed a text to watch. */
export const until = async (page: Page, expression: string, mostMs = UNTIL_MS): Promise<void> => {
  const endAt = Date.now() + mostMs
  while (!(await page.evaluate(expression))) {
    if (Date.now() > endAt) throw new Error(`After ${mostMs / 1000} s it is still not so: ${expression}`)
    await page.waitForTimeout(EVERY_MS)
  }
}
