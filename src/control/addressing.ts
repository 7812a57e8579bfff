/** Reads where commands are addressed to instead of where the catalogue says. */
import { ADDRESSEES, type Addressee } from '../catalogue/command.ts'
import { commandNamed } from '../catalogue/commands.ts'

/** Where a command goes instead of where the catalogue says. */
export interface Addressing {
  readonly addressee: Addressee
  /** That of the catalogue where it is left out. */
  readonly moduleType?: number
}

const ENTRY = /^(?<name>[^=\s]+)=(?<addressee>[a-z]+)(?:\/(?<moduleType>\d{1,5}))?$/

const isAddressee = (word: string | undefined): word is Addressee => ADDRESSEES.some((one) => one === word)

const readEntry = (entry: string): [string, Addressing] | undefined => {
  const { name = '', addressee, moduleType } = ENTRY.exec(entry)?.groups ?? {}
  if (commandNamed(name) === undefined || !isAddressee(addressee)) return undefined
  return [name, { addressee, ...(moduleType !== undefined && { moduleType: Number(moduleType) }) }]
}

/** From `command=addressee` or `command=addressee/moduleType`, each command once; undefined when one cannot be read. */
export const readAddressing = (entries: readonly string[]): ReadonlyMap<string, Addressing> | undefined => {
  const read = entries.map(readEntry).filter((one) => one !== undefined)
  const byCommand = new Map(read)
  return byCommand.size === entries.length ? byCommand : undefined
}
