/** A world that counts what passes between a collector and its clouds: independent of what the collector says of itself. */
import { parseTopic } from '../../src/report/topic.ts'
import type { World } from '../../src/world.ts'

export interface Witness {
  readonly world: World
  /** Messages by serial number. */
  readonly pushes: ReadonlyMap<string, number>
  /** Requests for all quotas by serial number. */
  readonly polls: ReadonlyMap<string, number>
  /** When each access key asked for anything, epoch ms. */
  readonly requests: ReadonlyMap<string, readonly number[]>
}

const increment = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)

/** Stands between a collector and `world`. */
export const createWitness = (world: World): Witness => {
  const [pushes, polls] = [new Map<string, number>(), new Map<string, number>()]
  const requests = new Map<string, number[]>()
  const note = (url: URL, accessKey: string): void => {
    const of = requests.get(accessKey) ?? []
    requests.set(accessKey, of)
    of.push(world.time.wall())
    const sn = url.searchParams.get('sn')
    if (sn !== null) increment(polls, sn)
  }
  return {
    world: {
      ...world,
      fetch: (input, init) => {
        note(new URL(input instanceof Request ? input.url : input), new Headers(init?.headers).get('accessKey') ?? '')
        return world.fetch(input, init)
      },
      openLink: (options, events) =>
        world.openLink(options, {
          ...events,
          onMessage: (topic, ...message) => {
            increment(pushes, parseTopic(topic)?.kitSn ?? '')
            return events.onMessage(topic, ...message)
          },
        }),
    },
    pushes,
    polls,
    requests,
  }
}
