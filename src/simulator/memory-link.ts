/** MQTT without a socket: a link that goes through the same gate, and takes its time by the given timers. */
import type { Link, LinkEnd, OpenLink } from '../cloud/link.ts'
import type { Timers } from '../timers.ts'
import { BAD_PASSWORD, type Gate, type Session } from './gate.ts'

export interface MemoryLinkOptions {
  readonly gate: Gate
  readonly isReachable: () => boolean
  readonly timers: Timers
}

/** There and back. */
const ROUND_TRIP_MS = 50

const refusal = (code: number): LinkEnd => ({
  reason: 'refused',
  code,
  text: `Connection refused: ${code === BAD_PASSWORD ? 'Bad username or password' : 'Not authorized'}`,
})

/** Its address does not matter: there is one cloud. Nothing it brings has to be acknowledged. */
export const createOpenLink =
  ({ gate, isReachable, timers }: MemoryLinkOptions): OpenLink =>
  ({ username, password, clientId }, events): Link => {
    let session: Session | undefined
    let isOver = false
    const end = (how: LinkEnd): void => {
      if (isOver) return
      isOver = true
      session?.leave()
      events.onEnd(how)
    }
    const arrive = (): void => {
      if (isOver) return
      if (!isReachable()) return end({ reason: 'unreachable', text: 'connect ECONNREFUSED' })
      const admitted = gate.admit(
        { username, password, clientId },
        {
          deliver: (topic, bytes) => void events.onMessage(topic, bytes, false, 0),
          close: () => end({ reason: 'closed', text: 'the broker closed the connection' }),
        },
      )
      if (typeof admitted === 'number') return end(refusal(admitted))
      session = admitted
      events.onUp(false)
    }
    timers.after(ROUND_TRIP_MS, arrive)
    return {
      subscribe: (topic) =>
        new Promise((resolve) => {
          timers.after(ROUND_TRIP_MS, () => resolve(isOver ? undefined : session?.subscribe(topic)))
        }),
      publish: (topic, bytes) =>
        new Promise((resolve) => {
          if (isOver || session === undefined) return resolve('unsent')
          timers.after(ROUND_TRIP_MS / 2, () => {
            if (!isOver) session?.command(topic, bytes)
          })
          timers.after(ROUND_TRIP_MS, () => resolve(isOver ? 'unknown' : 'taken'))
        }),
      onDurable: () => undefined,
      unacknowledged: () => 0,
      close: async () => end({ reason: 'closed', text: 'closed by us' }),
    }
  }
