/**
 * The words of the console: English and German, all of them in messages.json. `messages` are its own, by key; `texts`
 * are sentences that the collector sends in English, with their German; `{1}` stands for what differs each time.
 */
import { inGerman } from './german.ts'
import messages from './messages.json' with { type: 'json' }

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

export type MessageKey = keyof typeof messages.messages

export const isMessageKey = (key: string): key is MessageKey => key in messages.messages

type Values = Readonly<Record<string, string | number>>

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

/** Where one sentence ends and another begins. */
const SENTENCES = /(?<=[.:]) (?=\p{Lu})/u

interface Piece {
  readonly text: string
  readonly language: Language
}

const piece = (text: string): Piece => {
  const german = inGerman(text)
  return german === undefined ? { text, language: 'en' } : { text: german, language: 'de' }
}

/** What the collector said in this language, whole or by its sentences; those that nobody translated are in English. */
export const piecesIn = (language: Language, text: string): readonly Piece[] => {
  if (language === 'en') return [{ text, language }]
  const whole = piece(text)
  return whole.language === 'de' ? [whole] : text.split(SENTENCES).map(piece)
}

/** The same in one. */
export const textIn = (language: Language, text: string): string =>
  piecesIn(language, text)
    .map((one) => one.text)
    .join(' ')

/** The first of the languages that a person reads and the console speaks. */
export const languageOf = (wished: readonly string[]): Language =>
  wished
    .map((one) => one.slice(0, 2).toLowerCase())
    .find((one): one is Language => LANGUAGES.includes(one as Language)) ?? 'en'

/** How numbers and dates are written: as the person's own region does, where it speaks the language. */
export const localeOf = (language: Language, wished: readonly string[]): string =>
  wished.find((one) => one.toLowerCase().startsWith(language)) ?? (language === 'de' ? 'de-DE' : 'en-GB')
