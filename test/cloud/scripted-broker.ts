/** Links without a socket whose other end a test plays: it says when they come up, what they grant, and how they end. */
import type { Link, LinkEnd, LinkEvents, LinkOptions, OpenLink, Published } from '../../src/cloud/link.ts'

export interface ScriptedLink {
  readonly options: LinkOptions
  /** Epoch ms of the CONNECT. */
  readonly at: number
  /** Asked for, in order. */
  readonly asked: string[]
  /** Topic and text of what was published, in order. */
  readonly published: (readonly [topic: string, text: string])[]
  readonly isClosedByUs: boolean
  /** Sequence numbers told durable. */
  readonly durable: number[]
  up(): void
  refuse(code: number): void
  end(reason: LinkEnd['reason'], text?: string): void
  message(topic: string, text: string, qos?: number): number | undefined
}

export interface ScriptedBroker {
  readonly openLink: OpenLink
  readonly links: readonly ScriptedLink[]
  /** Answers a SUBSCRIBE: granted QoS, or a refusal from 128; undefined: the link ended first. */
  grant: (topic: string) => number | undefined | Promise<number | undefined>
  /** Answers a PUBLISH. */
  take: (topic: string) => Published | Promise<Published>
  /** What becomes of each new link, by itself. */
  fate: (link: ScriptedLink) => void
  last(): ScriptedLink
}

const createLink = (broker: ScriptedBroker, options: LinkOptions, events: LinkEvents, at: number) => {
  let isOver = false
  const end = (how: LinkEnd): void => {
    if (isOver) return
    isOver = true
    events.onEnd(how)
  }
  const scripted = {
    options,
    at,
    asked: [] as string[],
    published: [] as [string, string][],
    isClosedByUs: false,
    durable: [] as number[],
    up: () => events.onUp(false),
    refuse: (code: number) => end({ reason: 'refused', code, text: `refused with ${code}` }),
    end: (reason: LinkEnd['reason'], text = '') => end({ reason, text }),
    message: (topic: string, text: string, qos = 0) => events.onMessage(topic, Buffer.from(text), false, qos),
  }
  const link: Link = {
    subscribe: async (topic) => {
      scripted.asked.push(topic)
      return broker.grant(topic)
    },
    publish: async (topic, bytes) => {
      scripted.published.push([topic, Buffer.from(bytes).toString()])
      return broker.take(topic)
    },
    onDurable: (seq) => void scripted.durable.push(seq),
    unacknowledged: () => 0,
    close: async () => {
      scripted.isClosedByUs = true
      end({ reason: 'closed', text: '' })
    },
  }
  return { scripted, link }
}

export const createScriptedBroker = (now: () => number): ScriptedBroker => {
  const links: ScriptedLink[] = []
  const broker: ScriptedBroker = {
    links,
    grant: () => 0,
    take: () => 'taken',
    fate: () => undefined,
    last: () => links.at(-1)!,
    openLink: (options, events) => {
      const { scripted, link } = createLink(broker, options, events, now())
      links.push(scripted)
      queueMicrotask(() => broker.fate(scripted))
      return link
    },
  }
  return broker
}
