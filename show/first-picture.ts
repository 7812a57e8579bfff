/** Shows how long it takes from `git clone` to the first living picture: cloned, installed, built, started, seen. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser, until, visit } from '../test/console/browser.ts'
import { IS_KNOWN, POWERS } from '../test/console/live-steps.ts'
import { freePort } from '../test/servers/unprivileged-server.ts'

export const title = 'from git clone to the first living picture of the console, on a machine with Node and npm only'

const MOST_MS = 240_000
/** Drawn, with a real value in it, and moving. */
const LIVES = `${IS_KNOWN} && document.getAnimations().some((one) => one.playState === 'running')`

const MARKS = [
  ['packages installed', /Packages installed/],
  ['built', /Built dist/],
  ['the collector starts', /powerkits \S+ starts/],
  ['its address is told', /Console {2}/],
] as const

/** Prints each mark as it comes; resolves when the last one has. */
const follow = (child: ChildProcess, seconds: () => string): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ''
    const left = [...MARKS]
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      while (left[0]?.[1].test(said)) console.log(`${seconds()}  ${left.shift()?.[0]}`)
      if (left.length === 0) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => reject(new Error(`npm start ended; it said:\n${said}`)))
  })

export const run = async (): Promise<boolean> => {
  const root = mkdtempSync(join(tmpdir(), 'powerkits-first-picture-'))
  const clone = join(root, 'clone')
  const port = await freePort()
  const startedAt = performance.now()
  const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s`
  execFileSync('git', ['clone', '--quiet', '.', clone])
  console.log(`${seconds()}  cloned`)
  const { PATH = '', HOME = root } = process.env
  const env = { PATH, HOME, HTTP_PORT: String(port), DATA_DIR: join(root, 'data') }
  const child = spawn('npm', ['start'], { cwd: clone, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const browser = await openBrowser()
  try {
    await follow(child, seconds)
    const { page, complaints } = await visit(browser, `http://127.0.0.1:${port}/`)
    await until(page, LIVES, MOST_MS)
    console.log(`${seconds()}  the picture lives: ${await page.evaluate(POWERS)}`)
    for (const complaint of complaints()) console.log(`  ${complaint}`)
    return complaints().length === 0
  } finally {
    await browser.close()
    const gone = child.exitCode === null ? once(child, 'exit') : Promise.resolve()
    process.kill(-child.pid!, 'SIGTERM')
    await gone
    rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 })
  }
}
