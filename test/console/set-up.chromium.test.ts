import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { violationsOf } from './accessible.ts'
import { type Browser, openBrowser, type Page, visit } from './browser.ts'
import { type RunningCollector, startCollectorIn } from './running-collector.ts'

let browser: Browser
let simulator: Simulator
let collector: RunningCollector
let code = ''

beforeAll(async () => {
  const sockets = { host: '127.0.0.1', mqttPort: 0, httpPort: 0, now: Date.now }
  simulator = await startSimulator({ ...sockets, kits: 1, seed: 5, name: 'Own van' })
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-set-up-page-'))
  collector = await startCollectorIn(dir, { DATA_DIR: join(dir, 'data'), ECOFLOW_URL: simulator.httpUrl })
  browser = await openBrowser()
  code = await vi.waitFor(() => /enter the code (\S+)/.exec(collector.said())![1]!)
})
afterAll(async () => {
  await browser?.close()
  await collector?.close()
  await simulator?.stop()
})

const address = (): string => `${collector.url}/#/set-up`

const type = async (page: Page, given: string, accessKey: string, secretKey: string): Promise<void> => {
  await page.getByLabel('One-time code').fill(given)
  await page.getByLabel('Access key').fill(accessKey)
  await page.getByLabel('Secret key').fill(secretKey)
  await page.getByRole('button', { name: 'Check keys' }).click()
}

it('leads there from the banner, and fits a phone in both languages and colours', async () => {
  const { page, complaints, close } = await visit(browser, collector.url, { width: 360, height: 780, scheme: 'dark' })
  await page.getByRole('link', { name: 'Connect your own kit' }).click()
  await page.getByRole('heading', { level: 1, name: 'Connect your kit' }).waitFor()
  for (const language of ['de', 'en']) {
    await page.getByRole('combobox').first().selectOption(language)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(await violationsOf(page)).toEqual([])
  }
  expect(complaints()).toEqual([])
  await close()
})

it('says in words that the code, then the keys are wrong', async () => {
  const { page, complaints, expect: await403, close } = await visit(browser, address())
  await403(/status of 403/)
  await type(page, 'AAAA-AAAA', 'AkMadeUpForTests0123456789', 'SkMadeUpForTests9876543210')
  await page.getByText('This is not the code. 9 tries are left.').waitFor()
  expect(await page.getByLabel('One-time code').getAttribute('aria-invalid')).toBe('true')
  await type(page, code, 'AkMadeUpForTests0123456789', 'SkMadeUpForTests9876543210')
  await page.getByText('the cloud does not know the access key').waitFor()
  expect(await page.getByRole('button', { name: 'Save and collect' }).count()).toBe(0)
  expect(await violationsOf(page)).toEqual([])
  expect(complaints()).toEqual([])
  await close()
})

it('tells of a key that is cut short where it was typed, and does not ask the collector', async () => {
  const { page, complaints, close } = await visit(browser, address())
  await type(page, code, 'AkMadeUpForTests0123456789', 'SkMade')
  await page.getByText('This is no whole key').waitFor()
  const secret = page.getByLabel('Secret key')
  expect(await secret.getAttribute('aria-invalid')).toBe('true')
  expect(await secret.evaluate('document.activeElement?.name')).toBe('secret_key')
  expect(await page.getByLabel('Access key').getAttribute('aria-invalid')).toBe('false')
  expect(await violationsOf(page)).toEqual([])
  await secret.fill('SkMadeUpForTests9876543210')
  expect(await page.getByText('This is no whole key').count()).toBe(0)
  expect(complaints()).toEqual([])
  await close()
})

it('hides the secret key until it is asked for, and keeps nothing in the browser', async () => {
  const { page, close } = await visit(browser, address())
  const secret = page.getByLabel('Secret key')
  await secret.fill('SkMadeUpForTests9876543210')
  expect(await secret.getAttribute('type')).toBe('password')
  await page.getByRole('button', { name: 'Show' }).click()
  expect(await secret.getAttribute('type')).toBe('text')
  expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage, location.href])')).not.toContain('MadeUp')
  await page.reload()
  expect(await page.getByLabel('Secret key').inputValue()).toBe('')
  await close()
})

it('asks for the token first where there is one', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-set-up-token-'))
  const token = 'a-token-of-sixteen-characters'
  const guarded = await startCollectorIn(dir, { DATA_DIR: join(dir, 'data'), HTTP_TOKEN: token })
  const { page, complaints, expect: expected, close } = await visit(browser, `${guarded.url}/#/set-up`)
  expected(/status of 401/)
  await page.locator('input[type=password]').fill(token)
  await page.keyboard.press('Enter')
  await page.getByLabel('One-time code').waitFor()
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
  expect(complaints()).toEqual([])
  await close()
  await guarded.close()
})

it('goes, by keyboard alone, from keys to the living kit', async () => {
  const { page, complaints, expect: expected, close } = await visit(browser, address())
  await page.getByLabel('One-time code').focus()
  await page.keyboard.type(code.toLowerCase())
  await page.keyboard.press('Tab')
  await page.keyboard.type(simulator.accessKey)
  await page.keyboard.press('Tab')
  await page.keyboard.type(simulator.secretKey)
  await page.keyboard.press('Enter')
  await page.getByText('The keys are good, and the account has 1 kit: Own van.').waitFor()
  expect(await violationsOf(page)).toEqual([])
  // While the collector changes over nobody answers.
  expected(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/#/kit/${simulator.kitSns[0]}/now`, { timeout: 30_000 })
  await page.getByText('Own van').first().waitFor()
  await expect.poll(() => page.getByText('Demonstration').count(), { timeout: 15_000 }).toBe(0)
  const file = join(collector.dir, '.env')
  const { accessKey, secretKey } = simulator
  expect(parseEnv(readFileSync(file, 'utf8'))).toEqual({
    ECOFLOW_ACCESS_KEY: accessKey,
    ECOFLOW_SECRET_KEY: secretKey,
    ECOFLOW_REGION: 'auto',
  })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  for (const key of [accessKey, secretKey]) expect(collector.said()).not.toContain(key)
  await page.goto(address())
  await page.getByText('There is nothing to set up').waitFor()
  expect(complaints()).toEqual([])
  await close()
})
