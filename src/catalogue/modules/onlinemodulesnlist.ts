/**
 * onLineModuleSnList: the modules that the hub sees, one entry each. Real kits send words where the document says
 * numbers, so all are kept as text. `moduleDetail` tells the kind of a module (`detail` of the module kinds).
 */
import type { ModuleKind } from '../field.ts'
import { placeholder, text } from '../quantities.ts'

export const onlinemodulesnlist: ModuleKind = {
  kind: 'onlinemodulesnlist',
  label: 'List of modules',
  measurement: 'module',
  moduleTypes: [],
  source: 'powerkits-api.txt L1309-1334',
  fields: [
    placeholder('moduleSn', 'Serial number: the tag module_sn', 'L1326; C2', 'verified'),
    text('moduleVersion', 'firmware', 'Version of the firmware', 'L1332; C2', 'verified'),
    text('loaderVersion', 'loader', 'Version of the loader', 'L1314; C2', 'verified'),
    text('moduleDetail', 'detail', 'Number of its kind', 'L1323; C2', 'verified'),
    text('moduleType', 'family', 'Number of the product family, 60', 'L1329; C2', 'verified'),
    text('moduleAddr', 'address', 'Address of its kind', 'L1317; C2', 'verified'),
    text('moduleDAddr', 'dynamic_address', 'Address among modules of its kind', 'L1320; C2', 'reported'),
    text('customData', 'custom', '1 on the primary pack', 'L1311; C2', 'guess'),
  ],
}
