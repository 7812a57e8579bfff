/**
 * One data directory, one collector: a local socket is the lock. The system frees it when the process ends, however it
 * ends; a socket file that nobody answers is left over and is replaced.
 */
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CollectorError } from './errors.ts'

/** Longest path that every system takes for a socket. */
const MAX_PATH = 100

const socketPath = (dataDir: string): string => {
  const name = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\powerkits-${name}`
  const inside = join(resolve(dataDir), 'collector.sock')
  return Buffer.byteLength(inside) <= MAX_PATH ? inside : join(tmpdir(), `powerkits-${name}.sock`)
}

const isAnswered = (path: string): Promise<boolean> =>
  new Promise((done) => {
    const probe = connect(path, () => {
      probe.destroy()
      done(true)
    })
    probe.on('error', () => done(false))
  })

const listen = (path: string): Promise<Server> =>
  new Promise((done, fail) => {
    const server = createServer((peer) => peer.end())
    server.once('error', fail)
    server.listen(path, () => {
      server.unref()
      done(server)
    })
  })

/** Takes the directory; the result gives it back. Throws CollectorError `data_dir_in_use`. */
export const lockDataDir = async (dataDir: string): Promise<() => Promise<void>> => {
  const path = socketPath(dataDir)
  const server = await listen(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    if (await isAnswered(path))
      throw new CollectorError('data_dir_in_use', `Another collector runs in ${resolve(dataDir)}.`)
    await rm(path, { force: true })
    return listen(path)
  })
  return () => new Promise((done) => server.close(() => done()))
}
