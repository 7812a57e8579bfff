/** Brings notices on their ways, one message at a time on each: whatever one way does, the others go on. */
import type { Log } from '../log.ts'
import { type Message, messageOf } from './message.ts'
import type { Notice } from './notice.ts'
import { due, EMPTY, failed, type Outbox, put, sent } from './outbox.ts'
import type { Outcome } from './outcome.ts'

/** A way to a person. */
export interface Way {
  readonly name: string
  /** Never rejects. */
  send(message: Message): Promise<Outcome>
}

interface DeliveryParts {
  readonly ways: readonly Way[]
  readonly isHeldBack: (notice: Notice, at: number) => boolean
  readonly save: () => Promise<void>
  readonly log: Log
}

export interface Delivery {
  put(notices: readonly Notice[]): void
  /** Begins to send what may go at `at` (epoch ms). */
  send(at: number): void
  boxes(): Readonly<Record<string, Outbox>>
  /** Waits for what is on its way. */
  close(): Promise<void>
}

/** `known` is what waited when the collector last ran; what waits for a way that there is no more is left. */
export const createDelivery = (
  { ways, isHeldBack, save, log }: DeliveryParts,
  known: Readonly<Record<string, Outbox>>,
): Delivery => {
  const boxes = new Map(ways.map(({ name }) => [name, known[name] ?? EMPTY]))
  const boxOf = (way: Way): Outbox => boxes.get(way.name) ?? EMPTY
  const busy = new Map<string, Promise<void>>()

  const bring = async (way: Way, notices: readonly Notice[], at: number): Promise<void> => {
    const { dropped, failures } = boxOf(way)
    const { isTaken, text } = await way.send(messageOf(notices, dropped, at))
    boxes.set(way.name, isTaken ? sent(boxOf(way), notices, dropped) : failed(boxOf(way), at))
    if (!isTaken && failures === 0)
      log.warn(
        `Alerts cannot be told by ${way.name}: ${text}. They are kept and sent again; see powerkits alerts test.`,
      )
    if (isTaken && failures > 0) log.info(`Alerts are told by ${way.name} again; what waited was sent.`)
    await save()
  }
  return {
    put: (notices) => {
      for (const way of ways) boxes.set(way.name, put(boxOf(way), notices))
    },
    send: (at) => {
      for (const way of ways) {
        const notices = due(boxOf(way), (notice) => isHeldBack(notice, at), at)
        if (notices.length === 0 || busy.has(way.name)) continue
        const onItsWay = bring(way, notices, at).finally(() => busy.delete(way.name))
        busy.set(way.name, onItsWay)
      }
    },
    boxes: () => Object.fromEntries(boxes),
    close: async () => {
      await Promise.all(busy.values())
    },
  }
}
