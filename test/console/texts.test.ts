/** That the console has German for all that the collector says, and for nothing that it no longer says. */
import { expect, test } from 'vitest'
import messages from '../../src/console/messages.json' with { type: 'json' }
import { catalogueTexts, isProse, sourceTexts } from './sent-texts.ts'

/** As the source has it, without what differs each time at its ends. */
const coreOf = (text: string): string =>
  text
    .replaceAll(/\{\d\}/g, '{}')
    .replaceAll(/^(?:\{\})+|(?:\{\})+$/g, '')
    .trim()

const known = new Set(Object.keys(messages.texts).map(coreOf))
const SENTENCES = /(?<=\.) (?=[\p{Lu}{])|(?<=:) (?=\p{Lu})/u

const isKnown = (text: string): boolean => {
  const core = coreOf(text)
  return core === '' || known.has(core) || (core.match(SENTENCES) !== null && core.split(SENTENCES).every(isKnown))
}

test('what nobody says is not known', () => {
  expect(isKnown('Nobody says this. Nor this.')).toBe(false)
})

test('every word of the catalogues has its German', () => {
  expect([...catalogueTexts()].filter((text) => !isKnown(text))).toEqual([])
})

/** What is said of commands, by the doctor and by the set-up; not schemas, and not what a page never lets happen. */
const SPEAKING =
  /^(?:control\/(?!command-record|check-params)|doctor\/(?:check-|doctor)|setup\/(?:elsewhere|setup|code)\.|cloud\/(?:session-words|explain-failure|request|outage)\.|track\/(?:live|inventory)\.)/

/** Of a finding: `finding-name.ts` has words for these. The last is what is written to a disk, to try it. */
const ELSEWHERE = ['data directory', 'client id', 'written by powerkits doctor\\n']

test('every sentence about commands, findings and the set-up has its German, whole or piece by piece', () => {
  const said = sourceTexts(SPEAKING).filter(isProse)
  expect(said.length).toBeGreaterThan(100)
  expect(said.filter((text) => !isKnown(text) && !ELSEWHERE.includes(coreOf(text).replace(/^, /, '')))).toEqual([])
})

test('nothing is translated that nobody says any more', () => {
  const catalogue = new Set([...catalogueTexts()].map(coreOf))
  const source = sourceTexts(/^(?!console|simulator)/).join('\n')
  expect([...known].filter((text) => !catalogue.has(text) && !source.includes(text))).toEqual([])
})
