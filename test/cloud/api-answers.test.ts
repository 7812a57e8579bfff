import { afterEach, describe, expect, it } from 'vitest'
import type { ApiOptions } from '../../src/cloud/api-contract.ts'
import type { Outcome } from '../../src/cloud/outcome.ts'
import { flattenParams, type Signable, signatureOf, signedText } from '../../src/cloud/signature.ts'
import { type Asked, apiFor, envelope, KEYS, NOW, type Script, startCloud } from './scripted-cloud.ts'

const KIT = 'M109ZEB4ZE7B0963'

let stop: () => Promise<void> = async () => {}
afterEach(() => stop())

const speak = async (scripts: Script[], changed: Partial<ApiOptions> = {}) => {
  const cloud = await startCloud(...scripts)
  stop = cloud.stop
  return { ...apiFor(cloud.host, changed), asked: cloud.asked }
}

const textOf = (outcome: Outcome<unknown>): string => (outcome.isOk ? '' : outcome.failure.text)

const isSigned = ({ headers }: Asked, params: { readonly [key: string]: Signable }): boolean => {
  const fresh = { nonce: String(headers.nonce), timestamp: String(headers.timestamp) }
  return headers.sign === signatureOf(signedText(flattenParams(params), KEYS.accessKey, fresh), KEYS.secretKey)
}

describe('a request as it is sent', () => {
  it('asks without a content type, signed by its query', async () => {
    const { api, asked } = await speak([envelope('0', {})])
    await api.quotaAll(KIT)
    expect(asked[0]).toMatchObject({ method: 'GET', url: `/iot-open/sign/device/quota/all?sn=${KIT}`, body: '' })
    expect(asked[0]!.headers).not.toHaveProperty('content-type')
    expect(isSigned(asked[0]!, { sn: KIT })).toBe(true)
  })

  it('sets with a JSON body, signed by it', async () => {
    const body = {
      id: 1,
      sn: KIT,
      moduleType: 15362,
      operateType: 'dischgParaSet',
      params: { volTag: 0, list: [1, 2] },
    }
    const { api, asked } = await speak([envelope('0')])
    expect((await api.set(body)).isOk).toBe(true)
    expect(asked[0]).toMatchObject({ method: 'PUT', url: '/iot-open/sign/device/quota' })
    expect(asked[0]!.headers['content-type']).toBe('application/json;charset=UTF-8')
    expect(JSON.parse(asked[0]!.body)).toEqual(body)
    expect(isSigned(asked[0]!, body)).toBe(true)
  })

  it('asks for selected quotas by POST, or by GET where that is wanted', async () => {
    const post = await speak([envelope('0', {})])
    await post.api.quotas(KIT, ['bbcin', 'bp5000'])
    expect(post.asked[0]).toMatchObject({ method: 'POST', url: '/iot-open/sign/device/quota' })
    expect(JSON.parse(post.asked[0]!.body)).toEqual({ sn: KIT, params: { quotas: ['bbcin', 'bp5000'] } })
    await stop()
    const get = await speak([envelope('0', {})], { quotasMethod: 'GET' })
    await get.api.quotas(KIT, ['bbcin', 'bp5000'])
    const url = new URL(get.asked[0]!.url, 'http://cloud')
    expect(get.asked[0]).toMatchObject({ method: 'GET', body: '' })
    expect([...url.searchParams]).toEqual([
      ['params.quotas[0]', 'bbcin'],
      ['params.quotas[1]', 'bp5000'],
      ['sn', KIT],
    ])
    expect(isSigned(get.asked[0]!, { sn: KIT, params: { quotas: ['bbcin', 'bp5000'] } })).toBe(true)
  })

  it('is signed anew at each try', async () => {
    let drawn = 0
    const { api, asked, observed } = await speak([envelope('8521'), envelope('8521'), envelope('0', {})], {
      random: () => (drawn++ * 0.137) % 1,
    })
    expect((await api.quotaAll(KIT)).isOk).toBe(true)
    const nonces = asked.map(({ headers }) => String(headers.nonce))
    expect(new Set(nonces).size).toBe(3)
    for (const nonce of nonces) expect(nonce).toMatch(/^\d{6}$/)
    expect(observed.pauses).toHaveLength(2)
  })
})

describe('an answer as it is judged', () => {
  it.each([
    ['0', true],
    [0, true],
    ['1000', false],
    [1000, false],
    ['00', false],
  ])('code %j: success is %s, whatever the HTTP status', async (code, isOk) => {
    for (const status of [200, 500]) {
      const { api } = await speak([
        (response, asked) => {
          response.statusCode = status
          envelope(code, {})(response, asked)
        },
      ])
      expect((await api.quotaAll(KIT)).isOk).toBe(isOk)
      await stop()
    }
  })

  it.each([
    ['6012', 'offline'],
    ['1006', 'not_allowed'],
    ['1008', 'offline_or_refused'],
    ['7015', 'not_signed_in'],
  ])('code %s is %s, told with the words and the trace of the cloud', async (code, kind) => {
    const { api, observed } = await speak([envelope(code)])
    const outcome = await api.quotaAll(KIT)
    expect(outcome).toMatchObject({ isOk: false, failure: { kind, code, traceId: 'ea1a2b3c4d5e' } })
    expect(textOf(outcome)).toContain(`(code ${code}, “some words”)`)
    expect([...observed.counters]).toEqual([
      ['cloud_requests{quota_all}', 1],
      [`cloud_failures{${kind}}`, 1],
    ])
    expect(observed.strange).toEqual([])
  })

  it('keeps to look at what a code unknown here came with', async () => {
    const { api, observed } = await speak([envelope('4711')])
    expect(await api.quotaAll(KIT)).toMatchObject({ isOk: false, failure: { kind: 'unknown', code: '4711' } })
    expect(observed.strange).toEqual([['code', KIT, expect.stringContaining('"4711"')]])
  })

  it.each<[string, string, Script]>([
    [
      'a log-in page',
      'HTTP status 200, text/html',
      (r) => r.setHeader('content-type', 'text/html').end('<html>Log in'),
    ],
    [
      'a gateway in trouble',
      'HTTP status 502, text/html',
      (r) => r.writeHead(502, { 'content-type': 'text/html' }).end(),
    ],
    ['JSON without a code', 'HTTP status 500', (r) => r.writeHead(500).end('{"status":500,"error":"oops"}')],
    ['JSON that is cut', 'HTTP status 200', (r) => r.end('{"code":"0","da')],
    ['a list', 'HTTP status 200', (r) => r.end('[]')],
    ['nothing', 'HTTP status 204', (r) => r.writeHead(204).end()],
  ])('%s is not understood, and told with its HTTP status', async (_name, words, script) => {
    const { api, observed } = await speak([script])
    const outcome = await api.quotaAll(KIT)
    expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'not_understood' } })
    expect(textOf(outcome)).toContain(words)
    expect(observed.strange.map(([kind, sn]) => [kind, sn])).toEqual([['answer', KIT]])
    expect(observed.dates).toEqual([])
  })

  it('does not follow a redirect, and says whereto without the path', async () => {
    const { api, asked, observed } = await speak([
      (response) => response.writeHead(302, { location: 'http://portal.example/login?session=s3cr3t' }).end(),
    ])
    const text = textOf(await api.quotaAll(KIT))
    expect(text).toContain('HTTP status 302, sent on to http://portal.example, which is not followed')
    expect(text).toContain('captive portal')
    expect(text).not.toContain('s3cr3t')
    expect(asked).toHaveLength(1)
    expect(observed.strange).toEqual([['redirect', KIT, '']])
  })

  it('does not read an answer without end', async () => {
    const { api } = await speak([
      (response) => {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536))) {}
        }
        response.on('drain', more)
        more()
      },
    ])
    const outcome = await api.quotaAll(KIT)
    expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'not_understood' } })
    expect(textOf(outcome)).toContain('longer than 4194304 bytes')
  })

  it('hands on the date with the clock that is to be corrected', async () => {
    const { api, observed } = await speak([envelope('1000')], { localNow: () => 5_000 })
    await api.devices()
    expect(observed.dates).toEqual([[NOW, 5_000, 5_000]])
  })
})

describe('the certification', () => {
  const good = {
    certificateAccount: 'open-0a1b2c3d',
    certificatePassword: 'PwMadeUp',
    url: 'mqtt-e.ecoflow.com',
    port: '8883',
    protocol: 'mqtts',
  }
  const certify = async (data: unknown) => {
    const { api, observed } = await speak([envelope('0', data)])
    return { outcome: await api.certification(), observed }
  }

  it('gives an address, whether the port is a string or a number, and lets unknown extras pass', async () => {
    const value = { account: 'open-0a1b2c3d', password: 'PwMadeUp', url: 'mqtts://mqtt-e.ecoflow.com:8883' }
    for (const data of [good, { ...good, port: 8883, more: { of: 'it' } }, { ...good, protocol: undefined }]) {
      expect((await certify(data)).outcome).toEqual({ isOk: true, value })
      await stop()
    }
  })

  it('takes a broker without TLS only where the cloud itself was asked without', async () => {
    const answer: typeof fetch = async () => Response.json({ code: '0', data: { ...good, protocol: 'mqtt' } })
    const urlAt = async (host: string) => {
      const outcome = await apiFor(host, { fetch: answer }).api.certification()
      return outcome.isOk && outcome.value.url
    }
    expect(await urlAt('http://127.0.0.1')).toBe('mqtt://mqtt-e.ecoflow.com:8883')
    expect(await urlAt('https://api-e.ecoflow.com')).toBe('mqtts://mqtt-e.ecoflow.com:8883')
  })

  it.each([
    ['no password', { ...good, certificatePassword: undefined }],
    ['no port', { ...good, port: '' }],
    ['a port that is none', { ...good, port: '88830' }],
    ['an address that is none', { ...good, url: 'mqtt.example/@evil' }],
    ['an account that would spoil topics', { ...good, certificateAccount: 'open/#' }],
    ['null', null],
  ])('with %s is not understood, and no secret is told', async (_name, data) => {
    const { outcome, observed } = await certify(data)
    expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'not_understood' } })
    expect(observed.strange.map(([kind]) => kind)).toEqual(['certification'])
    expect(JSON.stringify([outcome, observed.strange])).not.toContain('PwMadeUp')
  })
})

describe('the list of devices', () => {
  const list = async (data: unknown) => {
    const { api, observed } = await speak([envelope('0', data)])
    return { outcome: await api.devices(), observed }
  }

  it('reads names, products and whether a device is online, in every spelling', async () => {
    const { outcome, observed } = await list([
      { sn: 'M109ZEB4ZE7B0001', deviceName: 'Van', online: 1, productName: 'Power Kits', extra: [1] },
      { sn: 'M109ZEB4ZE7B0002', deviceName: 'Boat', online: '0' },
      { sn: 'M109ZEB4ZE7B0003', deviceName: '', online: 2 },
      { sn: 'M109ZEB4ZE7B0004', deviceName: null, productName: null },
    ])
    expect(outcome.isOk && outcome.value.devices).toEqual([
      { sn: 'M109ZEB4ZE7B0001', name: 'Van', isOnline: true, productName: 'Power Kits' },
      { sn: 'M109ZEB4ZE7B0002', name: 'Boat', isOnline: false },
      { sn: 'M109ZEB4ZE7B0003', name: 'M109ZEB4ZE7B0003', isOnline: undefined },
      { sn: 'M109ZEB4ZE7B0004', name: 'M109ZEB4ZE7B0004', isOnline: undefined },
    ])
    expect(observed.strange).toEqual([])
  })

  it('skips an entry that is none and says so; the others stay', async () => {
    const entries = [{ deviceName: 'no number' }, { sn: 'M1/+/#' }, 7, null, { sn: KIT, deviceName: 'Van', online: 1 }]
    const { outcome, observed } = await list(entries)
    expect(outcome.isOk && outcome.value.devices.map(({ sn }) => sn)).toEqual([KIT])
    expect(observed.strange.map(([kind, , text]) => [kind, text])).toEqual([
      ['device', '{"deviceName":"no number"}'],
      ['device', '{"sn":"M1/+/#"}'],
      ['device', '7'],
      ['device', 'null'],
    ])
  })

  it.each([[null], [undefined], [{}], ['[]']])(
    '%j is no list: not to be taken for an account without kits',
    async (data) => {
      const { outcome, observed } = await list(data)
      expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'not_understood' } })
      expect(observed.strange.map(([kind]) => kind)).toEqual(['device_list'])
    },
  )

  it('may be empty', async () => {
    expect((await list([])).outcome).toMatchObject({ isOk: true, value: { devices: [] } })
  })
})
