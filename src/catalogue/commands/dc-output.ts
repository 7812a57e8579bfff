/** Commands to BBC OUT, the DC output. The vendor addresses its switch and its voltage to the DC input. */
import { command } from '../command.ts'
import { moment, oneOf, onOff, plain, toModule } from './parameters.ts'
import { bit } from './wire-form.ts'

const onOwnPower = 'The collector, or the way to it, may hang on the DC output: then nothing can switch it on again.'

const outputSwitch = command({
  name: 'dc-output.switch',
  is: 'The main DC output on or off',
  operateType: 'dischgParaSet',
  params: toModule({ on: onOff('whether it is to be on') }),
  example: { on: true },
  // The DC input's, though it switches the DC output. src: powerkits-api.txt L149-163
  addressee: 'bbcin',
  moduleType: 15362,
  transports: ['mqtt', 'http'],
  wire: ({ on }) => ({ swSta: bit(on) }),
  readBack: ({ on }) => [{ kind: 'bbcout', field: 'dcOutSta', expected: bit(on) }],
  danger: { when: 'when switched off', why: onOwnPower, applies: ({ on }) => !on },
  confidence: 'document',
  src: 'powerkits-api.txt L153-163, L1767-1776; tolwi/hassio-ecoflow-cloud PR #394, "to be tested"; read back L189',
})

const voltage = command({
  name: 'dc-output.voltage',
  is: 'Voltage of the main DC output',
  operateType: 'dischgParaSet',
  params: toModule({ volts: oneOf([12, 24], 'voltage', 'V') }),
  example: { volts: 12 },
  addressee: 'bbcin',
  moduleType: 15362,
  transports: ['mqtt', 'http'],
  wire: ({ volts }) => ({ volTag: bit(volts === 24) }),
  readBack: ({ volts }) => [{ kind: 'bbcout', field: 'cfgVolTag', expected: bit(volts === 24) }],
  danger: {
    when: 'always',
    why: '24 V destroys appliances made for 12 V; those made for 24 V fail at 12 V, the collector perhaps among them.',
    applies: () => true,
  },
  confidence: 'document',
  src: 'powerkits-api.txt L15-25, L1703-1712; read back L196',
})

const clock = command({
  name: 'dc-output.clock',
  is: 'The time of day, told to all modules',
  operateType: 'rtcBroadcast',
  params: toModule({
    time: moment('the time to set'),
    time_zone: plain([-128, 127], 'time zone as the vendor counts it, 8 in its example; its meaning is not told'),
    time_zone_quarter: plain(
      [-128, 127],
      'quarter of the time zone as the vendor counts it, 1 in its example; its meaning is not told',
    ),
  }),
  example: { time: '2026-05-01T12:00:00Z', time_zone: 8, time_zone_quarter: 1 },
  addressee: 'bbcout',
  moduleType: 15363,
  transports: ['mqtt', 'http'],
  wire: (params) => ({
    unixTime: Math.floor(Date.parse(params.time) / 1000),
    timeZone: params.time_zone,
    timeZoneQuarter: params.time_zone_quarter,
  }),
  readBack: () => 'No report carries the time of day of a module.',
  confidence: 'document',
  src: 'powerkits-api.txt L214-226, L1795-1806',
})

export const dcOutputCommands = [outputSwitch, voltage, clock]
