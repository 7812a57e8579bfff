/** How the console is reached from elsewhere: with a token for reading, and under a path of a proxy. */
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from './accessible.ts'
import { type Browser, openBrowser, until, visit } from './browser.ts'
import { IS_KNOWN } from './live-steps.ts'
import { openStage, type Stage, TOKENS } from './stage.ts'
import { say } from './steps.ts'
import { untilItStands } from './views.ts'

const READING = 'a-token-for-reading-alone'

let stage: Stage
let browser: Browser
beforeAll(async () => {
  ;[stage, browser] = await Promise.all([openStage({ env: { HTTP_TOKEN: READING } }), openBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

it('asks for the token that reading needs, tells a wrong one, and shows the kit with the right one', async () => {
  const { page, complaints, expect: allow, close } = await visit(browser, stage.url, { width: 360, height: 780 })
  allow(/status of 401/)
  await untilItStands(page)
  await page.getByRole('heading', { name: say('token.needed') }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  const field = page.getByLabel(say('token.label'), { exact: true })
  await field.fill('not-this-one')
  await field.press('Enter')
  await page.getByText(say('token.wrong')).waitFor()
  await field.fill(READING)
  await field.press('Enter')
  await until(page, IS_KNOWN, 30_000)
  expect(page.url()).not.toContain(READING)
  expect(await page.evaluate('JSON.stringify({ ...localStorage }) + document.cookie')).not.toContain(READING)
  expect(complaints()).toEqual([])
  await close()
})

/** Everything under `/van/` is the collector, as a proxy would have it. */
const startProxy = async (url: string) => {
  const { port } = new URL(url)
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? ''
    if (!path.startsWith('/van/')) return void outgoing.writeHead(404).end()
    const { method, headers } = incoming
    const passed = send({ host: '127.0.0.1', port, method, headers, path: path.slice('/van'.length) }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    outgoing.once('close', () => passed.destroy())
    passed.once('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/van/`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

it('works under a path of a proxy, stream and all', async () => {
  const proxy = await startProxy(stage.url)
  const { page, complaints, close } = await visit(browser, proxy.url, { token: TOKENS.guest })
  const asked: string[] = []
  page.on('request', (one) => asked.push(one.url()))
  await until(page, IS_KNOWN, 30_000)
  await page
    .getByRole('link', { name: say('page.modules') })
    .first()
    .click()
  await untilItStands(page)
  await page.reload()
  await untilItStands(page)
  expect(asked.filter((one) => !one.startsWith(proxy.url))).toEqual([])
  expect(asked.length).toBeGreaterThan(3)
  expect(complaints()).toEqual([])
  await close()
  proxy.close()
})
