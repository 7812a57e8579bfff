/**
 * What really became of set commands, by the simulator's own account: every command that reached the cloud, and how each
 * kit's settings changed over time. Who sends commands is measured against it.
 */
import type { Command } from './commands.ts'
import type { Quirk } from './quirks.ts'
import type { Settings } from './settings.ts'

/**
 * `malformed`: no command at all. `offline`: the cloud refused it with 1008. `lost`: the connection broke on its way.
 * `away`: queued for a kit that is out of touch, and never done. `unknown`, `misaddressed`: the kit keeps silent.
 * `refused`: the kit said no. `ignored`: it said yes and did nothing. `done`: the effect came, or will.
 */
export type Fate =
  | 'malformed'
  | 'offline'
  | 'lost'
  | 'away'
  | 'unknown'
  | 'misaddressed'
  | 'refused'
  | 'ignored'
  | 'done'

/** Times are the kit's, epoch ms. */
export interface ReceivedCommand extends Command {
  readonly at: number
  readonly kitSn: string
  readonly transport: 'mqtt' | 'http'
  readonly id: unknown
  readonly fate: Fate
  /** How it was treated. */
  readonly quirk: Quirk
  /** When the effect came; undefined where it has not. */
  effectAt: number | undefined
  /** When set replies went out, and whether they said that it was done. */
  readonly replies: { readonly at: number; readonly isGood: boolean }[]
}

/** The settings of a kit from an instant on. */
export interface SettingsSince {
  readonly at: number
  readonly settings: Readonly<Settings>
}

export interface CommandLog {
  readonly received: readonly ReceivedCommand[]
  /** By serial number of the kit, in order of time. */
  readonly settings: ReadonlyMap<string, readonly SettingsSince[]>
}

/** The log as the simulator keeps it. */
export interface CommandLogKeeper {
  readonly log: CommandLog
  readonly note: (received: ReceivedCommand) => void
  readonly noteSettings: (kitSn: string, since: SettingsSince) => void
}

export const createCommandLog = (): CommandLogKeeper => {
  const received: ReceivedCommand[] = []
  const settings = new Map<string, SettingsSince[]>()
  return {
    log: { received, settings },
    note: (one) => void received.push(one),
    noteSettings: (kitSn, since) => {
      const ofKit = settings.get(kitSn) ?? []
      settings.set(kitSn, ofKit)
      ofKit.push({ at: since.at, settings: { ...since.settings } })
    },
  }
}
