/**
 * Commands to the load panels LD AC and LD DC. Circuits count from 1 for people, from 0 on the wire. The names that the
 * kit keeps of its circuits cannot be read back: no report and no set reply carries them.
 */
import { type Command, command } from '../command.ts'
import { circuit, name, onOff, plain, toKit, toModule } from './parameters.ts'

/** The vendor addresses names to the hub, not to the panel. src: powerkits-api.txt L634-635, L727-728 */
const toHub = { addressee: 'hub', moduleType: 15362, transports: ['mqtt', 'http'] } as const satisfies Partial<Command>

const UNREADABLE = 'No report and no set reply carries the names of circuits.'

const naming = (circuits: number) =>
  toKit({
    circuit: circuit(circuits),
    name: name(32, 'name of the circuit'),
    logo: plain([0, 254], 'number of the picture beside it').optional(),
  })

const alias = (params: { circuit: number; name: string; logo?: number | undefined }) => ({
  id: params.circuit - 1,
  chAlias: { logoNum: params.logo ?? 0, alias: params.name },
})

const acName = command({
  name: 'ac-panel.circuit-name',
  is: 'Name of a circuit as the kit shows it',
  operateType: 'setAcChAlias',
  params: naming(6),
  example: { circuit: 4, name: 'Kettle' },
  ...toHub,
  needs: 'ldac',
  wire: alias,
  readBack: () => UNREADABLE,
  confidence: 'document',
  src: 'powerkits-api.txt L630-644, L2206-2219',
})

const acNames = command({
  name: 'ac-panel.ask-circuit-names',
  is: 'Asks for the names of all circuits; no answer with them is known',
  operateType: 'getAcAllAlias',
  params: toKit({}),
  example: {},
  ...toHub,
  needs: 'ldac',
  wire: () => ({ enable: 1 }),
  readBack: () => UNREADABLE,
  confidence: 'document',
  src: 'powerkits-api.txt L706-716, L2238-2247',
})

const dcName = command({
  name: 'dc-panel.circuit-name',
  is: 'Name of a circuit as the kit shows it',
  operateType: 'setDcChAlias',
  params: naming(12),
  example: { circuit: 4, name: 'Fridge' },
  ...toHub,
  needs: 'lddc',
  wire: alias,
  readBack: () => UNREADABLE,
  confidence: 'document',
  src: 'powerkits-api.txt L723-737, L2268-2281',
})

const dcNames = command({
  name: 'dc-panel.ask-circuit-names',
  is: 'Asks for the names of all circuits; no answer with them is known',
  operateType: 'getDcAllAlias',
  params: toKit({}),
  example: {},
  ...toHub,
  needs: 'lddc',
  wire: () => ({ enable: 1 }),
  readBack: () => UNREADABLE,
  confidence: 'document',
  src: 'powerkits-api.txt L822-832, L2300-2309',
})

const circuitSwitch = command({
  name: 'dc-panel.circuit-switch',
  is: 'One circuit of the DC panel on or off; the first six have a relay',
  operateType: 'chSwitch',
  params: toModule({ circuit: circuit(6), on: onOff('whether it is to be on') }),
  example: { circuit: 3, on: true },
  addressee: 'lddc',
  moduleType: 15362,
  needs: 'lddc',
  transports: ['mqtt', 'http'],
  // The number of the circuit from 0, and 128 more for on: no bit mask. src: tolwi/hassio-ecoflow-cloud 08f00f3
  wire: (params) => ({ bitsSwSta: params.circuit - 1 + (params.on ? 128 : 0) }),
  readBack: (params) => {
    const mask = 1 << (params.circuit - 1)
    return [{ kind: 'lddc', field: 'dcChRelay', mask, expected: params.on ? mask : 0 }]
  },
  confidence: 'tested',
  differs:
    'Addressed to the panel, as seen to work on hardware; the document addresses the hub ' +
    '(`COMMAND_ADDRESSEES=dc-panel.circuit-switch=hub`) and does not tell what the number means.',
  src: 'powerkits-api.txt L837-847, L2328-2337; tolwi/hassio-ecoflow-cloud 08f00f3; read back L1647',
})

export const panelCommands = [acName, acNames, dcName, dcNames, circuitSwitch]
