import { request as httpRequest } from 'node:http'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Signable, signedHeaders } from '../../src/cloud/signature.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'

// The kits' clock runs fast, so that nothing has to be waited for; the API's clock is the given one.
const start = (shape?: 'A' | 'B') =>
  startSimulator({
    kits: 2,
    seed: 41,
    host: '127.0.0.1',
    mqttPort: 0,
    httpPort: 0,
    speed: 60,
    name: 'Demo van',
    now: Date.now,
    ...(shape === undefined ? {} : { shape }),
  })

interface Reply {
  readonly code: string
  readonly data: Record<string, unknown> & { deviceName?: string }[]
}

type Params = { readonly [key: string]: Signable }

interface Ask {
  readonly method?: string
  readonly query?: Params
  readonly body?: Params
  readonly secretKey?: string
  readonly accessKey?: string
  readonly timestamp?: number
}

let simulator: Simulator
const clients: MqttClient[] = []

beforeAll(async () => {
  simulator = await start()
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.endAsync(true)))
  await simulator.stop()
})

/** fetch sends no GET with a body; the vendor's document asks for one. */
const ask = (path: string, { method = 'GET', query = {}, body, timestamp = Date.now(), ...keys }: Ask = {}) =>
  new Promise<{ status: number; date: string; reply: Reply }>((resolve, reject) => {
    const credentials = { accessKey: simulator.accessKey, secretKey: simulator.secretKey, ...keys }
    const signed = signedHeaders(body ?? query, credentials, { nonce: '123456', timestamp: String(timestamp) })
    const search = new URLSearchParams(query as Record<string, string>).toString()
    const text = body === undefined ? '' : JSON.stringify(body)
    const headers = {
      ...signed,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json;charset=UTF-8', 'content-length': Buffer.byteLength(text) }),
    }
    const request = httpRequest(`${simulator.httpUrl}${path}?${search}`, { method, headers }, async (response) => {
      let answer = ''
      for await (const chunk of response) answer += String(chunk)
      const { statusCode = 0, headers: received } = response
      resolve({ status: statusCode, date: String(received.date), reply: JSON.parse(answer) as Reply })
    })
    request.on('error', reject)
    request.end(text)
  })

const connect = async (password = simulator.password): Promise<MqttClient> => {
  const client = await mqtt.connectAsync(simulator.mqttUrl, {
    protocolVersion: 4,
    username: simulator.account,
    password,
    clientId: 'test',
    reconnectPeriod: 0,
  })
  clients.push(client)
  return client
}

const topic = (end: string, index = 0): string => `/open/${simulator.account}/${simulator.kitSns[index]}/${end}`

const next = (client: MqttClient, end: string): Promise<Record<string, unknown>> =>
  new Promise((resolve) => {
    const listen = (from: string, bytes: Buffer): void => {
      if (!from.endsWith(end)) return
      client.off('message', listen)
      resolve(JSON.parse(bytes.toString()) as Record<string, unknown>)
    }
    client.on('message', listen)
  })

describe('simulated HTTP API', () => {
  it('gives certification and device list to who signs rightly', async () => {
    const { reply, date } = await ask('/iot-open/sign/certification')
    expect(reply).toMatchObject({
      code: '0',
      data: { certificateAccount: simulator.account, port: new URL(simulator.mqttUrl).port },
    })
    expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(60_000)
    const list = (await ask('/iot-open/sign/device/list')).reply
    expect(list.data.map(({ deviceName }) => deviceName)[0]).toBe('Demo van')
    expect(list.data.map((device) => (device as { sn?: string }).sn)).toEqual(simulator.kitSns)
  })

  it('refuses wrong secrets, wrong keys, old timestamps, foreign kits and unknown paths', async () => {
    const codes = await Promise.all([
      ask('/iot-open/sign/device/list', { secretKey: 'wrong' }),
      ask('/iot-open/sign/device/list', { accessKey: 'wrong' }),
      ask('/iot-open/sign/device/list', { timestamp: Date.now() - 3_600_000 }),
      ask('/iot-open/sign/device/quota/all', { query: { sn: 'M109ZEB4ZE0X0000' } }),
      ask('/iot-open/sign/nothing'),
    ])
    expect(codes.map(({ reply }) => reply.code)).toEqual(['8521', '8513', '8521', '8512', '404'])
    expect(codes.map(({ status }) => status)).toEqual([200, 200, 200, 200, 404])
  })

  it('answers quota/all, and selected quotas asked by POST or by GET with a body', async () => {
    const sn = simulator.kitSns[0]!
    const all = await ask('/iot-open/sign/device/quota/all', { query: { sn } })
    expect(Object.keys(all.reply.data)).toContain('bmsTotal.totalSoc')
    for (const method of ['POST', 'GET']) {
      const body = { sn, params: { quotas: ['bbcin'] } }
      const some = await ask('/iot-open/sign/device/quota', { method, body })
      expect(some.reply.code).toBe('0')
      expect(Object.keys(some.reply.data).every((key) => key.startsWith('bbcin.'))).toBe(true)
    }
  })

  it('signs the body of a request with a content type, even an empty one', async () => {
    const query = { sn: simulator.kitSns[0]! }
    const fresh = { nonce: '123456', timestamp: String(Date.now()) }
    const get = async (headers: Record<string, string>): Promise<string> => {
      const answer = await fetch(`${simulator.httpUrl}/iot-open/sign/device/quota/all?sn=${query.sn}`, {
        headers: { ...signedHeaders(query, simulator, fresh), ...headers },
      })
      return ((await answer.json()) as Reply).code
    }
    expect(await get({})).toBe('0')
    expect(await get({ 'content-type': 'application/json;charset=UTF-8' })).toBe('8521')
  })

  it('queues a set command, which the kit obeys', async () => {
    const kit = simulator.kits[0]!
    const body = {
      id: 5,
      version: '1.0',
      sn: simulator.kitSns[0]!,
      moduleSn: '0000000000000000',
      moduleType: 0,
      operateType: 'socUpperLimit',
      params: { maxChgSoc: 90 },
    }
    const { reply } = await ask('/iot-open/sign/device/quota', { method: 'PUT', body })
    expect(reply).toEqual({ code: '0', message: 'Success', eagleEyeTraceId: '', tid: '' })
    expect(kit.settings.chargeCeilingPct).toBe(90)
    const array = { ...body, operateType: 'acDcLsplCfg', params: { recv: new Array(30).fill(0), acDcLsplOvertime: 60 } }
    expect((await ask('/iot-open/sign/device/quota', { method: 'PUT', body: array })).reply.code).toBe('0')
    expect(kit.settings.bothIdleMin).toBe(60)
    const bad = await ask('/iot-open/sign/device/quota', { method: 'PUT', body: { sn: body.sn } })
    expect(bad.reply.code).toBe('1008')
  })
})

describe('simulated broker', () => {
  it('lets in who knows the password, and nobody else', async () => {
    await expect(connect('wrong')).rejects.toMatchObject({ code: 4 })
    expect((await connect()).connected).toBe(true)
  })

  it('grants exact topics of own kits and refuses the rest', async () => {
    const client = await connect()
    const { account } = simulator
    for (const refused of ['#', '/open/#', `/open/${account}/+/quota`, `/open/${account}/M109ZEB4ZE0X0000/quota`]) {
      await expect(client.subscribeAsync(refused)).rejects.toThrow()
    }
    expect(await client.subscribeAsync(topic('quota'))).toMatchObject([{ qos: 0 }])
  })

  it('pushes the reports of the kit subscribed to', async () => {
    const client = await connect()
    const arrived = next(client, '/quota')
    await client.subscribeAsync(topic('quota', 1))
    const report = await arrived
    expect(report).toMatchObject({ version: '1.0', moduleSn: expect.any(String), params: expect.any(Object) })
    const sns = [
      ...simulator.kits[1]!.plan.packs.map(({ sn }) => sn),
      ...Object.values(simulator.kits[1]!.plan.modules),
    ]
    expect([...sns, simulator.kitSns[1]]).toContain(report.moduleSn)
  })

  it('carries set commands to the kit and its reply back', async () => {
    const client = await connect()
    await client.subscribeAsync(topic('set_reply'))
    const answered = next(client, '/set_reply')
    const moduleSn = simulator.kits[0]!.plan.modules.iclow
    const command = { id: 9, version: '1.0', moduleSn, moduleType: 15365, operateType: 'dischgIcParaSet' }
    client.publish(topic('set'), '{"broken')
    client.publish(topic('set'), JSON.stringify({ ...command, params: { powerOn: 0 } }))
    expect(await answered).toMatchObject({ id: 9, operateType: 'dischgIcParaSet', data: { retSta: 0 } })
    expect(simulator.kits[0]!.settings.acOn).toBe(0)
  })

  it('says offline when a kit is switched off, and the API refuses sets for it', async () => {
    const client = await connect()
    await client.subscribeAsync(topic('status', 1))
    const said = new Promise<unknown>((resolve) =>
      client.on('message', (_from, bytes) => {
        const status = JSON.parse(bytes.toString()) as { params: { status: number } }
        if (status.params.status === 0) resolve(status)
      }),
    )
    const off = { id: 3, moduleSn: '0000000000000000', moduleType: 0, operateType: 'powerOff', params: { enable: 1 } }
    client.publish(topic('set', 1), JSON.stringify(off))
    await said
    const body = { ...off, sn: simulator.kitSns[1]! }
    expect((await ask('/iot-open/sign/device/quota', { method: 'PUT', body })).reply.code).toBe('1008')
    const list = (await ask('/iot-open/sign/device/list')).reply.data as { online?: number }[]
    expect(list.map(({ online }) => online)).toEqual([1, 0])
  })
})

describe('simulator', () => {
  it('says which port is taken and leaves the other free', async () => {
    const port = Number(new URL(simulator.httpUrl).port)
    const options = { kits: 1, seed: 1, host: '127.0.0.1', mqttPort: 0, httpPort: port, now: Date.now }
    await expect(startSimulator(options)).rejects.toMatchObject({ code: 'simulator_port_taken' })
  })

  it('stops with clients connected and lets its ports go', async () => {
    const other = await start('A')
    const client = await mqtt.connectAsync(other.mqttUrl, {
      username: other.account,
      password: other.password,
      reconnectPeriod: 0,
    })
    await other.stop()
    await expect(fetch(`${other.httpUrl}/iot-open/sign/certification`)).rejects.toThrow()
    await client.endAsync(true)
  })
})
