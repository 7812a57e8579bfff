/**
 * Brings set commands of both fronts to their kits, and set replies and status messages back to who listens. What became
 * of each command is in the log.
 */
import type { Account } from './account.ts'
import type { CloudKit } from './cloud-kit.ts'
import { type CommandLog, createCommandLog, type Fate } from './command-log.ts'
import type { Gate } from './gate.ts'
import { changeSettings, obey, type Stage } from './obedience.ts'
import { statusText } from './report-text.ts'
import { readSetCommand } from './set-command.ts'

/** `refused` is 1008; `unanswered`: the connection ends without an answer. */
export type Taken = 'queued' | 'refused' | 'unanswered'

export interface Control {
  readonly log: CommandLog
  /** A set command as it arrives by HTTP: the parsed body. */
  readonly take: (cloudKit: CloudKit, message: unknown) => Taken
  /** A set command as it arrives by MQTT. */
  readonly onSet: (kitSn: string, bytes: Uint8Array) => void
  readonly sayStatus: (cloudKit: CloudKit, isOnline: boolean) => void
  /** The owner presses the button of a kit that is off. */
  readonly switchOn: (cloudKit: CloudKit) => void
}

export interface ControlOptions extends Pick<Gate, 'publish' | 'cut'>, Pick<Stage, 'kitTime' | 'after'> {
  readonly accounts: readonly Account[]
}

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}

const NO_COMMAND = { id: undefined, operateType: '', moduleSn: '', moduleType: 0, params: {} } as const

const stageOf = ({ kitTime, after, publish }: ControlOptions, accountOf: (sn: string) => Account): Stage => {
  const say = ({ sn }: CloudKit, channel: 'set_reply' | 'status', text: string): void => {
    const account = accountOf(sn)
    publish(account, `/open/${account.account}/${sn}/${channel}`, Buffer.from(text))
  }
  return {
    kitTime,
    after,
    keeper: createCommandLog(),
    sayReply: (cloudKit, text) => say(cloudKit, 'set_reply', text),
    sayStatus: (cloudKit, isOnline) => say(cloudKit, 'status', statusText(kitTime(), 1, isOnline)),
  }
}

export const createControl = (options: ControlOptions): Control => {
  const { accounts, kitTime, cut } = options
  const accountOf = (sn: string): Account => accounts.find(({ kits }) => kits.has(sn))!
  const stage = stageOf(options, accountOf)
  const { keeper } = stage
  for (const { kits } of accounts)
    for (const { sn, kit } of kits.values()) keeper.noteSettings(sn, { at: kitTime(), settings: kit.settings })
  const reject = (kitSn: string, transport: 'mqtt' | 'http', fate: Fate, command: typeof NO_COMMAND | object): void =>
    keeper.note({
      ...NO_COMMAND,
      ...command,
      at: kitTime(),
      kitSn,
      transport,
      fate,
      quirk: {},
      effectAt: undefined,
      replies: [],
    })
  return {
    log: keeper.log,
    take: (cloudKit, message) => {
      const command = readSetCommand(message)
      if (command === undefined || cloudKit.online === 0) {
        reject(cloudKit.sn, 'http', command ? 'offline' : 'malformed', command ?? NO_COMMAND)
        return 'refused'
      }
      // The cloud queues it all the same for a kit that it does not know to be away.
      return obey(stage, cloudKit, command, 'http').lost === undefined ? 'queued' : 'unanswered'
    },
    onSet: (sn, bytes) => {
      const account = accountOf(sn)
      const command = readSetCommand(parse(bytes))
      if (command === undefined) return reject(sn, 'mqtt', 'malformed', NO_COMMAND)
      if (obey(stage, account.kits.get(sn)!, command, 'mqtt').lost !== undefined) cut(account)
    },
    sayStatus: stage.sayStatus,
    switchOn: (cloudKit) => {
      if (cloudKit.kit.settings.isOff) changeSettings(stage, cloudKit, { isOff: false })
    },
  }
}
