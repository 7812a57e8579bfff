/** A real influxd 1.x for a test, with one helper to ask it InfluxQL past the code under test. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answers, createServerDir, freePort, type RealServer, startServer } from './unprivileged-server.ts'

const configuration = (dir: string, port: number, rpcPort: number, settings: readonly string[]): string => `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${dir}/meta"
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
${settings.map((line) => `  ${line}`).join('\n')}
[monitor]
  store-enabled = false
`

/** `http` are further lines of its [http] section, e.g. `max-body-size = 4096`; `dir` is where another one stopped. */
export const startInfluxd = async (
  options: { readonly http?: readonly string[]; readonly dir?: string } = {},
): Promise<RealServer & { readonly url: string }> => {
  const dir = options.dir ?? createServerDir('influxd')
  const port = await freePort()
  const file = join(dir, 'influxd.conf')
  writeFileSync(file, configuration(dir, port, await freePort(), options.http ?? []), { mode: 0o644 })
  const url = `http://127.0.0.1:${port}`
  const recipe = { program: 'influxd', args: ['-config', file], isReady: () => answers(`${url}/ping`, 204) }
  return { ...(await startServer(dir, port, recipe)), url }
}

/** The raw answer of influxd to one InfluxQL statement. */
export const askInfluxd = async (url: string, db: string, statement: string): Promise<unknown> => {
  const body = new URLSearchParams({ db, q: statement, epoch: 'ms' })
  const answer = await fetch(`${url}/query`, { method: 'POST', body })
  return answer.json()
}
