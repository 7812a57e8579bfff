/** Commands of the smart generator. Its limits are settings of the packs; it is started and stopped through the hub. */
import { command } from '../command.ts'
import { beside } from './battery.ts'
import { onOff, percent, toKit } from './parameters.ts'
import { bit } from './wire-form.ts'

const startsByItself = {
  when: 'always',
  why: 'The generator may start by itself: nobody may be near it, and its fumes must find their way out.',
  applies: () => true,
}

const startLimit = command({
  name: 'generator.start-limit',
  is: 'State of charge at which the generator starts',
  operateType: 'oilStartDownLimit',
  params: toKit({ percent: percent([0, 100], 'limit') }),
  example: { percent: 20 },
  addressee: 'packs',
  moduleType: 0,
  transports: ['mqtt', 'http'],
  wire: (params) => ({ soc: params.percent }),
  readBack: (params) => [{ kind: 'bmstotal', field: 'oilStartDownline', expected: params.percent }],
  compare: (params, reported) =>
    beside('below', params.percent, 'stop limit of the generator', reported('bmstotal', 'generator_stop_pct')),
  danger: startsByItself,
  confidence: 'document',
  src: 'powerkits-api.txt L551-561, L2088-2097; read back L1190, L414',
})

const stopLimit = command({
  name: 'generator.stop-limit',
  is: 'State of charge at which the generator stops',
  operateType: 'oilStopUpLimit',
  params: toKit({ percent: percent([0, 100], 'limit') }),
  example: { percent: 80 },
  addressee: 'packs',
  moduleType: 0,
  transports: ['mqtt', 'http'],
  wire: (params) => ({ soc: params.percent }),
  readBack: (params) => [{ kind: 'bmstotal', field: 'oilStopUpline', expected: params.percent }],
  compare: (params, reported) =>
    beside('above', params.percent, 'start limit of the generator', reported('bmstotal', 'generator_start_pct')),
  danger: startsByItself,
  confidence: 'document',
  src: 'powerkits-api.txt L566-576, L2116-2125; read back L1193, L370',
})

const start = command({
  name: 'generator.switch',
  is: 'Starts or stops the generator',
  operateType: 'powerOffGen',
  params: toKit({ on: onOff('whether it is to run') }),
  example: { on: false },
  addressee: 'generator',
  moduleType: 6402,
  transports: ['mqtt', 'http'],
  wire: ({ on }) => ({ bitsSwSta: bit(on) }),
  readBack: () => 'No field of a generator is known; that it runs shows only in what charges the packs.',
  danger: {
    when: 'always',
    why: 'Nobody may be near a generator that starts, and its fumes must find their way out; stopped, it charges no more.',
    applies: () => true,
  },
  confidence: 'document',
  src: 'powerkits-api.txt L940-950, L2474-2483',
})

export const generatorCommands = [startLimit, stopLimit, start]
