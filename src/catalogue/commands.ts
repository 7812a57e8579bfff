/** Every set command we know. A new one is an entry in its module's file in commands/, and here a new file's line. */
import type { Command } from './command.ts'
import { batteryCommands } from './commands/battery.ts'
import { dcInputCommands } from './commands/dc-input.ts'
import { dcOutputCommands } from './commands/dc-output.ts'
import { generatorCommands } from './commands/generator.ts'
import { hubCommands } from './commands/hub.ts'
import { inverterCommands } from './commands/inverter.ts'
import { panelCommands } from './commands/panels.ts'

export const COMMANDS: readonly Command[] = [
  ...dcInputCommands,
  ...dcOutputCommands,
  ...inverterCommands,
  ...batteryCommands,
  ...generatorCommands,
  ...panelCommands,
  ...hubCommands,
]

const byName: ReadonlyMap<string, Command> = new Map(COMMANDS.map((one) => [one.name, one]))

/** The command of this name. */
export const commandNamed = (name: string): Command | undefined => byName.get(name)
