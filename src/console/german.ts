/**
 * German for what the collector says in English, by the table `texts` of messages.json: a text as it stands there, one
 * with something in its holes (`{1}`), with more behind it in brackets, or the meaning of an error.
 */
import messages from './messages.json' with { type: 'json' }

const TEXTS: Readonly<Record<string, string>> = messages.texts

/** The meaning of an error: a module, what its code is of, and a number. */
const MEANING = /^(.+): (.+?) (-?\d+)$/

const meaningOf = (text: string): string | undefined => {
  const [, module = '', what = '', number] = MEANING.exec(text) ?? []
  return module in TEXTS && what in TEXTS ? `${TEXTS[module]}: ${TEXTS[what]} ${number}` : undefined
}

const HOLES = /\{\d\}/g

interface Form {
  readonly finds: RegExp
  /** Which hole stands where in the English text. */
  readonly holes: readonly string[]
  readonly german: string
}

/** Not beyond the end of a sentence. */
const IN_HOLE = '((?:(?![.:] \\p{Lu}).)*?)'

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Texts with holes, `{1}`, for what the collector puts into them; those that say most come first. */
const FORMS: readonly Form[] = Object.entries(TEXTS)
  .filter(([english]) => english.includes('{1}'))
  .sort(([one], [other]) => other.length - one.length)
  .map(([english, german]) => ({
    finds: new RegExp(`^${english.split(HOLES).map(literally).join(IN_HOLE)}$`, 'su'),
    holes: [...english.matchAll(HOLES)].map(([hole]) => hole),
    german,
  }))

/** `1.5 GB` */
const FRACTION = /^(\d+)\.(\d+ \w+)$/

/** What stands in the holes is said in German too, where it is known. */
const filled = (text: string): string | undefined => {
  for (const { finds, holes, german } of FORMS) {
    const [, ...parts] = finds.exec(text) ?? []
    const partOf = (hole: string) => parts[holes.indexOf(hole)] ?? ''
    if (parts.length > 0) return german.replaceAll(HOLES, (hole) => germanOf(partOf(hole)).replace(FRACTION, '$1,$2'))
  }
  return undefined
}

/** A text behind which something more stands in brackets. */
const NOTED = /^(.+?) \((.+)\)$/s

const noted = (text: string): string | undefined => {
  const [, said = '', note = ''] = NOTED.exec(text) ?? []
  return said in TEXTS ? `${TEXTS[said]} (${germanOf(note)})` : undefined
}

/** A text of the collector, or a sentence of it; undefined where nobody translated it. */
export const inGerman = (text: string): string | undefined =>
  TEXTS[text] ?? meaningOf(text) ?? noted(text) ?? filled(text)

const germanOf = (text: string): string => inGerman(text) ?? text
