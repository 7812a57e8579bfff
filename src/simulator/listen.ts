/** Opens a listening port, for the broker and the HTTP API alike. */
import type { Server } from 'node:net'
import { CollectorError } from '../errors.ts'

const isTaken = (error: NodeJS.ErrnoException): boolean => error.code === 'EADDRINUSE'

/** Returns the port it got (0 asks for a free one). Throws `simulator_port_taken`, or the system's own error. */
export const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(
        isTaken(error)
          ? new CollectorError('simulator_port_taken', `Port ${port} on ${host} is in use.`, { cause: error })
          : error,
      )
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

/** Closes a server that listens or does not. */
export const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
