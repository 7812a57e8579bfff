/** A kit obeys a set command, as its quirks have it: what becomes of it, when its effect shows, what it replies. */
import { type CloudKit, isAway, loseTouch, regainTouch } from './cloud-kit.ts'
import type { CommandLogKeeper, Fate, ReceivedCommand } from './command-log.ts'
import { type Understanding, understand } from './commands.ts'
import { type Quirk, takeQuirk } from './quirks.ts'
import { type SetCommand, setReply } from './set-command.ts'

export interface Stage {
  readonly kitTime: () => number
  readonly after: (ms: number, call: () => void) => unknown
  readonly keeper: CommandLogKeeper
  readonly sayReply: (cloudKit: CloudKit, text: string) => void
  readonly sayStatus: (cloudKit: CloudKit, isOnline: boolean) => void
}

/** A kit's word needs this long through the cloud, so that it comes after the broker's own. */
const REPLY_MS = 100

const fateOf = (cloudKit: CloudKit, { kind }: Understanding, quirk: Quirk): Fate => {
  if (quirk.lost === 'command') return 'lost'
  if (isAway(cloudKit)) return 'away'
  if (kind === 'unknown' || kind === 'misaddressed') return kind
  if (kind === 'out_of_range' || quirk.retSta !== undefined) return 'refused'
  return quirk.effectAfterMs === Number.POSITIVE_INFINITY ? 'ignored' : 'done'
}

const delayed = ({ after }: Stage, ms: number, call: () => void): void => {
  if (ms === 0) call()
  else if (ms < Number.POSITIVE_INFINITY) after(ms, call)
}

/** Changes the settings of a kit and lets it, the cloud and the log follow. */
export const changeSettings = (stage: Stage, cloudKit: CloudKit, change: object): void => {
  const { sn, kit } = cloudKit
  const [at, wasOff] = [stage.kitTime(), kit.settings.isOff]
  kit.advance(at)
  Object.assign(kit.settings, change)
  kit.refresh()
  stage.keeper.noteSettings(sn, { at, settings: kit.settings })
  if (kit.settings.isOff === wasOff) return
  if (wasOff) regainTouch(cloudKit)
  else loseTouch(cloudKit, at)
  cloudKit.online = wasOff ? 1 : 0
  stage.sayStatus(cloudKit, wasOff)
}

const takeEffect = (stage: Stage, cloudKit: CloudKit, received: ReceivedCommand): void => {
  const { plan, settings } = cloudKit.kit
  // What it changes is decided when it takes effect: other commands may have come meanwhile.
  const understanding = understand(plan, settings, received)
  if (settings.isOff || understanding.kind !== 'possible') return
  received.effectAt = stage.kitTime()
  changeSettings(stage, cloudKit, understanding.after)
}

const answer = (stage: Stage, cloudKit: CloudKit, received: ReceivedCommand, understanding: Understanding): void => {
  if (understanding.kind !== 'possible' && understanding.kind !== 'out_of_range') return
  const { replier } = understanding
  const { quirk } = received
  const { replies = 1, replyAfterMs = REPLY_MS } = quirk
  const retSta = received.fate === 'refused' ? (quirk.retSta ?? 1) : 0
  delayed(stage, replyAfterMs, () => {
    // The farewell of a kit that was turned off still goes out.
    if (isAway(cloudKit) && received.operateType !== 'powerOff') return
    const at = stage.kitTime()
    const text = JSON.stringify(setReply(cloudKit.kit, received, { replier, retSta, quirk, at }))
    for (let copy = 0; copy < replies; copy++) {
      received.replies.push({ at, isGood: retSta === 0 })
      stage.sayReply(cloudKit, text)
    }
  })
}

/** Returns the quirk it was treated with: what of it concerns the connection is for the front to do. */
export const obey = (stage: Stage, cloudKit: CloudKit, command: SetCommand, transport: 'mqtt' | 'http'): Quirk => {
  const { plan, settings } = cloudKit.kit
  const quirk = takeQuirk(cloudKit.quirks, command.operateType)
  const understanding = understand(plan, settings, command)
  const fate = fateOf(cloudKit, understanding, quirk)
  const received: ReceivedCommand = {
    ...command,
    at: stage.kitTime(),
    kitSn: cloudKit.sn,
    transport,
    fate,
    quirk,
    effectAt: undefined,
    replies: [],
  }
  stage.keeper.note(received)
  if (fate === 'done') delayed(stage, quirk.effectAfterMs ?? 0, () => takeEffect(stage, cloudKit, received))
  if (fate === 'done' || fate === 'ignored' || fate === 'refused') answer(stage, cloudKit, received, understanding)
  return quirk
}
