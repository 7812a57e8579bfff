/** Set commands at random: any of the catalogue with parameters in its ranges, and any quirk of how it is treated. */
import { COMMANDS } from '../../src/catalogue/commands.ts'
import { mix } from '../../src/simulator/noise.ts'
import type { Quirk } from '../../src/simulator/quirks.ts'

/** A whole number from low to high, both included. */
export type Draw = (low: number, high: number) => number

/** The same seed draws the same numbers. */
export const createDraw = (seed: number): Draw => {
  let count = 0
  return (low, high) => low + (mix(seed, ++count, 3) % (high - low + 1))
}

export const pick = <T>(draw: Draw, values: readonly T[]): T => values[draw(0, values.length - 1)]!

const on = (draw: Draw) => ({ on: draw(0, 1) === 1 })
const none = () => ({})
const named = (circuits: number) => (draw: Draw) => ({ circuit: draw(1, circuits), name: `Circuit ${draw(1, 99)}` })

/** By name in the catalogue. Limits keep to their sides, so that most of them are not refused. */
const PARAMS: Readonly<Record<string, (draw: Draw) => Record<string, unknown>>> = {
  'battery.charge-limit': (draw) => ({ percent: draw(60, 100) }),
  'battery.discharge-limit': (draw) => ({ percent: draw(0, 40) }),
  'battery.screen-off': (draw) => ({ seconds: draw(0, 600) }),
  'battery.power-off': none,
  'battery.heating': on,
  'battery.clear-errors': none,
  'battery.low-power-shutdown': (draw) => ({ minutes: draw(0, 1440) }),
  'dc-input.charging': (draw) => ({
    paused: draw(0, 1) === 1,
    amperes: draw(1, 70),
    ...(draw(0, 1) === 1 && { cable_metres: draw(1, 30) }),
    ...(draw(0, 1) === 1 && { volts: draw(10, 60) }),
  }),
  'dc-input.work-mode': (draw) => ({ mode: draw(0, 2) }),
  'dc-output.switch': on,
  'dc-output.voltage': (draw) => ({ volts: pick(draw, [12, 24]) }),
  'dc-output.clock': () => ({ time: '2026-05-01T12:00:00Z', time_zone: 8, time_zone_quarter: 1 }),
  'ac-output.switch': on,
  'ac-input.current-limit': (draw) => ({ amperes: draw(1, 23) }),
  'ac-input.grid-priority': on,
  'ac-input.charging': on,
  'generator.start-limit': (draw) => ({ percent: draw(0, 45) }),
  'generator.stop-limit': (draw) => ({ percent: draw(50, 100) }),
  'generator.switch': on,
  'hub.name': (draw) => ({ name: `Vän ${draw(1, 999)}` }),
  'hub.ask-name': none,
  'hub.scene': (draw) => ({ scene: draw(0, 20) }),
  'hub.full-report': none,
  'ac-panel.circuit-name': named(6),
  'ac-panel.ask-circuit-names': none,
  'dc-panel.circuit-name': named(12),
  'dc-panel.ask-circuit-names': none,
  'dc-panel.circuit-switch': (draw) => ({ circuit: draw(1, 6), ...on(draw) }),
}

/** What the catalogue has and this file has no parameters for: nothing. */
export const uncovered = (): string[] => COMMANDS.map(({ name }) => name).filter((name) => !(name in PARAMS))

/** Turning a kit off is rarer than the others: it takes its kit out of the game for a while. */
export const randomCommand = (draw: Draw): { command: string; params: Record<string, unknown> } => {
  const { name } = pick(draw, COMMANDS)
  if (name === 'battery.power-off' && draw(0, 3) > 0) return randomCommand(draw)
  return { command: name, params: PARAMS[name]!(draw) }
}

const NEVER = Number.POSITIVE_INFINITY

const QUIRKS: readonly ((draw: Draw) => Quirk)[] = [
  () => ({ replyAfterMs: NEVER }),
  (draw) => ({ replyAfterMs: draw(3_000, 30_000) }),
  () => ({ replyAfterMs: 0 }),
  () => ({ effectAfterMs: NEVER }),
  () => ({ effectAfterMs: NEVER, replyAfterMs: NEVER }),
  (draw) => ({ effectAfterMs: draw(2_000, 30_000) }),
  (draw) => ({ effectAfterMs: draw(90_000, 240_000) }),
  (draw) => ({ retSta: draw(1, 9) }),
  (draw) => ({ replies: draw(2, 4) }),
  () => ({ isForeign: true }),
  () => ({ hasOtherId: true }),
  () => ({ verdict: 'ack' }),
  () => ({ verdict: 'code' }),
  () => ({ verdict: 'bare' }),
  () => ({ lost: 'command' }),
  () => ({ lost: 'answer' }),
]

/** None in a third of the cases, sometimes two at once. */
export const randomQuirk = (draw: Draw): Quirk => {
  const count = pick(draw, [0, 1, 1, 1, 1, 2])
  return Object.assign({}, ...Array.from({ length: count }, () => pick(draw, QUIRKS)(draw)))
}
