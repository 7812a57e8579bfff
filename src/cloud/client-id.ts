/**
 * MQTT client ids that stay: the vendor locks accounts out that use many. Here the form of an id and the one of plain
 * brokers, one per data directory; an account's id lives in its budget's file. src: tolwi/hassio-ecoflow-cloud #306, #315
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const FORM = /^[\w-]{8,64}$/

export const isClientId = (text: string): boolean => FORM.test(text)

export const newClientId = (): string => `powerkits-${randomBytes(8).toString('hex')}`

/** The id kept in the directory, made when there is none. */
export const clientIdOf = async (dataDir: string): Promise<string> => {
  const path = join(dataDir, 'mqtt-client-id')
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (isClientId(kept)) return kept
  const id = newClientId()
  await mkdir(dataDir, { recursive: true })
  await writeFile(path, `${id}\n`, { mode: 0o600, flush: true })
  return id
}
