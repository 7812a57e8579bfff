/** Console: the screen of the kit. It stands in the list of modules and reports nothing of its own. */
import type { ModuleKind } from '../field.ts'

export const kitConsole: ModuleKind = {
  kind: 'console',
  label: 'Console',
  measurement: 'module',
  detail: 13,
  moduleTypes: [],
  serials: /^M106Z/,
  source: 'C1, C2 (entry of onLineModuleSnList)',
  fields: [],
}
