import { describe, expect, it } from 'vitest'
import { explainFailure } from '../../src/cloud/explain-failure.ts'
import type { FailureKind } from '../../src/cloud/failures.ts'
import type { Failure, Outcome } from '../../src/cloud/outcome.ts'
import { explainRefusal, findRegion, HOSTS } from '../../src/cloud/region.ts'

const failure = (kind: FailureKind, host: string, code = ''): Failure =>
  explainFailure(kind, { call: 'certification', account: 'van', kitSn: '', host: new URL(host).host }, { code })

/** Hosts that answer as told, and which were asked. */
const hosts = (answers: { readonly eu: FailureKind | 'ok'; readonly us: FailureKind | 'ok' }) => {
  const asked: string[] = []
  const tryHost = async (host: string): Promise<Outcome<string>> => {
    asked.push(host)
    const answer = host === HOSTS.eu ? answers.eu : answers.us
    if (answer === 'ok') return { isOk: true, value: 'credentials' }
    const code = { wrong_key: '8513', signature: '8521' }[answer as string] ?? ''
    return { isOk: false, failure: failure(answer, host, code) }
  }
  return { asked, tryHost }
}

const find = async (eu: FailureKind | 'ok', us: FailureKind | 'ok', offsetMs = 0) => {
  const { asked, tryHost } = hosts({ eu, us })
  return { asked, outcome: await findRegion('van', tryHost, () => offsetMs) }
}

describe('finding the region', () => {
  it('takes the first host that takes the keys, and asks no more', async () => {
    const { asked, outcome } = await find('ok', 'wrong_key')
    expect(outcome).toEqual({ isOk: true, value: { region: 'eu', host: HOSTS.eu, value: 'credentials' } })
    expect(asked).toEqual([HOSTS.eu])
  })

  it.each(['wrong_key', 'signature', 'unreachable', 'server_error'] as const)('goes on after %s', async (kind) => {
    const { outcome } = await find(kind, 'ok')
    expect(outcome).toEqual({ isOk: true, value: { region: 'us', host: HOSTS.us, value: 'credentials' } })
  })

  it('says that the keys are wrong when all refuse them', async () => {
    const { outcome } = await find('wrong_key', 'signature')
    expect(outcome).toMatchObject({ isOk: false, failure: { kind: 'wrong_key' } })
    const text = outcome.isOk ? '' : outcome.failure.text
    expect(text).toContain('api-e.ecoflow.com and api-a.ecoflow.com')
    expect(text).toContain('eu: 8513, us: 8521')
    expect(text).toContain('No region takes these keys: check ECOFLOW_ACCESS_KEY and ECOFLOW_SECRET_KEY')
  })

  it('says that the clock is wrong when it is', async () => {
    const behind = await find('signature', 'signature', 180_000)
    expect(behind.outcome).toMatchObject({ isOk: false, failure: { kind: 'signature' } })
    expect(behind.outcome.isOk ? '' : behind.outcome.failure.text).toContain('is 3 minutes behind the cloud’s')
    const ahead = await find('signature', 'signature', -65_000)
    expect(ahead.outcome.isOk ? '' : ahead.outcome.failure.text).toContain('is 1 minute ahead of the cloud’s')
  })

  it('does not blame the keys while a host could not be asked', async () => {
    expect((await find('unreachable', 'unreachable')).outcome).toMatchObject({ failure: { kind: 'unreachable' } })
    expect((await find('wrong_key', 'timed_out')).outcome).toMatchObject({ failure: { kind: 'timed_out' } })
    expect((await find('server_error', 'wrong_key')).outcome).toMatchObject({ failure: { kind: 'server_error' } })
  })
})

describe('a refusal by a fixed region', () => {
  it('names the region that takes the keys', async () => {
    const { asked, tryHost } = hosts({ eu: 'wrong_key', us: 'ok' })
    const explained = await explainRefusal('van', 'eu', failure('wrong_key', HOSTS.eu, '8513'), tryHost)
    expect(explained).toMatchObject({ kind: 'wrong_region', code: '8513' })
    expect(explained.text).toContain('The keys belong to another region: try ECOFLOW_REGION=us.')
    expect(asked).toEqual([HOSTS.us])
  })

  it('stays what it was when no other region takes them', async () => {
    const refusal = failure('signature', HOSTS.us, '8521')
    const { asked, tryHost } = hosts({ eu: 'wrong_key', us: 'signature' })
    expect(await explainRefusal('van', 'us', refusal, tryHost)).toBe(refusal)
    expect(asked).toEqual([HOSTS.eu])
  })

  it('costs no request when the keys are not the matter', async () => {
    const refusal = failure('server_error', HOSTS.eu, '1000')
    const { asked, tryHost } = hosts({ eu: 'ok', us: 'ok' })
    expect(await explainRefusal('van', 'eu', refusal, tryHost)).toBe(refusal)
    expect(asked).toEqual([])
  })
})
