/**
 * The words of the console: English and German, all of them in messages.json. `messages` are its own, by key; `texts`
 * are sentences that the collector sends in English, with their German; `{1}` stands for what differs each time.
 */
import messages from './messages.json' with { type: 'json' }

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

export type MessageKey = keyof typeof messages.messages

type Values = Readonly<Record<string, string | number>>

const TEXTS: Readonly<Record<string, string>> = messages.texts

/** `one|many` by the value named `n`. */
const chosen = (text: string, values: Values, locale: string): string => {
  const [one = '', many] = text.split('|')
  if (many === undefined) return text
  return new Intl.PluralRules(locale).select(Number(values.n)) === 'one' ? one : many
}

/** The message in this language, `{name}` replaced by its value. */
export const messageIn = (language: Language, key: MessageKey, values: Values = {}): string => {
  const text = messages.messages[key][LANGUAGES.indexOf(language)] ?? ''
  return chosen(text, values, language).replaceAll(/\{([\w-]+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  )
}

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

/** What stands in the holes is said in German too, where it is known. */
const filled = (text: string): string | undefined => {
  for (const { finds, holes, german } of FORMS) {
    const [, ...parts] = finds.exec(text) ?? []
    if (parts.length > 0) return german.replaceAll(HOLES, (hole) => germanOf(parts[holes.indexOf(hole)] ?? ''))
  }
  return undefined
}

const germanOf = (text: string): string => TEXTS[text] ?? meaningOf(text) ?? filled(text) ?? text

/** A sentence of the collector in this language; as it came where nobody translated it. */
export const textIn = (language: Language, text: string): string => (language === 'de' ? germanOf(text) : text)

/** The first of the languages that a person reads and the console speaks. */
export const languageOf = (wished: readonly string[]): Language =>
  wished
    .map((one) => one.slice(0, 2).toLowerCase())
    .find((one): one is Language => LANGUAGES.includes(one as Language)) ?? 'en'

/** How numbers and dates are written: as the person's own region does, where it speaks the language. */
export const localeOf = (language: Language, wished: readonly string[]): string =>
  wished.find((one) => one.toLowerCase().startsWith(language)) ?? (language === 'de' ? 'de-DE' : 'en-GB')
