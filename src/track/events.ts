/** Rows of `event`: what happened, stamped at its start on a whole second that no other event of the module has. */
import { encodePoint } from '../store/line-protocol.ts'
import type { LineBuilder } from './encode.ts'
import type { KitState } from './state.ts'

/** Stands in the `module_sn` and `circuit` tags for the whole kit or module: an empty tag cannot exist. */
export const ALL = 'all'

export const EVENTS = {
  kit_joined: 'a kit reported for the first time',
  module_joined: 'a module reported, or was listed, for the first time',
  module_left: 'a module is missing from two lists of modules in a row',
  firmware_changed: 'a module is listed with another firmware than before',
  restarted: "a module's uptime fell",
  came_online: 'the cloud says the kit is connected',
  went_offline: 'the cloud says the kit is not connected',
  verdict_changed: 'how the kit, or a module in its own right, is doing has changed',
  site_changed: 'what its owner says of the kit has changed',
  clock_stepped: 'the clock of the collector was set',
  alert_fired: 'a rule of alerts found what it looks for',
  alert_cleared: 'what an alert told of is over, or not known any more',
} as const

export type EventKind = keyof typeof EVENTS

/** Appends an event of a module (or of the whole kit, `ALL`) at `at` (epoch ms). */
export const writeEvent = (
  kit: KitState,
  moduleSn: string,
  kind: EventKind,
  details: string,
  at: number,
  into: LineBuilder,
): void => {
  const last = kit.eventAt.get(moduleSn) ?? 0
  const stamp = Math.max(Math.floor(at / 1000) * 1000, last + 1000)
  kit.eventAt.set(moduleSn, stamp)
  into.history += encodePoint({
    measurement: 'event',
    tags: { kit_sn: kit.sn, module_sn: moduleSn },
    fields: { kind, text: EVENTS[kind], details, end_ms: at, duration_s: 0 },
    at: stamp,
  })
}
