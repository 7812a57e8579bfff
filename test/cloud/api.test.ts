import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiOptions } from '../../src/cloud/api-contract.ts'
import { createClockOffset } from '../../src/cloud/clock-offset.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { apiFor, TIME_OUT_MS } from './scripted-cloud.ts'

let simulator: Simulator

beforeAll(async () => {
  const ports = { host: '127.0.0.1', mqttPort: 0, httpPort: 0 }
  simulator = await startSimulator({ kits: 2, seed: 77, name: 'Demo van', now: Date.now, ...ports })
})
afterAll(() => simulator.stop())

/** The simulator's own keys; pauses pass at once. */
const speakTo = (changed: Partial<ApiOptions> = {}) => {
  const { accessKey, secretKey } = simulator
  const credentials = { accessKey, secretKey }
  return apiFor(simulator.httpUrl, { credentials, now: Date.now, localNow: Date.now, random: Math.random, ...changed })
}

describe('the API, spoken to the simulated cloud', () => {
  it('fetches what the MQTT session signs in with', async () => {
    const { account, password, mqttUrl } = simulator
    expect(await speakTo().api.certification()).toEqual({ isOk: true, value: { account, password, url: mqttUrl } })
  })

  it('lists the kits, and hands on the answer as it came', async () => {
    const outcome = await speakTo().api.devices()
    if (!outcome.isOk) throw new Error(outcome.failure.text)
    const [first, second] = outcome.value.devices
    expect(outcome.value.devices.map(({ sn }) => sn)).toEqual(simulator.kitSns)
    expect(first).toMatchObject({ name: 'Demo van', isOnline: true, productName: 'Power Kits' })
    expect(second!.name).not.toBe('')
    expect(outcome.value.topic).toBe('/iot-open/sign/device/list')
    expect(JSON.parse(Buffer.from(outcome.value.bytes).toString())).toMatchObject({ code: '0', message: 'Success' })
  })

  it('asks for all values of a kit, and for some', async () => {
    const sn = simulator.kitSns[0]!
    const all = await speakTo().api.quotaAll(sn)
    const some = await speakTo().api.quotas(sn, ['bbcin'])
    if (!all.isOk || !some.isOk) throw new Error('refused')
    expect(all.value.topic).toBe(`/iot-open/sign/device/quota/all?sn=${sn}`)
    expect(some.value.topic).toBe(`/iot-open/sign/device/quota?sn=${sn}`)
    const keysOf = (bytes: Uint8Array) =>
      Object.keys((JSON.parse(Buffer.from(bytes).toString()) as { data: Record<string, unknown> }).data)
    expect(keysOf(all.value.bytes).length).toBeGreaterThan(100)
    expect(new Set(keysOf(some.value.bytes).map((key) => key.split('.')[0]))).toEqual(new Set(['bbcin']))
  })

  it('sets, and hears that it is queued', async () => {
    const sn = simulator.kitSns[0]!
    const { api } = speakTo()
    const read = await api.quotas(sn, ['bbcin'])
    const moduleSn = /"bbcin\.([^.]+)\./.exec(read.isOk ? Buffer.from(read.value.bytes).toString() : '')![1]!
    const command = { id: 1, version: '1.0', sn, moduleSn, moduleType: 15362, operateType: 'dischgParaSet' }
    const outcome = await api.set({ ...command, params: { volTag: 1 } })
    expect(outcome).toMatchObject({ isOk: true, value: { topic: `/iot-open/sign/device/quota?sn=${sn}` } })
    const refused = await api.set(command)
    expect(refused).toMatchObject({ isOk: false, failure: { kind: 'offline_or_refused', code: '1008' } })
    expect(refused.isOk ? '' : refused.failure.text).toContain('The command was not carried out.')
  })

  it('says which kit is not permitted', async () => {
    const outcome = await speakTo().api.quotaAll('M109ZNOBODYS0001')
    expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'no_permission', code: '8512' } })
    expect(outcome.isOk ? '' : outcome.failure.text).toContain('Kit M109ZNOBODYS0001 of account “van”')
  })

  it('says that the access key is unknown, at the first try', async () => {
    const credentials = { accessKey: 'AkOfNobody', secretKey: simulator.secretKey }
    const { api, observed } = speakTo({ credentials })
    expect(await api.certification()).toMatchObject({ isOk: false, failure: { kind: 'wrong_key', code: '8513' } })
    expect(Object.fromEntries(observed.counters)).toEqual({
      'cloud_requests{certification}': 1,
      'cloud_failures{wrong_key}': 1,
    })
  })

  it('tries a refused signature four times, with pauses, and then says so', async () => {
    const credentials = { accessKey: simulator.accessKey, secretKey: 'SkOfNobody' }
    const { api, observed } = speakTo({ credentials, random: () => 0.5 })
    expect(await api.certification()).toMatchObject({ isOk: false, failure: { kind: 'signature', code: '8521' } })
    expect(observed.pauses).toEqual([250, 500, 1000])
    expect(TIME_OUT_MS).toBeGreaterThan(Math.max(...observed.pauses))
    expect(Object.fromEntries(observed.counters)).toEqual({
      'cloud_requests{certification}': 4,
      'cloud_failures{signature}': 4,
    })
  })
})

describe('with a clock that is wrong', () => {
  const HOUR_MS = 3_600_000

  it.each([-HOUR_MS, HOUR_MS])('learns the offset (%i ms) from the refusal and asks again at once', async (skew) => {
    const offset = createClockOffset()
    const localNow = (): number => Date.now() - skew
    const now = (): number => localNow() + offset.offsetMs()
    const { api, observed } = speakTo({ localNow, now, onDate: offset.learn })
    expect((await api.certification()).isOk).toBe(true)
    expect(Math.abs(offset.offsetMs() - skew)).toBeLessThan(2_000)
    expect(observed.pauses).toEqual([])
    expect(observed.counters.get('cloud_requests{certification}')).toBe(2)
  })

  it('finds its way also when the clock is set while it runs', async () => {
    const offset = createClockOffset()
    let set = 0
    const localNow = (): number => Date.now() - set
    const { api } = speakTo({ localNow, now: () => localNow() + offset.offsetMs(), onDate: offset.learn })
    for (let i = 0; i < 10; i++) expect((await api.devices()).isOk).toBe(true)
    set = HOUR_MS
    expect((await api.devices()).isOk).toBe(true)
    expect(Math.abs(offset.offsetMs() - HOUR_MS)).toBeLessThan(2_000)
  })
})
