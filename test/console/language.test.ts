import { expect, test } from 'vitest'
import { languageOf, localeOf, messageIn, piecesIn, textIn } from '../../src/console/language.ts'

test('a message has its values in it, and one or many by the number', () => {
  expect(messageIn('en', 'age.ago', { duration: '3 s' })).toBe('3 s ago')
  expect(messageIn('de', 'now.errors', { n: 1 })).toBe('1 aktiver Fehler')
  expect(messageIn('de', 'now.errors', { n: 2 })).toBe('2 aktive Fehler')
})

test('a sentence of the collector is said in German where it is known, and as it came where it is not', () => {
  const text = "the vendor's cloud cannot be reached"
  expect(textIn('en', text)).toBe(text)
  expect(textIn('de', text)).toBe('die Cloud des Herstellers ist nicht erreichbar')
  expect(textIn('de', 'something new')).toBe('something new')
})

test('what an error means is said part by part, and whole where a part is not known', () => {
  expect(textIn('de', 'DC input: Error 12')).toBe('DC-Eingang: Fehler 12')
  expect(textIn('de', 'DC input: Hiccup 12')).toBe('DC input: Hiccup 12')
})

test('the first language that a person reads and the console speaks', () => {
  expect(languageOf(['fr-FR', 'de-AT', 'en'])).toBe('de')
  expect(languageOf(['fr'])).toBe('en')
  expect(localeOf('de', ['en-US', 'de-AT'])).toBe('de-AT')
  expect(localeOf('de', ['en-US'])).toBe('de-DE')
})

test('what differs each time stands in the German too, itself in German where it is known', () => {
  expect(textIn('de', '12 topics granted')).toBe('12 Themen gewährt')
  expect(textIn('de', 'not looked at, because no kit is known')).toBe('nicht geprüft: kein Kit ist bekannt')
  expect(textIn('de', '1.5 GB free, the spool takes up to 300 MB, enough for 7 h without the store')).toBe(
    '1,5 GB frei, das Zwischenlager nimmt bis zu 300 MB, das reicht 7 h ohne Datenspeicher',
  )
})

test('what the set-up finds without the internet is German to its end', () => {
  expect(textIn('de', 'api-e.ecoflow.com, api-a.ecoflow.com not known')).toBe(
    'api-e.ecoflow.com, api-a.ecoflow.com nicht bekannt',
  )
  expect(textIn('de', 'not looked at, because the name of the cloud is not known')).toBe(
    'nicht geprüft: der Name der Cloud ist nicht bekannt',
  )
})

test('a sentence ends at its end, also where something differs in it', () => {
  expect(textIn('de', 'Dangerous when switched off. Nobody knows why.')).toBe(
    'Gefährlich: beim Ausschalten. Nobody knows why.',
  )
  expect(piecesIn('de', 'Dangerous always. Nobody knows why.').map(({ language }) => language)).toEqual(['de', 'en'])
})

test('what stands in brackets behind a text leaves it known', () => {
  expect(textIn('de', 'the cloud was not reached (ECONNRESET)')).toBe('die Cloud war nicht erreichbar (ECONNRESET)')
})
