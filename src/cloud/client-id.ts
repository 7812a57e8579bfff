/** One fixed MQTT client id per data directory: the vendor locks accounts out that use many. src: tolwi/hassio-ecoflow-cloud #306, #315 */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The id kept in the directory, made when there is none. */
export const clientIdOf = async (dataDir: string): Promise<string> => {
  const path = join(dataDir, 'mqtt-client-id')
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (/^[\w-]{8,64}$/.test(kept)) return kept
  const id = `powerkits-${randomBytes(8).toString('hex')}`
  await mkdir(dataDir, { recursive: true })
  await writeFile(path, `${id}\n`, { mode: 0o600, flush: true })
  return id
}
