/**
 * Everything that goes wrong between a kit and its owner, one scenario each: how it begins, how long it lasts, and
 * what the ledger of gaps must say of it. The scripted day runs them one after another in virtual time.
 */
import type { SimulatedAccount } from '../../src/simulator/account.ts'
import type { Cloud } from '../../src/simulator/cloud.ts'
import type { End } from '../../src/simulator/faults.ts'
import type { GapCause } from '../../src/track/causes.ts'

export interface CloudFault {
  readonly name: string
  readonly lastsMs: number
  /** Whose values are missing: the kit's, or every kit's; nobody's when other ways bring them. */
  readonly misses: 'nobody' | 'the kit' | 'all kits'
  readonly cause?: GapCause
  /** Switches it on for the first kit; what it returns ends it. */
  begin(cloud: Pick<Cloud, 'faults'>, account: SimulatedAccount, kitSn: string): End | undefined
}

const MINUTE_MS = 60_000

const fault = (
  name: string,
  minutes: number,
  begin: (cloud: Pick<Cloud, 'faults'>, account: string, kitSn: string) => End | undefined,
  gap: Pick<CloudFault, 'misses' | 'cause'> = { misses: 'nobody' },
): CloudFault => ({
  name,
  lastsMs: minutes * MINUTE_MS,
  ...gap,
  begin: (cloud, account, kitSn) => begin(cloud, account.name, kitSn),
})

/** Several ends as one. */
const both =
  (...ends: End[]): End =>
  () => {
    for (const end of ends) end()
  }

const AWAY = { misses: 'the kit', cause: 'device_offline' } as const
const DOWN = { misses: 'all kits', cause: 'cloud_down' } as const

const SESSION: readonly CloudFault[] = [
  fault('silent session, healed by a new one', 30, ({ faults }, account) => faults.silence(account)),
  fault('kit whose pushes reach no session', 30, ({ faults }, _, sn) => faults.mute(sn)),
  fault('pushes slower by 30', 30, ({ faults }, _, sn) => faults.trickle(sn, 30)),
  fault('session cut', 10, ({ faults }, account) => void faults.cut(account)),
  fault('password rotated', 20, ({ faults }, account) => void faults.rotate(account)),
  fault('topics of the kit refused (128)', 20, ({ faults }, account, sn) => {
    const end = faults.refuseTopics(sn)
    faults.cut(account)
    return both(end, () => faults.cut(account))
  }),
  fault('client ids used up', 20, ({ faults }, account) => {
    const end = faults.lockOut(account)
    faults.cut(account)
    return end
  }),
  fault('another program holds the session', 20, ({ faults }, account) => faults.rival(account, 'holds')),
  fault('another program kicks the session', 20, ({ faults }, account) =>
    faults.rival(account, { kicksAfterMs: 5_000 }),
  ),
  fault('duplicated and reordered messages', 20, ({ faults }, _, sn) =>
    both(faults.duplicate(sn, 0.3), faults.reorder(sn, 0.3)),
  ),
]

/** src: the vendor's codes, see cloud/failures.ts */
const CODES = ['8521', '8513', '8512', '1006', '1008', '1000', '6012', '6042', '7015', '7005', '401', '9999'] as const

const HTTP: readonly CloudFault[] = [
  ...CODES.map((code) =>
    fault(`code ${code} for everything`, 15, ({ faults }, account) => faults.http(account, { kind: 'code', code })),
  ),
  fault('code 1000 for the kit alone', 15, ({ faults }, _, sn) => faults.http(sn, { kind: 'code', code: '1000' })),
  fault('wrong region', 15, ({ faults }, account) => faults.wrongRegion(account)),
  fault('answers without data', 15, ({ faults }, _, sn) => faults.http(sn, { kind: 'no_data', as: 'null' })),
  fault('answers in HTML', 15, ({ faults }, account) => faults.http(account, { kind: 'html', status: 200 })),
  fault('slow answers', 15, ({ faults }, account) => faults.http(account, { kind: 'slow', ms: 25_000 })),
  fault('dropped answers', 15, ({ faults }, account) => faults.http(account, { kind: 'dropped' })),
  fault('answers of shape A', 15, ({ faults }, _, sn) => {
    faults.changeShape(sn, 'A')
    return undefined
  }),
  fault('answers of shape B, then of C', 15, ({ faults }, _, sn) => {
    faults.changeShape(sn, 'B')
    return () => faults.changeShape(sn, 'C')
  }),
  fault('HTTP away, pushes go on', 20, ({ faults }) => faults.unreachable('http')),
  fault('MQTT away, polls go on', 20, ({ faults }) => faults.unreachable('mqtt')),
]

const GONE: readonly CloudFault[] = [
  fault('kit offline', 40, ({ faults }, _, sn) => faults.offline(sn), AWAY),
  fault('snapshot frozen, online 1', 40, ({ faults }, _, sn) => faults.freeze(sn, 1), AWAY),
  fault('snapshot frozen, online 0', 40, ({ faults }, _, sn) => faults.freeze(sn, 0), AWAY),
  fault('cloud unreachable', 40, ({ faults }) => faults.unreachable(), DOWN),
  fault(
    'pushes of the kit silent and code 1000 for everything',
    30,
    ({ faults }, account, sn) => both(faults.mute(sn), faults.http(account, { kind: 'code', code: '1000' })),
    { misses: 'the kit', cause: 'mqtt_silent' },
  ),
]

export const CLOUD_FAULTS: readonly CloudFault[] = [...SESSION, ...HTTP, ...GONE]
