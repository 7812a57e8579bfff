/** Two thousand random commands to kits that answer oddly or not at all: what the collector says of each, and what is true. */
import { type Chaos, runChaos } from '../test/faults/command-chaos.ts'
import type { Judged } from '../test/faults/command-oracle.ts'

export const title =
  '2,000 random commands, every quirk of 20 kits, faults of the cloud, a collector killed over and over (about 2 minutes)'

const ENDS = ['confirmed', 'unconfirmed', 'contradicted', 'failed', 'rejected'] as const

const countBy = <T>(all: readonly T[], keyOf: (one: T) => string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}

/** What became of them in truth, down, and what the collector said, across. */
const printTable = (title: string, judged: readonly Judged[]): void => {
  const cells = countBy(judged, ({ truth, record }) => `${truth}|${record.state}`)
  console.log(`\n${title.padEnd(30)}${ENDS.map((state) => state.padStart(14)).join('')}`)
  for (const truth of [...new Set(judged.map((one) => one.truth))].sort())
    console.log(
      truth.padEnd(30) + ENDS.map((state) => String(cells.get(`${truth}|${state}`) ?? '').padStart(14)).join(''),
    )
}

const printBad = (what: string, all: readonly string[]): void => {
  console.log(`${what}: ${all.length}`)
  for (const one of all.slice(0, 20)) console.log(`  ${one}`)
}

const inWords = ({ record, truth, wrong, weak }: Judged): string =>
  `${record.kitSn} ${record.command} ${JSON.stringify(record.params)} ${record.transport}: ${wrong || weak} (${truth}; ${record.text})`

const print = (chaos: Chaos): void => {
  const { judged, refusals } = chaos
  const minutes = Math.round(chaos.virtualMs / 60_000)
  console.log(
    `${judged.length} commands in ${minutes} minutes of virtual time; ${chaos.quirks} met a quirk, and the cloud had ` +
      `${chaos.faults} faults;\nthe collector was stopped ${chaos.stops} times and killed ${chaos.kills} times with ` +
      `${chaos.flying} commands on their way (${chaos.unborn} not on disk yet: nobody had been told, nothing was sent)`,
  )
  const byHttp = judged.filter(({ record }) => record.transport === 'http').length
  console.log(`by HTTP ${byHttp}, by MQTT ${judged.length - byHttp}`)
  console.log(`acknowledged ${judged.filter(({ record }) => record.isAcknowledged).length}`)
  console.log(`refused before: ${[...refusals].map(([code, count]) => `${code} ${count}`).join(', ')}`)
  printTable(
    'effect can be read back',
    judged.filter(({ record }) => typeof record.readBack !== 'string'),
  )
  printTable(
    'nothing shows the effect',
    judged.filter(({ record }) => typeof record.readBack === 'string'),
  )
  const plain = judged.filter(({ isPlain }) => isPlain)
  console.log(`\nnothing out of order around it, so that it must be known how it ended: ${plain.length} commands`)
  printBad('wrong final states', judged.filter(({ wrong }) => wrong !== '').map(inWords))
  printBad('true, but weaker than what could be known', judged.filter(({ weak }) => weak !== '').map(inWords))
  printBad('sent twice', chaos.twice.map(String))
  printBad(
    'sent without a record',
    chaos.unrecorded.map(({ kitSn, operateType }) => `${kitSn} ${operateType}`),
  )
  printBad(
    'left undecided',
    chaos.undecided.map(({ id, command }) => `${id} ${command}`),
  )
  printBad(
    'not in the store as they ended',
    chaos.unstored.map(({ id, state }) => `${id} ${state}`),
  )
}

/** With fewer of which it must be known how they ended, nothing is shown. */
const LEAST_PLAIN = 100

export const run = async (): Promise<boolean> => {
  const chaos = await runChaos({ seed: 7, commands: 2_000, kits: 20, accounts: 4, perLife: 100 })
  print(chaos)
  const { judged, twice, unrecorded, undecided, unstored } = chaos
  const wrong = judged.filter((one) => one.wrong !== '')
  const isGood = wrong.length + twice.length + unrecorded.length + undecided.length + unstored.length === 0
  return isGood && judged.filter(({ isPlain }) => isPlain).length >= LEAST_PLAIN
}
