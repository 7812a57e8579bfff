/** The list of kits: what a person should look at first stands first. Pure. */
import type { LiveKit } from '../../api-shapes.ts'
import { nameOf } from '../../kit-name.ts'

/** By trouble, then by name. */
export const byTrouble = (kits: readonly LiveKit[], locale: string): readonly LiveKit[] => {
  const names = new Intl.Collator(locale, { numeric: true })
  return [...kits].sort((a, b) => b.trouble_code - a.trouble_code || names.compare(nameOf(a), nameOf(b)))
}

/** Those whose name or serial number has all of the words in it. */
export const matching = (kits: readonly LiveKit[], words: string): readonly LiveKit[] => {
  const wished = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wished.length === 0) return kits
  return kits.filter((kit) => {
    const text = `${kit.label} ${kit.kit_sn} ${kit.verdict}`.toLowerCase()
    return wished.every((word) => text.includes(word))
  })
}
