/**
 * A world that a collector can be cut off from at an instant, as a killed process is: no timer of it fires any more, no
 * answer and no message reaches it, its connections are gone. What it had sent by then stays sent.
 */
import type { Link } from '../src/cloud/link.ts'
import type { World } from '../src/world.ts'

export interface MortalWorld {
  readonly world: World
  kill(): void
}

const never = <T>(): Promise<T> => new Promise(() => undefined)

/** For one collector's life around `world`. */
export const createMortalWorld = (world: World): MortalWorld => {
  const links: Link[] = []
  let isAlive = true
  const ifAlive =
    <A extends unknown[]>(call: (...args: A) => void) =>
    (...args: A): void => {
      if (isAlive) call(...args)
    }
  return {
    world: {
      ...world,
      timers: (now) => {
        const timers = world.timers(now)
        return { now: timers.now, after: (ms, call) => timers.after(ms, ifAlive(call)) }
      },
      fetch: async (...request) => {
        if (!isAlive) return never()
        const outcome = world.fetch(...request)
        // An answer of either kind comes to nobody.
        await outcome.catch(() => undefined)
        return isAlive ? outcome : never()
      },
      openLink: (options, events) => {
        const link = world.openLink(options, {
          onUp: ifAlive(events.onUp),
          onEnd: ifAlive(events.onEnd),
          onMessage: (...message) => (isAlive ? events.onMessage(...message) : undefined),
        })
        links.push(link)
        return link
      },
    },
    kill: () => {
      isAlive = false
      for (const link of links) void link.close()
    },
  }
}
