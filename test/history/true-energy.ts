/**
 * The exact energies of a simulated kit: every flow, pack and circuit integrated step by step beside the model that
 * makes them, whatever is read off the wire. Powers hold over each step of the model, so that these sums are no estimate.
 */
import type { Kit } from '../../src/simulator/kit-model.ts'
import type { KitState } from '../../src/simulator/kit-state.ts'

interface Channel {
  readonly name: string
  /** Of the module that tells it; empty for what only the model knows. */
  readonly sn: string
  readonly watts: (state: Readonly<KitState>) => number
}

export interface TrueEnergy {
  readonly channels: readonly Pick<Channel, 'name' | 'sn'>[]
  /** Moves the kit on. `at` (epoch ms) never goes back. */
  readonly advance: (at: number) => void
  /** Watt-hours of a channel since the beginning, at the instant last advanced to. */
  readonly of: (channel: number) => number
  /** Squares of all jumps of its power from step to step so far (W²): what sampling cannot see the moment of. */
  readonly jumps: Float64Array
}

const HOUR_MS = 3_600_000
const STEP_MS = 1_000

const positive = (watts: number): number => Math.max(0, watts)
const negative = (watts: number): number => Math.max(0, -watts)

const flowChannels = ({ plan }: Kit): Channel[] => {
  const { kitscc = '', bbcin = '', bbcout = '', ichigh = '' } = plan.modules
  const pack = plan.packs[0]!.sn
  return [
    { name: 'solar_1', sn: kitscc, watts: ({ flows }) => flows.pvW[0] },
    { name: 'solar_2', sn: kitscc, watts: ({ flows }) => flows.pvW[1] },
    { name: 'dc_in', sn: bbcin, watts: ({ flows }) => flows.dcInW },
    { name: 'ac_in', sn: ichigh, watts: ({ flows }) => flows.acInW },
    { name: 'battery_charge', sn: pack, watts: ({ flows }) => positive(flows.batteryW) },
    { name: 'battery_discharge', sn: pack, watts: ({ flows }) => negative(flows.batteryW) },
    { name: 'ac_out', sn: ichigh, watts: ({ flows }) => flows.acOutW },
    { name: 'dc_out', sn: bbcout, watts: ({ flows }) => flows.dcOutW },
    { name: 'loss', sn: '', watts: ({ flows }) => flows.lossW },
  ]
}

const packWatts = ({ packs, busV }: Readonly<KitState>, index: number): number => packs[index]!.currentA * busV

const packChannels = ({ plan }: Kit): Channel[] =>
  plan.packs.flatMap(({ sn }, index) => [
    { name: `pack ${index + 1} charge`, sn, watts: (state) => positive(packWatts(state, index)) },
    { name: `pack ${index + 1} discharge`, sn, watts: (state) => negative(packWatts(state, index)) },
  ])

const two = (index: number): string => String(index + 1).padStart(2, '0')

const circuitChannels = ({ plan }: Kit): Channel[] => {
  const { ldac = '', lddc = '' } = plan.modules
  return [
    ...plan.acCircuits.map(
      (_, index): Channel => ({ name: `ac ${two(index)}`, sn: ldac, watts: ({ acWatts }) => acWatts[index]! }),
    ),
    ...plan.dcCircuits.map(
      (_, index): Channel => ({ name: `dc ${two(index)}`, sn: lddc, watts: ({ dcWatts }) => dcWatts[index]! }),
    ),
  ]
}

/** The kit moves with it: let nobody else advance it further. */
export const createTrueEnergy = (kit: Kit): TrueEnergy => {
  const channels = [...flowChannels(kit), ...packChannels(kit), ...circuitChannels(kit)]
  const whole = new Float64Array(channels.length)
  const last = new Float64Array(channels.length)
  const jumps = new Float64Array(channels.length)
  const { state } = kit
  let now = state.at
  const addStep = (): void => {
    for (let i = 0; i < channels.length; i++) {
      const watts = channels[i]!.watts(state)
      whole[i]! += watts * (STEP_MS / HOUR_MS)
      jumps[i]! += (watts - last[i]!) ** 2
      last[i] = watts
    }
  }
  return {
    channels,
    jumps,
    advance: (at) => {
      while (state.at + STEP_MS <= at) {
        addStep()
        kit.advance(state.at + STEP_MS)
      }
      now = at
    },
    of: (channel) => whole[channel]! + channels[channel]!.watts(state) * ((now - state.at) / HOUR_MS),
  }
}
