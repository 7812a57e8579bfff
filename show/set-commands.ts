/** Shows what every set command sends, held against the vendor's document, and what comes of it at a simulated kit. */
import type { Transport } from '../src/catalogue/command.ts'
import { COMMANDS } from '../src/catalogue/commands.ts'
import { type Executed, executeAll, faultOf } from '../test/control/execute-commands.ts'
import { compareWithVendor } from '../test/control/vendor-comparison.ts'
import { createVirtualCollector } from '../test/virtual-collector.ts'

export const title =
  'set commands: each one’s message against the vendor’s document, then dry run, sent and read back at a simulated kit'

const START = Date.UTC(2026, 4, 12, 10)
const WARM_UP_MS = 3 * 60_000
/** The session is given up, and HTTP alone is left. */
const WITHOUT_MQTT_MS = 60_000

type Side = { readonly lines: string; readonly differing: readonly string[] } | undefined

const told = (side: Side): string => {
  if (side === undefined) return 'not documented'
  return `${side.lines} ${side.differing.length === 0 ? 'equal' : `other ${side.differing.join(', ')}`}`
}

const showMessages = (): boolean => {
  console.log('Each documented command’s message, key by key in its order, against the example at these lines\n')
  console.log(`${'command'.padEnd(30)} ${'operateType'.padEnd(18)} ${'HTTP'.padEnd(34)} MQTT`)
  const compared = compareWithVendor()
  for (const { example, http, mqtt } of compared)
    console.log(`${example.name.padEnd(30)} ${example.operateType.padEnd(18)} ${told(http).padEnd(34)} ${told(mqtt)}`)
  console.log('\nWhere we send other than the vendor’s example, or in another form, and why')
  for (const { name, differs } of COMMANDS) if (differs !== undefined) console.log(`  ${name}: ${differs}`)
  return compared.every(({ example, http, mqtt }) =>
    [http, mqtt].every((side) => !side || side.differing.join() === (example.deviations ?? []).join()),
  )
}

const seconds = (from: number | undefined, to: number | undefined): string =>
  from === undefined || to === undefined ? '-' : `${((to - from) / 1000).toFixed(1)} s`

const showExecuted = (executed: Executed, way: Transport): boolean => {
  const { name, sentByDryRun, record, received, readBack } = executed
  const fault = faultOf(executed, way)
  const replied = record?.isAcknowledged ? seconds(record.sentAt, record.acknowledgedAt) : 'no'
  console.log(
    [
      name.padEnd(29),
      String(sentByDryRun).padStart(7),
      String(received.length).padStart(5),
      (received[0]?.transport ?? '').padEnd(5),
      replied.padStart(7),
      (record?.state ?? 'refused').padEnd(11),
      seconds(record?.sentAt, record?.endedAt).padStart(7),
      fault === '' ? readBack : `WRONG: ${fault}`,
    ].join(' '),
  )
  return fault === ''
}

const showRound = (all: readonly Executed[], way: Transport): boolean => {
  const open = way === 'mqtt' ? 'over MQTT where it can be' : 'while the broker cannot be reached'
  console.log(`\nEach command planned, sent to a simulated kit ${open}, and read back\n`)
  console.log(`${'command'.padEnd(29)} dry run  sent way   replied end           after what shows it`)
  return all.map((executed) => showExecuted(executed, way)).every((isGood) => isGood)
}

const showExecution = async (): Promise<boolean> => {
  const virtual = createVirtualCollector({ kits: 1, seed: 7, startAt: START, env: { CONTROL_DENY: 'none' } })
  await virtual.start()
  await virtual.advance(WARM_UP_MS)
  const byMqtt = showRound(await executeAll(virtual, virtual.collector().control, 0), 'mqtt')
  virtual.cloud.faults.unreachable('mqtt')
  await virtual.advance(WITHOUT_MQTT_MS)
  const byHttp = showRound(await executeAll(virtual, virtual.collector().control, 1), 'http')
  await virtual.end()
  return byMqtt && byHttp
}

export const run = async (): Promise<boolean> => {
  const areMessagesGood = showMessages()
  return (await showExecution()) && areMessagesGood
}
