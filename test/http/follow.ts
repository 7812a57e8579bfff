/** Follows the live stream as the console does: over a real socket, by the console's own reader of events. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createEventReader, type ServerEvent } from '../../src/console/live-stream.ts'

export interface Following {
  readonly status: number
  /** All that came so far. */
  readonly events: readonly ServerEvent[]
  /** Every byte so far, as text. */
  text(): string
  hasEnded(): boolean
  /** Resolves when so many events of this name have come in all; rejects after two seconds without them. */
  come(name: string, count: number): Promise<void>
  /** The content of the newest event of this name. */
  last<Content>(name: string): Content
  leave(): void
}

const WAIT_MS = 2_000
const LOOK_MS = 5

export const follow = async (url: string, headers: Record<string, string> = {}): Promise<Following> => {
  const stop = new AbortController()
  const answer = await fetch(url, { headers, signal: stop.signal })
  const read = createEventReader()
  const events: ServerEvent[] = []
  let text = ''
  let isOver = false
  const reading = async (): Promise<void> => {
    for await (const bytes of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += bytes
      events.push(...read(bytes))
    }
  }
  reading()
    .catch(() => undefined)
    .finally(() => {
      isOver = true
    })
  const of = (name: string): ServerEvent[] => events.filter((event) => event.name === name)
  const come = async (name: string, count: number): Promise<void> => {
    for (let waited = 0; of(name).length < count; waited += LOOK_MS) {
      if (waited > WAIT_MS) throw new Error(`${of(name).length} events ${name}, and not ${count}`)
      await sleep(LOOK_MS)
    }
  }
  return {
    status: answer.status,
    events,
    text: () => text,
    hasEnded: () => isOver,
    come,
    last: (name) => JSON.parse(of(name).at(-1)!.data),
    leave: () => stop.abort(),
  }
}
