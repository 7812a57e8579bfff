/**
 * Whether a session that stands is silent: the proof is that polls bring changed values while nothing is pushed.
 * Connecting anew helps then; subscribing again is known not to. Without such proof the kits themselves may be away, and
 * a connect would be spent for nothing. src: reports about TarasKhust and MichelFR, tolwi/hassio-ecoflow-cloud #341 #349 #469
 */
import { kitVerdict } from '../track/freshness.ts'
import type { KitState } from '../track/state.ts'

/** Longer than pushes slow down to while nobody looks at the phone app. */
const LEAST_MS = 120_000
const CADENCES = 5
/** Without polls there is no proof: a session that carried nothing for so long is worth one connect. */
const BLIND_MS = 900_000

/** Why the session should connect anew at `at`; empty when it should not. `connectedAt` is since when it stands. */
export const silenceOf = (kits: readonly KitState[], connectedAt: number, isCloudDown: boolean, at: number): string => {
  const quietMs = at - Math.max(connectedAt, ...kits.map((kit) => kit.pushedAt))
  const cadenceMs = Math.max(0, ...kits.map((kit) => kit.pushCadenceMs))
  if (kits.length === 0 || quietMs < Math.max(LEAST_MS, CADENCES * cadenceMs)) return ''
  if (kits.some((kit) => kitVerdict(kit, at) === 'degraded')) return 'polls bring changed values, but nothing is pushed'
  return isCloudDown && quietMs >= BLIND_MS ? 'nothing is pushed, and polls are not answered' : ''
}
