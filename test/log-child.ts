/** Logs lines with secrets in them, in the format of the first argument. */
import { createLog } from '../src/log.ts'
import { createSecrets } from '../src/redact.ts'

const secrets = createSecrets(['known-at-the-start'])
const log = createLog('info', process.argv[2] === 'json' ? 'json' : 'text', secrets.redact)
secrets.add('learnt "later" on')
log.info('with known-at-the-start in it')
log.warn({ password: 'by-its-name', nested: { url: 'mqtts://me:in-an-address@host' } }, 'a "learnt "later" on" one')
log.error(new Error('because of known-at-the-start'), 'failed')
