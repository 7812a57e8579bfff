/**
 * One data directory, one collector: a local socket is the lock. The system frees it when the process ends, however it
 * ends; a socket file that nobody answers is left over and is replaced. Whoever holds the lock may answer other
 * commands through it, by HTTP. Only the same user gets in: a socket file has mode 0600; a named pipe of Windows gives
 * others at most the right to read, and who cannot ask is told nothing.
 */
import { createHash } from 'node:crypto'
import { chmod, rm } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CollectorError } from './errors.ts'

/** Longest path that every system takes for a socket. */
const MAX_PATH = 100
const IS_WINDOWS = process.platform === 'win32'

/** Where who holds the directory listens: a socket file, or a named pipe. */
export const socketPath = (dataDir: string): string => {
  const name = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16)
  if (IS_WINDOWS) return `\\\\.\\pipe\\powerkits-${name}`
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

const listen = (path: string, listener: RequestListener): Promise<Server> =>
  new Promise((done, fail) => {
    const server = createServer(listener)
    server.once('error', fail)
    server.listen(path, () => {
      server.unref()
      done(server)
    })
  })

/** Until its mode is set, anybody may have come in: they are sent away. */
const keepOthersOut = async (server: Server, path: string): Promise<void> => {
  if (IS_WINDOWS) return
  await chmod(path, 0o600)
  server.closeAllConnections()
}

const notReady: RequestListener = (_request, response) => {
  response.writeHead(503).end()
}

/** Takes the directory and answers by `listener`; the result gives it back. Throws CollectorError `data_dir_in_use`. */
export const lockDataDir = async (
  dataDir: string,
  listener: RequestListener = notReady,
): Promise<() => Promise<void>> => {
  const path = socketPath(dataDir)
  const server = await listen(path, listener).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    if (await isAnswered(path))
      throw new CollectorError('data_dir_in_use', `Another collector runs in ${resolve(dataDir)}.`)
    await rm(path, { force: true })
    return listen(path, listener)
  })
  await keepOthersOut(server, path)
  return () =>
    new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
}
