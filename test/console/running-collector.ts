/**
 * The collector as people start it, `dist/main.js run`, in a process and a folder of its own. Promises that `stop` and
 * `close` return only after it has left, and that it never outlives the test run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../servers/unprivileged-server.ts'

export interface RunningCollector {
  readonly url: string
  readonly dir: string
  /** All that it printed and logged. */
  said(): string
  /** Again, in the same folder and on the same port. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Stops it and removes its folder. */
  close(): Promise<void>
}

const MAIN = resolve('dist/main.js')
const READY_WITHIN_MS = 30_000

const isBuilt = (): boolean => existsSync(resolve('dist/console/index.html'))

const untilReady = async (child: ChildProcess, url: string, said: () => string): Promise<void> => {
  const endAt = Date.now() + READY_WITHIN_MS
  while (Date.now() < endAt) {
    if (child.exitCode !== null) break
    const answer = await fetch(`${url}/healthz`).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.ok) return
    await sleep(20)
  }
  throw new Error(`The collector did not start; it said:\n${said()}`)
}

/** `dir` is its working directory, where it also finds powerkits.yaml; `env` its settings. */
export const startCollectorIn = async (
  dir: string,
  env: Readonly<Record<string, string>>,
): Promise<RunningCollector> => {
  if (!isBuilt()) throw new Error('The console is not built: npm run build')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let said = ''
  const start = async (): Promise<void> => {
    const { PATH = '', HOME = dir } = process.env
    child = spawn(process.execPath, [MAIN, 'run'], {
      cwd: dir,
      env: { PATH, HOME, HTTP_PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
    await untilReady(child, url, () => said)
  }
  const stop = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null) return
    const left = once(child, 'exit')
    child.kill('SIGTERM')
    await left
  }
  process.once('exit', () => void child?.kill('SIGKILL'))
  await start()
  const close = async (): Promise<void> => {
    await stop()
    rmSync(dir, { recursive: true, force: true })
  }
  return { url, dir, said: () => said, start, stop, close }
}
