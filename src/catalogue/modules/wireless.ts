/** Wireless: the hub that speaks to the cloud. The meaning of its scene numbers is not published. */
import type { ModuleKind } from '../field.ts'
import { byteSetting, opaque, reserved } from '../quantities.ts'

export const wireless: ModuleKind = {
  kind: 'wireless',
  label: 'Hub',
  measurement: 'hub',
  moduleTypes: [15370],
  serials: /^(M109Z|M106W|M3H1)/,
  source: 'powerkits-api.txt L1335-1339',
  fields: [opaque('scenes', 'scene_code', 'Scene chosen', 'L1337; L884, C2', 'verified', byteSetting), reserved],
}
