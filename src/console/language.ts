/**
 * The words of the console: English and German, all of them in messages.json. `messages` are its own, by key; `texts`
 * are sentences that the collector sends in English, with their German.
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

/** A sentence of the collector in this language; as it came where nobody translated it. */
export const textIn = (language: Language, text: string): string =>
  language === 'de' ? (TEXTS[text] ?? meaningOf(text) ?? text) : text

/** The first of the languages that a person reads and the console speaks. */
export const languageOf = (wished: readonly string[]): Language =>
  wished
    .map((one) => one.slice(0, 2).toLowerCase())
    .find((one): one is Language => LANGUAGES.includes(one as Language)) ?? 'en'

/** How numbers and dates are written: as the person's own region does, where it speaks the language. */
export const localeOf = (language: Language, wished: readonly string[]): string =>
  wished.find((one) => one.toLowerCase().startsWith(language)) ?? (language === 'de' ? 'de-DE' : 'en-GB')
