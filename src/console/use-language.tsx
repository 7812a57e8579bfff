/** The language that the page speaks, kept for the next visit, and what pages need to speak it. */
import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import { LANGUAGES, type Language, languageOf, localeOf, type MessageKey, messageIn, textIn } from './language.ts'

const KEY = 'powerkits-language'

export interface Speech {
  readonly language: Language
  /** For numbers and dates. */
  readonly locale: string
  t(key: MessageKey, values?: Readonly<Record<string, string | number>>): string
  /** A sentence that the collector sent. */
  said(text: string): string
  speak(language: Language): void
}

const speechOf = (language: Language, speak: Speech['speak']): Speech => ({
  language,
  locale: localeOf(language, navigator.languages),
  t: (key, values) => messageIn(language, key, values),
  said: (text) => textIn(language, text),
  speak,
})

const SpeechContext = createContext<Speech>(speechOf('en', () => undefined))

export const useLanguage = (): Speech => useContext(SpeechContext)

const firstLanguage = (): Language => {
  const kept = localStorage.getItem(KEY) as Language
  return LANGUAGES.includes(kept) ? kept : languageOf(navigator.languages)
}

export const LanguageProvider = ({ children }: { children: ComponentChildren }) => {
  const [language, setLanguage] = useState(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const speech = useMemo(
    () =>
      speechOf(language, (wished) => {
        localStorage.setItem(KEY, wished)
        setLanguage(wished)
      }),
    [language],
  )
  return <SpeechContext.Provider value={speech}>{children}</SpeechContext.Provider>
}
