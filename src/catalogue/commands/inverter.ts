/**
 * Commands to IC LOW, the inverter: AC output, AC input and charging from it. Command and report use different words
 * (`acCurrMaxSet` and `appCfg.acMaxCurrSer`); what shows the effect stands on IC HIGH. src: powerkits-api.txt L241, L1565
 */
import { command } from '../command.ts'
import { amperes, onOff, toModule } from './parameters.ts'
import { bit, LEAVE } from './wire-form.ts'

/** More than a household socket carries for hours. src: tolwi/hassio-ecoflow-cloud */
const SOCKET_A = 16

const outputSwitch = command({
  name: 'ac-output.switch',
  is: 'The AC output on or off',
  operateType: 'dischgIcParaSet',
  params: toModule({ on: onOff('whether it is to be on') }),
  example: { on: true },
  addressee: 'iclow',
  moduleType: 15365,
  transports: ['mqtt', 'http'],
  wire: ({ on }) => ({
    acCurrMaxSet: LEAVE,
    powerOn: bit(on),
    acChgDisa: LEAVE,
    acFrequencySet: LEAVE,
    acVolSet: LEAVE,
  }),
  // `powerOn` acts on its edge and says nothing afterwards. src: powerkits-api.txt L1556
  readBack: ({ on }) => [{ kind: 'ichigh', field: 'invSwSta', expected: bit(on) }],
  danger: {
    when: 'when switched off',
    why: 'The collector, or the way to it, may hang on the AC output: then nothing can switch it on again.',
    applies: ({ on }) => !on,
  },
  confidence: 'tested',
  src: 'powerkits-api.txt L233-247, L1827-1840; tolwi/hassio-ecoflow-cloud; read back L1541',
})

const inputCurrent = command({
  name: 'ac-input.current-limit',
  is: 'Most that the AC input may draw',
  operateType: 'dischgIcParaSet',
  params: toModule({ amperes: amperes([1, 23], 'current of the AC input') }),
  example: { amperes: 10 },
  addressee: 'iclow',
  moduleType: 15365,
  transports: ['mqtt', 'http'],
  wire: (params) => ({ acCurrMaxSet: params.amperes }),
  readBack: (params) => [{ kind: 'ichigh', field: 'appCfg.acMaxCurrSer', expected: params.amperes }],
  danger: {
    when: `above ${SOCKET_A} A`,
    why: `A household socket and its cable carry ${SOCKET_A} A at most: more can overheat them.`,
    applies: (params) => params.amperes > SOCKET_A,
  },
  confidence: 'tested',
  src: 'powerkits-api.txt L296-306, L1859-1868; tolwi/hassio-ecoflow-cloud; read back L1565',
})

const gridPriority = command({
  name: 'ac-input.grid-priority',
  is: 'Whether AC input feeds the loads before the packs do',
  operateType: 'dsgIcParaSet',
  params: toModule({ on: onOff('whether the grid comes first') }),
  example: { on: true },
  addressee: 'iclow',
  moduleType: 15365,
  transports: ['mqtt', 'http'],
  wire: ({ on }) => ({ dsgLowPwrEn: LEAVE, pfcDsgModeEn: LEAVE, passByCurrMax: LEAVE, passByModeEn: on ? 1 : 2 }),
  readBack: ({ on }) => [{ kind: 'ichigh', field: 'passByModeEn', expected: on ? 1 : 2 }],
  confidence: 'document',
  src: 'powerkits-api.txt L311-324, L1887-1899; read back L1592',
})

const charging = command({
  name: 'ac-input.charging',
  is: 'Charging of the packs from the AC input, on or off',
  operateType: 'dischgIcParaSet',
  params: toModule({ on: onOff('whether it charges') }),
  example: { on: true },
  addressee: 'iclow',
  moduleType: 15365,
  transports: ['mqtt', 'http'],
  wire: ({ on }) => ({
    acCurrMaxSet: LEAVE,
    powerOn: LEAVE,
    acChgDisa: bit(!on),
    acFrequencySet: LEAVE,
    wakeup: 1,
    standbyTime: LEAVE,
    acRlyCtrlDisable: LEAVE,
    acVolSet: LEAVE,
    passByMaxCurr: LEAVE,
  }),
  readBack: ({ on }) => [{ kind: 'ichigh', field: 'appCfg.acChgDisable', expected: bit(!on) }],
  confidence: 'tested',
  differs: 'Not in the vendor’s document in this form: the message is the one of a public integration.',
  src: 'tolwi/hassio-ecoflow-cloud, tested on hardware; read back powerkits-api.txt L1568',
})

export const inverterCommands = [outputSwitch, inputCurrent, gridPriority, charging]
