/** The list of kits: what a person should look at first stands first. Pure. */
import type { LiveKit } from '../../api-shapes.ts'
import { nameOf } from '../../kit-name.ts'

/** By trouble, then by name. */
export const byTrouble = (kits: readonly LiveKit[], locale: string): readonly LiveKit[] => {
  const names = new Intl.Collator(locale, { numeric: true })
  return [...kits].sort((a, b) => b.trouble_code - a.trouble_code || names.compare(nameOf(a), nameOf(b)))
}

/** A digit or two stand in every serial number. */
const LEAST_OF_SN = 3

/** Those whose name, verdict or serial number has each of the words in it. */
export const matching = (kits: readonly LiveKit[], words: string): readonly LiveKit[] => {
  const wished = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wished.length === 0) return kits
  return kits.filter((kit) => {
    const name = `${nameOf(kit)} ${kit.verdict}`.toLowerCase()
    const sn = kit.kit_sn.toLowerCase()
    return wished.every((word) => name.includes(word) || (word.length >= LEAST_OF_SN && sn.includes(word)))
  })
}
