/** Commands to BBC IN, the DC input. */
import { command, type ReadBack } from '../command.ts'
import { amperes, metres, oneOf, onOff, toKit, toModule, volts } from './parameters.ts'
import { bit, given, LEAVE } from './wire-form.ts'

const tenfold = (value: number): number => Math.round(value * 10)
const hundredfold = (value: number): number => Math.round(value * 100)
const no = (isOn: boolean): number => bit(!isOn)

const told = (field: string, wire: number, leave: number = LEAVE): readonly ReadBack[] =>
  wire === leave ? [] : [{ kind: 'bbcin', field, expected: wire }]

const charging = command({
  name: 'dc-input.charging',
  is: 'Charging from the DC input: paused or not, how strong, from which voltage on, over which cable',
  operateType: 'chgParaSet',
  params: toModule({
    paused: onOff('whether charging pauses'),
    amperes: amperes([1, 70], 'most that it charges with'),
    voltage_limit: onOff('whether the voltage limit holds').optional(),
    volts: volts([10, 60], 'voltage limit').optional(),
    vibration_check: onOff('whether the vehicle must move').optional(),
    cable_metres: metres([1, 30], 'length of the cable').optional(),
  }),
  example: {
    paused: false,
    amperes: 30,
    voltage_limit: true,
    volts: 13,
    vibration_check: true,
    cable_metres: 6,
  },
  addressee: 'bbcin',
  moduleType: 15362,
  transports: ['mqtt', 'http'],
  wire: (params) => ({
    chgPause: bit(params.paused),
    maxChgCurr: params.amperes,
    altVoltLmtEn: given(params.voltage_limit, bit),
    shakeCtrlDisable: given(params.vibration_check, no),
    altCableUnit: given(params.cable_metres, () => 0),
    altCableLen: given(params.cable_metres, hundredfold, -1),
    altVoltLmt: given(params.volts, tenfold, 65_535),
  }),
  readBack: (params) => [
    { kind: 'bbcin', field: 'chgPause', expected: bit(params.paused) },
    // Amperes in the command, milliamperes in the report. src: powerkits-api.txt L76, L97
    { kind: 'bbcin', field: 'chgMaxCurr', expected: params.amperes * 1000 },
    ...told('altVoltLmtEn', given(params.voltage_limit, bit)),
    ...told('shakeCtrlDisable', given(params.vibration_check, no)),
    ...told(
      'altCableUnit',
      given(params.cable_metres, () => 0),
    ),
    ...told('altCableLen', given(params.cable_metres, hundredfold, -1), -1),
    ...told('altVoltLmt', given(params.volts, tenfold, 65_535), 65_535),
  ],
  confidence: 'document',
  differs:
    'The vendor knows no "leave unchanged" for pause and amperes, so both are always asked for. ' +
    'A cable in feet cannot be given: the scale of the number is not told.',
  src: 'powerkits-api.txt L88-104, L1731-1746; ranges L76, L1411, L1432',
})

const workMode = command({
  name: 'dc-input.work-mode',
  is: 'Direction of the DC input: 1 charges the packs, 2 supplies; what 0 does is not told',
  operateType: 'chgDsgParaSet',
  params: toKit({ mode: oneOf([0, 1, 2], '1 charging, 2 supply, 0 as in the vendor’s example') }),
  example: { mode: 1 },
  addressee: 'hub',
  moduleType: 15362,
  needs: 'bbcin',
  transports: ['http'],
  wire: ({ mode }) => ({ workMode: mode, rsvd: Array<string>(25).fill('0') }),
  readBack: ({ mode }) =>
    mode === 0
      ? 'The vendor does not tell what mode 0 does, so no report can show it.'
      : [{ kind: 'bbcin', field: 'workMode', expected: mode }],
  danger: {
    when: 'with mode 0 or 2',
    why: 'The input may then draw on the packs and feed what is connected to it, a starter battery for one.',
    applies: ({ mode }) => mode !== 1,
  },
  confidence: 'document',
  src: 'powerkits-api.txt L109-146; no MQTT form; modes L1378, L1380',
})

export const dcInputCommands = [charging, workMode]
