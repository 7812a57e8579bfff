/** Shows that no secret leaves the collector or its commands, whatever goes wrong, and that the search would find one. */
import { type Harvest, leaksOfCollector, leaksOfCommands } from '../test/faults/leaks.ts'
import { findSecrets, spellings } from '../test/faults/secret-search.ts'

export const title = 'secrets: logs, errors, answers, metrics, diagnostics, data and archives hold none of them'

/** What kind of place it is: the first part of its path. */
const kindOf = (place: string): string => place.replace(/^(http|data\/[^/]+|data).*$/, '$1')

const tell = (name: string, { texts, secrets }: Harvest): boolean => {
  const kinds = new Map<string, { places: number; bytes: number }>()
  for (const [place, bytes] of texts) {
    const of = kinds.get(kindOf(place)) ?? { places: 0, bytes: 0 }
    kinds.set(kindOf(place), { places: of.places + 1, bytes: of.bytes + bytes.length })
  }
  const found = findSecrets(texts, secrets)
  console.log(`\n${name}: ${Object.keys(secrets).length} secrets, each in ${spellings('').length} spellings`)
  for (const [kind, { places, bytes }] of [...kinds].sort())
    console.log(`  ${kind.padEnd(46)} ${String(places).padStart(4)} texts ${String(bytes).padStart(10)} bytes`)
  for (const leak of found) console.log(`  LEAK  ${leak}`)
  if (found.length === 0) console.log('  none found')
  return found.length === 0
}

/** Each secret, each way of writing it, in the middle of each kind of text. */
const tellPlanted = ({ texts, secrets }: Harvest): boolean => {
  const [place, bytes] = [...texts].find(([, text]) => text.length > 1_000)!
  let [planted, found] = [0, 0]
  for (const [name, secret] of Object.entries(secrets))
    for (const [, spelling] of spellings(secret)) {
      const text = Buffer.concat([bytes.subarray(0, 500), Buffer.from(spelling), bytes.subarray(500)])
      planted++
      found += findSecrets(new Map([[place, text]]), { [name]: secret }).length
    }
  console.log(`\nplanted by us      ${planted}, found ${found}`)
  return planted > 0 && found === planted
}

export const run = async (): Promise<boolean> => {
  const collector = await leaksOfCollector()
  const commands = await leaksOfCommands()
  return [
    tell('a collector through every fault of its cloud and its store', collector),
    tell('the commands', commands),
    tellPlanted(collector),
  ].every(Boolean)
}
