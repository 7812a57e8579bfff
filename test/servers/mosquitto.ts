/** A real mosquitto for a test. Its queues are unlimited: with the default limit it drops QoS 1 messages silently. */
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createServerDir, freePort, type RealServer, startServer } from './unprivileged-server.ts'

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

/**
 * `persistent` keeps sessions and queued messages over a stop and a kill; `settings` are further lines of its
 * configuration, e.g. `max_inflight_messages 1000`.
 */
export const startMosquitto = async (
  options: { readonly persistent?: boolean; readonly settings?: readonly string[] } = {},
): Promise<RealServer & { readonly url: string }> => {
  const dir = createServerDir('mosquitto')
  const port = await freePort()
  const persistence = options.persistent
    ? ['persistence true', 'autosave_interval 1', 'autosave_on_changes true']
    : ['persistence false']
  const settings = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    ...persistence,
    `persistence_location ${dir}/`,
    'max_queued_messages 0',
    ...(options.settings ?? []),
  ]
  const file = join(dir, 'mosquitto.conf')
  writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o644 })
  const recipe = { program: 'mosquitto', args: ['-c', file], isReady: () => accepts(port) }
  return { ...(await startServer(dir, port, recipe)), url: `mqtt://127.0.0.1:${port}` }
}
