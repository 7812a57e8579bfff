/** BP2000: a battery pack of 2 kWh. It speaks the words of a BP5000; its state `model` tells them apart. */
import type { ModuleKind } from '../field.ts'
import { bp5000 } from './bp5000.ts'

export const bp2000: ModuleKind = { ...bp5000, kind: 'bp2000', label: 'Battery BP2000', serials: /^M102Z/ }
