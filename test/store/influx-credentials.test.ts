import { expect, it } from 'vitest'
import { createLog } from '../../src/log.ts'
import { openInflux } from '../../src/store/influx.ts'
import { startScripted } from './scripted-influx.ts'

const BUCKETS = { raw: 'powerkits', history: 'powerkits_history' } as const
const LINE = 'battery,kit_sn=M109ZAB4Z000001F,module_sn=a soc_pct=50 1780000000000\n'

it.each([
  ['a token', { token: 'tok-en/1+x==' }, 'tok-en/1+x=='],
  ['a password', { username: 'writer', password: 'pass-word/2' }, Buffer.from('writer:pass-word/2').toString('base64')],
])('does not repeat %s that the server quotes', async (_what, keys, sent) => {
  const server = await startScripted(({ authorization, lines }, index) =>
    index === 0
      ? { status: 500, body: `no write for ${authorization} pass-word/2` }
      : { status: 400, body: { message: `partial write: unable to parse '${lines[0]}': ${authorization}` } },
  )
  const log = createLog('silent', 'json')
  const store = openInflux({ url: server.url, ...keys, buckets: BUCKETS, api: 'v2', timeoutMs: 2_000, log })
  const batch = { bucket: 'raw', lines: [LINE], spoolId: 'a', upTo: 1 } as const
  const [kept, rejected] = [await store.write(batch), await store.write(batch)]
  await store.close()
  await server.close()
  expect(server.asked[0]?.authorization).toContain(sent)
  expect(kept).toMatchObject({ answer: 'kept' })
  expect(rejected).toMatchObject({ answer: 'rejected' })
  const said = JSON.stringify([kept, rejected])
  expect(said).toContain('[secret]')
  for (const secret of [sent, 'pass-word/2'].slice(0, 'token' in keys ? 1 : 2)) expect(said).not.toContain(secret)
})

it.each([
  ['v1', `Basic ${Buffer.from('writer:pass-word/2').toString('base64')}`],
  ['v2', 'Token writer:pass-word/2'],
] as const)('a user in place of a token is sent as %s wants it', async (api, sent) => {
  const server = await startScripted(() => ({ status: 204 }))
  const log = createLog('silent', 'json')
  const token = 'writer:pass-word/2'
  const store = openInflux({ url: server.url, token, buckets: BUCKETS, api, timeoutMs: 2_000, log })
  await store.write({ bucket: 'raw', lines: [LINE], spoolId: 'a', upTo: 1 })
  await store.close()
  await server.close()
  expect(server.asked[0]?.authorization).toBe(sent)
})
