/** Every module kind we know. A new kind is one file in modules/ and its line here. */
import type { ModuleKind } from './field.ts'
import { bbcin } from './modules/bbcin.ts'
import { bbcout } from './modules/bbcout.ts'
import { bmstotal } from './modules/bmstotal.ts'
import { bp2000 } from './modules/bp2000.ts'
import { bp5000 } from './modules/bp5000.ts'
import { kitConsole } from './modules/console.ts'
import { generator } from './modules/generator.ts'
import { ichigh } from './modules/ichigh.ts'
import { iclow } from './modules/iclow.ts'
import { kitscc } from './modules/kitscc.ts'
import { ldac } from './modules/ldac.ts'
import { lddc } from './modules/lddc.ts'
import { onlinemodulesnlist } from './modules/onlinemodulesnlist.ts'
import { wireless } from './modules/wireless.ts'

export const MODULES: readonly ModuleKind[] = [
  bp5000,
  bp2000,
  bmstotal,
  kitscc,
  bbcin,
  bbcout,
  iclow,
  ichigh,
  ldac,
  lddc,
  wireless,
  generator,
  kitConsole,
  onlinemodulesnlist,
]
