/** What the collector needs of the world outside: clocks, timers, chance, HTTP, MQTT. Tests and shows bring another one. */

import type { OpenLink } from './cloud/link.ts'
import { openMqttLink } from './cloud/mqtt-link.ts'
import { MACHINE_TIME, type Time } from './line.ts'
import { machineTimers, type Timers } from './timers.ts'

export interface World {
  readonly time: Time
  /** Timers around the collector's own clock. */
  readonly timers: (now: () => number) => Timers
  /** From 0 to below 1. */
  readonly random: () => number
  readonly fetch: typeof fetch
  readonly openLink: OpenLink
}

export const MACHINE: World = {
  time: MACHINE_TIME,
  timers: machineTimers,
  random: Math.random,
  fetch: (...request) => fetch(...request),
  openLink: openMqttLink,
}
