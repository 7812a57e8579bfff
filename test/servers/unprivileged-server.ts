/**
 * Starts a real server for a test: unprivileged, in its own temporary directory, on a port that stays the same over
 * restarts. It promises that `stop`, `kill` and `close` return only after the process has left, and that nothing
 * outlives the test run. Which program, with what arguments and when it is ready is left to the files beside this one.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const NOBODY = 65534

interface Recipe {
  readonly program: string
  readonly args: readonly string[]
  /** Resolves to true as soon as the server answers. */
  readonly isReady: () => Promise<boolean>
}

export interface RealServer {
  readonly dir: string
  readonly port: number
  /** Ends it politely and waits for its exit. */
  stop(): Promise<void>
  /** SIGKILL, and waits for its exit. */
  kill(): Promise<void>
  /** Starts it again in the same directory and on the same port; stops it first where it still runs. */
  restart(): Promise<void>
  /** Freezes the process: connections stay open, nothing is answered. */
  pause(): void
  resume(): void
  /** Stops it and removes its directory. */
  close(): Promise<void>
}

const isRoot = process.getuid?.() === 0

/** A directory that the server's user may write to. */
export const createServerDir = (name: string): string => {
  const dir = mkdtempSync(join(tmpdir(), `powerkits-${name}-`))
  if (isRoot) chownSync(dir, NOBODY, NOBODY)
  return dir
}

/** A TCP port on 127.0.0.1 that is free now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const spawnUnprivileged = (dir: string, recipe: Recipe): ChildProcess =>
  spawn(recipe.program, recipe.args, {
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: dir, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin` },
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  })

const hasLeft = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

const untilReady = async (child: ChildProcess, recipe: Recipe): Promise<void> => {
  let said = ''
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  child.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-2_000)
  })
  for (let tries = 0; tries < 1_500; tries++) {
    if (failure !== undefined) throw failure
    if (hasLeft(child)) throw new Error(`${recipe.program} left at once: ${said}`)
    if (await recipe.isReady()) return
    await sleep(10)
  }
  throw new Error(`${recipe.program} did not become ready: ${said}`)
}

const endWith = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (hasLeft(child)) return
  const left = once(child, 'exit')
  child.kill('SIGCONT')
  child.kill(signal)
  await left
}

/** Starts the server and waits until it is ready. */
export const startServer = async (dir: string, port: number, recipe: Recipe): Promise<RealServer> => {
  let child = spawnUnprivileged(dir, recipe)
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const server: RealServer = {
    dir,
    port,
    stop: () => endWith(child, 'SIGTERM'),
    kill: () => endWith(child, 'SIGKILL'),
    restart: async () => {
      await server.stop()
      child = spawnUnprivileged(dir, recipe)
      await untilReady(child, recipe)
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    close: async () => {
      await server.stop()
      process.off('exit', killWithUs)
      rmSync(dir, { recursive: true, force: true })
    },
  }
  await untilReady(child, recipe)
  return server
}

/** Whether a GET of this address is answered with this status now. */
export const answers = async (url: string, status: number): Promise<boolean> => {
  const answer = await fetch(url).catch(() => undefined)
  await answer?.arrayBuffer()
  return answer?.status === status
}
