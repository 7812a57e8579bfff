/** The way of a kit's messages through the cloud: at QoS 0 some come twice, and some after the one that follows them. */
import type { CloudKit } from './cloud-kit.ts'
import type { Message } from './kit-voice.ts'

/** Passes messages on as the kit's faults have it. */
export const createOutlet = (
  cloudKit: CloudKit,
  chance: () => number,
  send: (message: Message) => void,
): ((message: Message) => void) => {
  let held: Message | undefined
  return (message) => {
    if (cloudKit.isMute) return
    if (held === undefined && cloudKit.reordered > 0 && chance() < cloudKit.reordered) {
      held = message
      return
    }
    send(message)
    if (cloudKit.duplicated > 0 && chance() < cloudKit.duplicated) send(message)
    if (held !== undefined) send(held)
    held = undefined
  }
}
