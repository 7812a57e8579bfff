/** Users and what they may read, for a mosquitto: its own plugin, since its plain lists refuse no subscription. */
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServerDir } from './unprivileged-server.ts'

const PLUGIN = 'mosquitto_dynamic_security.so'

const pluginFile = (): string => {
  const folders = readdirSync('/usr/lib').map((name) => join('/usr/lib', name))
  const found = ['/usr/lib', '/usr/local/lib', ...folders].map((folder) => join(folder, PLUGIN)).find(existsSync)
  if (found === undefined) throw new Error(`mosquitto is here, but its ${PLUGIN} is not`)
  return found
}

/** Lines of mosquitto's configuration for one user, who may read these topics and publish any. */
export const onlyFor = (username: string, password: string, topics: readonly string[]): string[] => {
  const salt = randomBytes(12)
  const iterations = 101
  const hash = pbkdf2Sync(password, salt, iterations, 64, 'sha512').toString('base64')
  const acls = topics.map((topic) => ({ acltype: 'subscribeLiteral', topic, allow: true }))
  const settings = {
    defaultACLAccess: { publishClientSend: true, publishClientReceive: true, subscribe: false, unsubscribe: true },
    clients: [{ username, password: hash, salt: salt.toString('base64'), iterations, roles: [{ rolename: 'reader' }] }],
    roles: [{ rolename: 'reader', acls }],
  }
  const file = join(createServerDir('mosquitto-users'), 'users.json')
  writeFileSync(file, JSON.stringify(settings))
  chmodSync(file, 0o644)
  return [`plugin ${pluginFile()}`, `plugin_opt_config_file ${file}`, 'allow_anonymous false']
}
