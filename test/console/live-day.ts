/**
 * A day of live values, told to the real page as fast as it takes them. Files and answers are the collector's own; its
 * live stream is read for a while and told over and over, each time a second later and with other values.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEventReader, type ServerEvent } from '../../src/console/live-stream.ts'
import { type Browser, heapOf, until, visit } from './browser.ts'
import { IS_KNOWN } from './live-steps.ts'
import type { Stage } from './stage.ts'

const HOUR_S = 3_600
/** Simulated seconds a second, at most: the page draws what it is told some times a second, as it would in a day. */
const SPEED = 720
const TURN_MS = 50
const LISTEN_MS = 12_000
/** Before the day begins the browser has compiled what the page runs, which takes it some hundred thousand calls. */
const WARM_UP_HOURS = 6
const LOOKS_AT_HOURS = [0, 6, 12, 18, 24]

export interface LiveDay {
  readonly marks: readonly { readonly hour: number; readonly bytes: number }[]
  readonly events: number
  readonly complaints: readonly string[]
}

/** What the collector tells of the kit within some seconds. */
const listen = async ({ url, sn }: Stage): Promise<ServerEvent[]> => {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), LISTEN_MS)
  const events: ServerEvent[] = []
  const read = createEventReader()
  try {
    const { body } = await fetch(`${url}/api/v1/live?kit=${sn}`, { signal: stop.signal })
    for await (const piece of body!.pipeThrough(new TextDecoderStream())) events.push(...read(piece))
  } catch (error) {
    if (!stop.signal.aborted) throw error
  }
  clearTimeout(timer)
  return events
}

/** The same event at another time, its powers somewhat others. */
const laterBy = ({ name, data }: ServerEvent, second: number): string => {
  const factor = 0.8 + 0.4 * Math.abs(Math.sin(second / 300))
  const told = JSON.parse(data, (key, value) => {
    if (typeof value !== 'number') return value
    if (key === 'at' || key.endsWith('_ms')) return Math.round(value + second * 1_000)
    return key.endsWith('_w') ? Math.round(value * factor) : value
  })
  return `event: ${name}\ndata: ${JSON.stringify(told)}\n\n`
}

interface Teller {
  readonly second: () => number
  readonly events: () => number
  tell(response: ServerResponse): Promise<void>
  /** The day stands still from here on until it is told to go on to another second. */
  until(second: number): void
}

const createTeller = (heard: readonly ServerEvent[]): Teller => {
  const perSecond = heard.length / (LISTEN_MS / 1_000)
  let events = 0
  let last = 0
  const second = (): number => events / perSecond
  // The list, the kit and all of its modules: what each reader is told first.
  const whole = heard.slice(0, 3)
  const tell = async (response: ServerResponse): Promise<void> => {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(whole.map((event) => laterBy(event, second())).join(''))
    while (!response.destroyed) {
      const to = Math.min(last, second() + (SPEED * TURN_MS) / 1_000)
      const said: string[] = []
      for (; second() < to; events++) said.push(laterBy(heard[events % heard.length]!, second()))
      if (said.length > 0 && !response.write(said.join('')))
        await once(response, 'drain', { signal: gone.signal }).catch(() => undefined)
      await sleep(TURN_MS)
    }
  }
  return {
    second,
    events: () => events,
    tell,
    until: (wished) => {
      last = wished
    },
  }
}

const pass = async (request: IncomingMessage, response: ServerResponse, url: string): Promise<void> => {
  const answer = await fetch(`${url}${request.url}`)
  const { headers, status } = answer
  const kept = ['content-type', 'content-security-policy'].flatMap((name) => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  response.writeHead(status, Object.fromEntries(kept))
  response.end(Buffer.from(await answer.arrayBuffer()))
}

/** The collector, but for its stream. */
const stand = async (stage: Stage, teller: Teller) => {
  const server = createServer((request, response) => {
    const isLive = request.url!.startsWith('/api/v1/live')
    ;(isLive ? teller.tell(response) : pass(request, response, stage.url)).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

export const liveDay = async (browser: Browser, stage: Stage): Promise<LiveDay> => {
  const teller = createTeller(await listen(stage))
  const { url, close } = await stand(stage, teller)
  const { page, complaints } = await visit(browser, `${url}/#/kit/${stage.sn}/now`)
  await until(page, IS_KNOWN)
  const marks: { hour: number; bytes: number }[] = []
  for (const hour of LOOKS_AT_HOURS) {
    const second = (WARM_UP_HOURS + hour) * HOUR_S
    teller.until(second)
    while (teller.second() < second) await sleep(TURN_MS)
    await sleep(1_000)
    marks.push({ hour, bytes: await heapOf(page) })
  }
  const said = complaints()
  await page.context().close()
  close()
  return { marks, events: teller.events(), complaints: said }
}
