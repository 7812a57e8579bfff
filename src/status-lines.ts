/** What a person at the terminal sees of a running collector. */
import type { Collector } from './collector.ts'
import { total } from './counters.ts'
import { overview, span } from './track/overview.ts'

export type Print = (line: string) => void

const MOST_KITS_SHOWN = 10

const clockTime = (at: number): string => new Date(at).toTimeString().slice(0, 8)

/** What is not as it should be, in one line; empty when all is well. */
const trouble = (collector: Collector, refusedBefore: number): string => {
  const { drain, spool, counters } = collector.line
  const { problem } = drain.status()
  const { accounts } = collector.status()
  const refused = total(counters, 'spool_refused') - refusedBefore
  return [
    refused > 0 ? `the spool is full: ${refused} messages were refused since the last line` : '',
    problem ? `the store takes nothing, ${spool.stats().records} records wait: ${problem.message}` : '',
    ...accounts.map(({ name, session }) => {
      if (session.isConnected) return ''
      const whose = accounts.length > 1 ? ` of ${name}` : ''
      return `no connection to the broker${whose}${session.problem ? ` (${session.problem})` : ''}`
    }),
  ]
    .filter((part) => part !== '')
    .join('; ')
}

/** One line per kit, or one for all of a fleet that is too large to read, and one for what is wrong. */
export const printStatus = (collector: Collector, refusedBefore: number, print: Print): void => {
  const { intake, counters, clock } = collector.line
  const at = clock.now()
  const kits = [...intake.track.state.kits.values()]
  const wrong = trouble(collector, refusedBefore)
  if (kits.length === 0) print(`${clockTime(at)}  no kit heard yet`)
  if (kits.length > MOST_KITS_SHOWN)
    print(`${clockTime(at)}  ${kits.length} kits  ${total(counters, 'messages_received')} messages`)
  else for (const kit of kits) print(`${clockTime(at)}  ${overview(kit, at)}`)
  if (wrong !== '') print(`${clockTime(at)}  ATTENTION: ${wrong}`)
}

/** Where everything is. */
export const printStart = ({ line, url }: Collector, print: Print): void => {
  print(`Console          ${url}/`)
  print(`Values go to     ${line.opened.place}`)
  print(`Read API         ${url}/api/v1/kits   (OpenAPI document: ${url}/api/v1/openapi.json)`)
  if (line.folded > 0) print(`Recalled         ${line.folded} records since the last snapshot`)
}

export const printRoom = ({ line }: Collector, print: Print): void => {
  const { hoursLeft } = line.spool.stats()
  if (hoursLeft !== undefined && !line.drain.status().problem)
    print(`Should the store go away, the spool holds about ${span(hoursLeft * 3600)} of values at this rate.`)
}
