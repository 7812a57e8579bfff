import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { answers, createServerDir, freePort, startServer } from '../servers/unprivileged-server.ts'
import { countValues } from '../servers/victoria-metrics.ts'
import { account, serve, status } from './serve.ts'

const TOKEN = 'a-made-up-token-of-some-length'
const page = readFileSync(new URL('../../docs/monitoring.md', import.meta.url), 'utf8')
const [, documented = ''] = /```yaml\n(scrape_configs:\n[\s\S]*?)```/.exec(page) ?? []

/** A scraper that is told what the documentation tells, but for places and pace. */
const startScraper = async (target: string) => {
  const dir = createServerDir('scraper')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  writeFileSync(join(dir, 'token'), `${TOKEN}\n`, { mode: 0o644 })
  const config = documented
    .replace('/etc/prometheus/powerkits-token', join(dir, 'token'))
    .replace('192.0.2.10:8484', target)
    .replace('30s', '500ms')
  writeFileSync(join(dir, 'scrape.yml'), config, { mode: 0o644 })
  const args = [
    `-storageDataPath=${dir}/data`,
    `-httpListenAddr=127.0.0.1:${port}`,
    `-promscrape.config=${dir}/scrape.yml`,
    '-promscrape.config.strictParse',
  ]
  const recipe = { program: 'victoria-metrics', args, isReady: () => answers(`${url}/health`, 200) }
  return { ...(await startServer(dir, port, recipe)), url }
}

it('a real scraper with the documented configuration gets in, and reads every line', { timeout: 30_000 }, async () => {
  const served = await serve({ token: TOKEN, status: () => ({ ...status, accounts: [account] }) })
  const scraper = await startScraper(new URL(served.url).host)
  try {
    const text = await (await served.get('/metrics', { authorization: `Bearer ${TOKEN}` })).text()
    // Delays are those since the last reading: a scrape right after this one has none.
    const series = text.split('\n').filter((line) => /^(?!nodejs_eventloop)\w/.test(line))
    await expect
      .poll(() => countValues(scraper.url, 'scrape_samples_scraped'), { timeout: 20_000 })
      .not.toEqual(new Map())
    const names = new Set((await countValues(scraper.url)).keys())
    expect([...names]).toEqual(expect.arrayContaining(series.map((line) => /^\w+/.exec(line)![0])))
    const asked = await fetch(`${scraper.url}/api/v1/export?match[]=scrape_samples_scraped&reduce_mem_usage=0`)
    const { values } = JSON.parse((await asked.text()).split('\n')[0]!) as { values: number[] }
    expect(Math.max(...values)).toBeGreaterThanOrEqual(series.length)
  } finally {
    await scraper.close()
    await served.close()
  }
})
