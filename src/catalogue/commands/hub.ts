/** Commands to the hub (`wireless`), which reports under a serial number of its own: it is never compared. */
import { type Command, command } from '../command.ts'
import { byteLength, name, plain, toKit } from './parameters.ts'

const toHub = { addressee: 'hub', moduleType: 15370, transports: ['mqtt', 'http'] } as const satisfies Partial<Command>

const setName = command({
  name: 'hub.name',
  is: 'Name of the kit as the kit itself keeps it',
  operateType: 'writeProName',
  params: toKit({ name: name(32, 'the name') }),
  example: { name: 'Van' },
  ...toHub,
  wire: (params) => ({ nameLen: byteLength(params.name), name: params.name }),
  readBack: () => 'No report carries the name; the set reply to `hub.ask-name` does.',
  confidence: 'document',
  differs:
    'The length is that of the name in bytes, as in the document’s own reply (4 for "test"); its example says 10.',
  src: 'powerkits-api.txt L854-865, L2358-2368; length L2408',
})

const askName = command({
  name: 'hub.ask-name',
  is: 'Asks for the name that the kit keeps; the set reply carries it',
  operateType: 'readProName',
  params: toKit({}),
  example: {},
  ...toHub,
  wire: () => ({ enable: 1 }),
  readBack: () => 'The set reply is the answer; no report carries the name.',
  confidence: 'document',
  src: 'powerkits-api.txt L893-903, L2387-2396; reply L2407',
})

const scene = command({
  name: 'hub.scene',
  is: 'Scene by its number; the meaning of the numbers is not told',
  operateType: 'setScenes',
  params: toKit({ scene: plain([0, 254], 'number of the scene') }),
  example: { scene: 3 },
  ...toHub,
  wire: (params) => ({ scenes: params.scene }),
  readBack: (params) => [{ kind: 'wireless', field: 'scenes', expected: params.scene }],
  confidence: 'document',
  src: 'powerkits-api.txt L908-918, L2416-2425; read back L884',
})

const fullReport = command({
  name: 'hub.full-report',
  is: 'Asks for a report of everything',
  operateType: 'fullIotDataPush',
  params: toKit({}),
  example: {},
  ...toHub,
  wire: () => ({ times: 1 }),
  readBack: () => 'Reports that follow are like any others: none says that it was asked for.',
  confidence: 'document',
  src: 'powerkits-api.txt L923-933, L2444-2453',
})

export const hubCommands = [setName, askName, scene, fullReport]
