import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/cloud/outcome.ts'
import { apiFor, envelope, KEYS, type Script, startCloud } from './scripted-cloud.ts'

const KIT = 'M109ZEB4ZE7B0963'

const textOf = (outcome: Outcome<unknown>): string => (outcome.isOk ? '' : outcome.failure.text)

/** A port where nobody listens. */
const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** As the platform's fetch fails. */
const failing =
  (cause: unknown): typeof fetch =>
  async () => {
    throw new TypeError('fetch failed', { cause })
  }

describe('the way to the cloud', () => {
  it('tells a refused connection', async () => {
    const { api, observed } = apiFor(`http://127.0.0.1:${await freePort()}`)
    const outcome = await api.quotaAll(KIT)
    expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'unreachable' } })
    expect(textOf(outcome)).toContain('the connection was refused')
    expect(observed.counters.get('cloud_failures{unreachable}')).toBe(1)
  })

  it('tells a connection that is cut', async () => {
    const cut: Script[] = [
      (response) => response.destroy(),
      (response) => {
        response.writeHead(200, { 'content-length': 100 })
        response.write('{"code":')
        setImmediate(() => response.destroy())
      },
    ]
    for (const script of cut) {
      const cloud = await startCloud(script)
      const outcome = await apiFor(cloud.host).api.quotaAll(KIT)
      expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'unreachable' } })
      expect(textOf(outcome)).toContain('the connection was cut')
      await cloud.stop()
    }
  })

  it('tells a server that does not speak TLS, and sends it nothing', async () => {
    const cloud = await startCloud(envelope('0', {}))
    const outcome = await apiFor(cloud.host.replace('http:', 'https:')).api.quotaAll(KIT)
    expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'untrusted' } })
    expect(cloud.asked).toEqual([])
    await cloud.stop()
  })

  it.each([
    [{ code: 'CERT_NOT_YET_VALID' }, 'untrusted', 'not valid yet: is the clock of this machine right?'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'untrusted', 'has expired: is the clock of this machine right?'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'untrusted', 'for another name'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'untrusted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    [{ code: 'ENOTFOUND' }, 'unreachable', 'DNS does not know its name'],
    [{ code: 'EAI_AGAIN' }, 'unreachable', 'DNS does not answer'],
    [{ code: 'ENETUNREACH' }, 'unreachable', 'there is no network'],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'timed_out', 'no connection came about'],
    [{ errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] }, 'unreachable', 'the connection was refused'],
    [{ code: 'EWHATEVER' }, 'unreachable', 'EWHATEVER'],
    [undefined, 'unreachable', 'the request could not be sent'],
  ])('%j is %s', async (cause, kind, words) => {
    const outcome = await apiFor('https://api.example', { fetch: failing(cause) }).api.quotaAll(KIT)
    expect(outcome).toMatchObject({ isOk: false, failure: { kind } })
    expect(textOf(outcome)).toContain(words)
  })

  it('waits no longer than ten seconds of the given time, and hangs up', async () => {
    let isClosed = (): void => {}
    const closed = new Promise<void>((resolve) => {
      isClosed = resolve
    })
    const silent: Script[] = [
      (response) => response.on('close', isClosed),
      (response) => {
        response.on('close', isClosed).writeHead(200)
        response.write('{"code":')
      },
    ]
    for (const script of silent) {
      let reached = (): void => {}
      const arrived = new Promise<void>((resolve) => {
        reached = resolve
      })
      const cloud = await startCloud((response, asked) => {
        script(response, asked)
        reached()
      })
      const { api, observed } = apiFor(cloud.host)
      const waiting = api.quotaAll(KIT)
      await arrived
      observed.timeOut()
      expect(await waiting).toMatchObject({ isOk: false, failure: { kind: 'timed_out' } })
      await closed
      await cloud.stop()
    }
  })

  it('does not send a set command twice', async () => {
    const cloud = await startCloud((response) => response.destroy())
    const outcome = await apiFor(cloud.host).api.set({ sn: KIT, operateType: 'x', params: {} })
    expect(textOf(outcome)).toContain('Whether the command was carried out is not known')
    expect(cloud.asked).toHaveLength(1)
    await cloud.stop()
  })
})

describe('secrets', () => {
  it('stand in no failure and in nothing kept to look at, whatever is echoed', async () => {
    const echo: Script = (response, { headers }) =>
      envelope(
        '4711',
        { ...headers, certificatePassword: 'PwMadeUp' },
        `${KEYS.accessKey} ${KEYS.secretKey}`,
      )(response, { method: '', url: '', headers, body: '' })
    const page: Script = (response, { headers }) =>
      response.setHeader('content-type', 'text/html').end(`<p>accessKey=${headers.accesskey}&sign=${headers.sign}`)
    const nested: Script = (response) =>
      response.end(JSON.stringify({ inner: JSON.stringify({ password: 'PwMadeUp', token: 'PwMadeUp' }) }))
    const cut: Script = (response) => response.end('{"code":"0","data":{"certificatePassword":"PwMadeUp')
    for (const script of [echo, page, nested, cut]) {
      const cloud = await startCloud(script)
      const { api, observed } = apiFor(cloud.host)
      const told = JSON.stringify([await api.certification(), await api.quotaAll(KIT), observed.strange])
      expect(observed.strange).toHaveLength(2)
      for (const secret of [KEYS.accessKey, KEYS.secretKey, 'PwMadeUp', String(cloud.asked[0]!.headers.sign)])
        expect(told).not.toContain(secret)
      await cloud.stop()
    }
  })

  it('stand in no failure of a request that could not even be sent', async () => {
    const credentials = { accessKey: 'AkWith\nNewline', secretKey: 'SkMadeUp' }
    const outcome = await apiFor('http://127.0.0.1:9', { credentials }).api.certification()
    expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'unreachable' } })
    expect(textOf(outcome)).toContain('the request could not be sent')
    expect(JSON.stringify(outcome)).not.toContain('AkWith')
  })
})
