/**
 * Sends a command once, by a way that is chosen before. What became of it is told as far as it is known; nothing here
 * tries again, and nothing tries another way.
 */
import type { Transport } from '../catalogue/command.ts'
import { saidNo } from '../cloud/explain-failure.ts'
import type { SourceControl } from '../cloud/source.ts'
import { pause, type Timers } from '../timers.ts'
import { httpBody, type Planned } from './plan.ts'

export type Way = { readonly transport: 'mqtt'; readonly topic: string } | { readonly transport: 'http' }

/**
 * `taken`: the broker acknowledged it, or the cloud queued it. `refused`: it was not carried out. `unknown`: whether it
 * reached the kit is not known. The text says why.
 */
export type Sent =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string }

/** A broker that lives answers within a second. */
const ANSWER_MS = 30_000

/** The first way that is open now, in the order that the command prefers; undefined where none is. */
export const openWay = (transports: readonly Transport[], control: SourceControl, kitSn: string): Way | undefined => {
  for (const transport of transports) {
    const topic = control.setTopic(kitSn)
    if (transport === 'mqtt' && topic !== undefined) return { transport, topic }
    if (transport === 'http' && control.isHttpUp()) return { transport }
  }
  return undefined
}

const UNKNOWN = 'so whether it reached the kit is not known; it is not sent again.'

const byMqtt = async (
  { message }: Planned,
  topic: string,
  { publish }: SourceControl,
  timers: Timers,
): Promise<Sent> => {
  const bytes = new TextEncoder().encode(JSON.stringify(message))
  const silence = pause(timers, ANSWER_MS).then(() => 'silent' as const)
  switch (await Promise.race([publish(topic, bytes), silence])) {
    case 'taken':
      return { kind: 'taken' }
    case 'refused':
      return { kind: 'refused', text: 'The broker refused it: this account may not publish there. Nothing was sent.' }
    case 'unsent':
      return { kind: 'refused', text: 'The connection to the broker had just gone: nothing was sent.' }
    case 'unknown':
      return { kind: 'unknown', text: `The connection ended before the broker had acknowledged it, ${UNKNOWN}` }
    case 'silent':
      return { kind: 'unknown', text: `The broker did not acknowledge it, ${UNKNOWN}` }
  }
}

const byHttp = async (planned: Planned, { set }: SourceControl): Promise<Sent> => {
  const outcome = await set(httpBody(planned))
  if (outcome.isOk) return { kind: 'taken' }
  const { kind, text } = outcome.failure
  return { kind: saidNo(kind) ? 'refused' : 'unknown', text }
}

/** Sends it; never throws. */
export const send = (planned: Planned, way: Way, control: SourceControl, timers: Timers): Promise<Sent> =>
  way.transport === 'mqtt' ? byMqtt(planned, way.topic, control, timers) : byHttp(planned, control)
