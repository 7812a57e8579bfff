/** Which kit a person means: its serial number, or the name that its owner gave it. */
import { CollectorError } from '../errors.ts'
import type { NamedKit } from '../local/protocol.ts'
import { nearest } from '../nearest.ts'

const MOST_NAMED = 20

/** `Van · M109…`, or the serial number alone. */
export const labelOf = ({ kitSn, name }: NamedKit): string => (name === '' ? kitSn : `${name} · ${kitSn}`)

const listed = (kits: readonly NamedKit[]): string => {
  const others = kits.length - MOST_NAMED
  return kits.slice(0, MOST_NAMED).map(labelOf).join(', ') + (others > 0 ? ` and ${others} more` : '')
}

const matching = (given: string, kits: readonly NamedKit[]): readonly NamedKit[] => {
  const asked = given.toLowerCase()
  const exact = kits.filter(({ kitSn, name }) => [kitSn, name].some((each) => each.toLowerCase() === asked))
  if (exact.length > 0) return exact
  return kits.filter(({ kitSn, name }) => [kitSn, name].some((each) => each.toLowerCase().startsWith(asked)))
}

/** Serial number, name, or the beginning of one. Throws CollectorError `question_unclear`. */
export const kitNamed = (given: string, kits: readonly NamedKit[]): NamedKit => {
  const found = matching(given, kits)
  if (found.length === 1) return found[0]!
  if (found.length > 1)
    throw new CollectorError('question_unclear', `${given} may be ${listed(found)}: give the serial number.`)
  const near = nearest(
    given,
    kits.flatMap(({ kitSn, name }) => [kitSn, name]),
  )
  const hint = near === undefined ? '' : ` Is ${near} meant?`
  throw new CollectorError(
    'question_unclear',
    `No kit ${given} is known here.${hint} Known: ${listed(kits) || 'none'}.`,
  )
}

/** Asks a person who sits at the terminal, with the answers to choose from; undefined where nobody does. */
export type AskPerson = ((question: string, choices: readonly string[]) => Promise<number>) | undefined

/** The kit that is meant; the only one where none is named. Throws CollectorError `question_unclear`. */
export const chooseKit = async (
  given: string | undefined,
  kits: readonly NamedKit[],
  ask: AskPerson,
): Promise<NamedKit> => {
  if (given !== undefined) return kitNamed(given, kits)
  const [only] = kits
  if (only === undefined) throw new CollectorError('nothing_collected', 'No kit is known here yet.')
  if (kits.length === 1) return only
  const chosen = ask && kits[await ask('Which kit?', kits.map(labelOf))]
  if (chosen) return chosen
  throw new CollectorError('question_unclear', `There are several kits: ${listed(kits)}. Name one: --kit ${only.kitSn}`)
}
