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
  ...toHub,
  needs: 'ldac',
  wire: alias,
  readBack: () => UNREADABLE,
  confidence: 'document',
  src: 'powerkits-api.txt L626-645, L2201-2219',
})

const acNames = command({
  name: 'ac-panel.ask-circuit-names',
  is: 'Asks for the names of all circuits; no answer with them is known',
  operateType: 'getAcAllAlias',
  params: toKit({}),
  ...toHub,
  needs: 'ldac',
  wire: () => ({ enable: 1 }),
  readBack: () => UNREADABLE,
  confidence: 'document',
  src: 'powerkits-api.txt L702-716, L2233-2247',
})

const dcName = command({
  name: 'dc-panel.circuit-name',
  is: 'Name of a circuit as the kit shows it',
  operateType: 'setDcChAlias',
  params: naming(12),
  ...toHub,
  needs: 'lddc',
  wire: alias,
  readBack: () => UNREADABLE,
  confidence: 'document',
  src: 'powerkits-api.txt L719-738, L2263-2281',
})

const dcNames = command({
  name: 'dc-panel.ask-circuit-names',
  is: 'Asks for the names of all circuits; no answer with them is known',
  operateType: 'getDcAllAlias',
  params: toKit({}),
  ...toHub,
  needs: 'lddc',
  wire: () => ({ enable: 1 }),
  readBack: () => UNREADABLE,
  confidence: 'document',
  src: 'powerkits-api.txt L818-832, L2295-2309',
})

const circuitSwitch = command({
  name: 'dc-panel.circuit-switch',
  is: 'One circuit of the DC panel on or off; the first six have a relay',
  operateType: 'chSwitch',
  params: toModule({ circuit: circuit(6), on: onOff('whether it is to be on') }),
  addressee: 'lddc',
  moduleType: 15362,
  needs: 'lddc',
  transports: ['mqtt', 'http'],
  // The number of the circuit from 0, and 128 more for on: no bit mask. src: VENDOR-FACTS §3.7
  wire: (params) => ({ bitsSwSta: params.circuit - 1 + (params.on ? 128 : 0) }),
  readBack: (params) => {
    const mask = 1 << (params.circuit - 1)
    return [{ kind: 'lddc', field: 'dcChRelay', mask, expected: params.on ? mask : 0 }]
  },
  confidence: 'tested',
  differs:
    'Addressed to the panel, as seen to work on hardware; the document addresses the hub ' +
    '(`COMMAND_ADDRESSEES=dc-panel.circuit-switch=hub`) and does not tell what the number means.',
  src: 'powerkits-api.txt L833-847, L2323-2337; public integration; read back L1647',
})

export const panelCommands = [acName, acNames, dcName, dcNames, circuitSwitch]
