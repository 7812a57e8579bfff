/** Brings set commands to their kits, and set replies and status messages back to who listens. */
import type { Account } from './account.ts'
import { type CloudKit, isAway, loseTouch } from './cloud-kit.ts'
import type { Gate } from './gate.ts'
import { statusText } from './report-text.ts'
import { carryOut, readSetCommand, type SetCommand } from './set-command.ts'

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}

export interface Control {
  readonly obey: (cloudKit: CloudKit, command: SetCommand) => void
  /** A set command as it arrives by MQTT. */
  readonly onSet: (kitSn: string, bytes: Uint8Array) => void
  readonly sayStatus: (cloudKit: CloudKit, isOnline: boolean) => void
}

/** Obeys set commands of both fronts, and lets kits and cloud say what follows. */
export const createControl = (
  accounts: readonly Account[],
  kitTime: () => number,
  publish: Gate['publish'],
): Control => {
  const accountOf = (sn: string): Account => accounts.find(({ kits }) => kits.has(sn))!
  const say = ({ sn }: CloudKit, channel: 'set_reply' | 'status', text: string): void => {
    const account = accountOf(sn)
    publish(account, `/open/${account.account}/${sn}/${channel}`, Buffer.from(text))
  }
  const sayStatus = (cloudKit: CloudKit, isOnline: boolean): void =>
    say(cloudKit, 'status', statusText(kitTime(), 1, isOnline))
  const obey = (cloudKit: CloudKit, command: SetCommand): void => {
    const reply = carryOut(cloudKit.kit, command, kitTime())
    if (reply === undefined) return
    say(cloudKit, 'set_reply', JSON.stringify(reply))
    if (!cloudKit.kit.settings.isOff) return
    loseTouch(cloudKit, kitTime())
    cloudKit.online = 0
    sayStatus(cloudKit, false)
  }
  const onSet = (sn: string, bytes: Uint8Array): void => {
    const [cloudKit, command] = [accountOf(sn).kits.get(sn)!, readSetCommand(parse(bytes))]
    if (command !== undefined && !isAway(cloudKit)) obey(cloudKit, command)
  }
  return { obey, onSet, sayStatus }
}
