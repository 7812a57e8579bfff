/** Shows what every set command sends, held against the vendor's document. */
import { COMMANDS, commandNamed } from '../src/catalogue/commands.ts'
import { compareWithVendor } from '../test/control/vendor-comparison.ts'

export const title = 'set commands: each one’s message against the vendor’s document'

type Side = { readonly lines: string; readonly differing: readonly string[] } | undefined

const told = (side: Side): string => {
  if (side === undefined) return 'not documented'
  return `${side.lines} ${side.differing.length === 0 ? 'equal' : `other ${side.differing.join(', ')}`}`
}

const showMessages = (): boolean => {
  console.log(
    'The message of each documented command, byte for byte against the example at these lines of the document\n',
  )
  console.log(`${'command'.padEnd(30)} ${'operateType'.padEnd(18)} ${'HTTP'.padEnd(34)} MQTT`)
  let isGood = true
  for (const { example, http, mqtt } of compareWithVendor()) {
    const { name, operateType, deviations = [] } = example
    console.log(`${name.padEnd(30)} ${operateType.padEnd(18)} ${told(http).padEnd(34)} ${told(mqtt)}`)
    for (const side of [http, mqtt]) if (side && side.differing.join() !== deviations.join()) isGood = false
  }
  console.log('\nWhere we send other than the vendor’s example, or another form of it, and why')
  for (const { name, differs } of COMMANDS) if (differs !== undefined) console.log(`  ${name}: ${differs}`)
  return (
    isGood && compareWithVendor().every(({ example }) => !example.deviations || commandNamed(example.name)?.differs)
  )
}

export const run = async (): Promise<boolean> => showMessages()
