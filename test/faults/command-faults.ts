/** What goes wrong around set commands: faults of the cloud, one after another at random, and what they disturb. */
import type { Cloud } from '../../src/simulator/cloud.ts'
import type { End } from '../../src/simulator/faults.ts'
import type { VirtualTime } from '../virtual-time.ts'
import type { Disturbance } from './command-oracle.ts'
import { type Draw, pick } from './random-commands.ts'

type Fault = (faults: Cloud['faults'], account: string, kitSn: string, draw: Draw) => End | undefined

const QUOTA = { path: '/device/quota' }

const OF_KIT: readonly Fault[] = [
  ({ offline }, _, sn) => offline(sn),
  ({ freeze }, _, sn, draw) => freeze(sn, draw(0, 1) as 0 | 1),
  ({ mute }, _, sn) => mute(sn),
  ({ trickle }, _, sn) => trickle(sn, 30),
  ({ duplicate }, _, sn) => duplicate(sn, 0.4),
  ({ reorder }, _, sn) => reorder(sn, 0.4),
  ({ http }, _, sn, draw) => http(sn, { kind: 'code', code: pick(draw, ['1000', '1008', '8521', '8512']) }, QUOTA),
]

const OF_ACCOUNT: readonly Fault[] = [
  ({ silence }, account) => silence(account),
  ({ cut }, account) => void cut(account),
  ({ rotate }, account) => void rotate(account),
  ({ rival }, account) => rival(account, 'holds'),
  ({ rival }, account) => rival(account, { kicksAfterMs: 5_000 }),
  ({ http }, account) => http(account, { kind: 'slow', ms: 8_000 }, QUOTA),
  ({ http }, account) => http(account, { kind: 'slow', ms: 40_000 }, QUOTA),
  ({ http }, account) => http(account, { kind: 'dropped' }, QUOTA),
  ({ http }, account) => http(account, { kind: 'html', status: 502 }),
]

const OF_ALL: readonly Fault[] = [
  ({ unreachable }) => unreachable('http'),
  ({ unreachable }) => unreachable('mqtt'),
  ({ unreachable }) => unreachable(),
]

export interface Storm {
  /** Lets some faults begin, now and then; to be called as time goes on. */
  blow(): void
  /** Ends all of them. */
  calm(): void
  readonly disturbances: readonly Disturbance[]
}

/** At most so many at once. */
const MOST = 3

/** One call in `everyCalls` begins a fault, which lasts up to two minutes. */
export const createStorm = (cloud: Cloud, time: VirtualTime, draw: Draw, everyCalls: number): Storm => {
  const disturbances: { kitSns: readonly string[]; fromAt: number; toAt: number }[] = []
  /** By what they are of: a fault set back in the wrong order would stay for ever. */
  const going = new Map<string, () => void>()
  const begin = (fault: Fault, of: 'kit' | 'account' | 'all'): void => {
    const account = pick(draw, cloud.accounts)
    const kitSn = pick(draw, account.kitSns)
    const target = of === 'all' ? '' : of === 'kit' ? kitSn : account.name
    if (going.has(target)) return
    const kitSns = of === 'all' ? [] : of === 'kit' ? [kitSn] : account.kitSns
    const disturbance = { kitSns, fromAt: time.now(), toAt: Number.POSITIVE_INFINITY }
    disturbances.push(disturbance)
    const end = fault(cloud.faults, account.name, kitSn, draw)
    const over = (): void => {
      if (!going.delete(target)) return
      cancel()
      end?.()
      disturbance.toAt = time.now()
    }
    going.set(target, over)
    const cancel = time.after(draw(10_000, 120_000), over)
  }
  return {
    blow: () => {
      if (draw(1, everyCalls) > 1 || going.size >= MOST) return
      const of = pick(draw, ['kit', 'kit', 'kit', 'account', 'account', 'all'] as const)
      begin(pick(draw, of === 'kit' ? OF_KIT : of === 'account' ? OF_ACCOUNT : OF_ALL), of)
    },
    calm: () => {
      for (const over of going.values()) over()
    },
    disturbances,
  }
}
