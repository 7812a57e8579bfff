/**
 * Settings put into the text of a `.env`. Pure. Promises: everything else stays as it stands, comments and order too,
 * and what is read from the new text differs from before in nothing but these settings.
 */
import { isDeepStrictEqual, parseEnv } from 'node:util'

/** One entry: what stands before its name, the name, and its value, which may go over several lines within quotes. */
const ENTRY = /^([ \t]*(?:export[ \t]+)?)([\w.-]+)[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|`[^`]*`)?[^\n]*\n?/gm
const PLAIN = /^[\w./+:@%=-]*$/
const QUOTES = ["'", '"', '`']

const written = (value: string): string => {
  const quote = PLAIN.test(value) ? '' : (QUOTES.find((one) => !value.includes(one)) ?? '')
  return `${quote}${value}${quote}`
}

/** The text with these settings; undefined where nothing could be written that reads as it should. */
export const withSettings = (text: string, settings: Readonly<Record<string, string>>): string | undefined => {
  const missing = new Set(Object.keys(settings))
  const entry = (name: string): string => `${name}=${written(settings[name] ?? '')}\n`
  const replaced = text.replace(ENTRY, (whole: string, before: string, name: string) => {
    if (!(name in settings)) return whole
    // A second one further down would win over the first.
    return missing.delete(name) ? `${before}${entry(name)}` : ''
  })
  const gap = missing.size > 0 && replaced !== '' && !replaced.endsWith('\n') ? '\n' : ''
  const made = `${replaced}${gap}${[...missing].map(entry).join('')}`
  return isDeepStrictEqual({ ...parseEnv(made) }, { ...parseEnv(text), ...settings }) ? made : undefined
}
