/**
 * Lets a fleet of kits speak at their cadences, in real or virtual time: the caller owns the clock. Each utterance has
 * its own phase and a little jitter, by seed.
 */
import { createKit, type Kit } from './kit-model.ts'
import { planKit } from './kit-plan.ts'
import { type Message, type Utterance, utterancesOf } from './kit-voice.ts'
import { chance } from './noise.ts'
import type { ReportForm } from './report-text.ts'
import { arrange, type Due, postponeFirst } from './schedule.ts'

export interface Reporter {
  /** When the next utterance is due (epoch ms). */
  readonly nextAt: () => number
  /** Lets the next one be said at `at`, due or overdue; undefined when there was nothing to say. */
  readonly take: (at: number) => Message | undefined
}

interface Turn extends Due {
  readonly kit: Kit
  readonly utterance: Utterance
  count: number
}

export interface ReporterOptions {
  readonly account: string
  readonly form: ReportForm
  readonly from: number
  /** How many times slower a kit speaks than it would; 1 when left out. */
  readonly paceOf?: (kitSn: string) => number
  /** A kit that is away says nothing; what changed meanwhile it tells when it is back. */
  readonly isAway?: (kitSn: string) => boolean
}

const turnsOf = (kits: readonly Kit[], { account, form, from }: ReporterOptions): Turn[] => {
  const turns: Turn[] = []
  for (const kit of kits)
    for (const utterance of utterancesOf(kit, account, form, from)) {
      const order = turns.length
      // All of a kit is heard within its first quarter of a minute.
      const phaseMs = Math.min(utterance.periodMs, 15_000) * chance(kit.plan.seed, order, 1)
      turns.push({ at: Math.floor(from + phaseMs), order, kit, utterance, count: 0 })
    }
  return turns
}

export const createReporter = (kits: readonly Kit[], options: ReporterOptions): Reporter => {
  const turns = turnsOf(kits, options)
  const { paceOf = () => 1, isAway = () => false } = options
  arrange(turns)
  const take = (at: number): Message | undefined => {
    const turn = turns[0]!
    const periodMs = turn.utterance.periodMs * paceOf(turn.kit.plan.hubSn)
    // Who slept through several turns goes on from now instead of catching up.
    const base = at - turn.at > periodMs ? at : turn.at
    turn.at = Math.floor(base + periodMs * (0.96 + 0.08 * chance(turn.kit.plan.seed, turn.order, ++turn.count)))
    postponeFirst(turns)
    turn.kit.advance(at)
    return turn.kit.settings.isOff || isAway(turn.kit.plan.hubSn) ? undefined : turn.utterance.say(at)
  }
  return { nextAt: () => turns[0]?.at ?? Number.POSITIVE_INFINITY, take }
}

/** A fleet as it stands at an instant: the same seed gives the same kits. `firstName` is the name of the first. */
export const createKits = (count: number, seed: number, startAt: number, firstName = 'Demo van'): Kit[] =>
  Array.from({ length: count }, (_, index) => createKit(planKit(seed, index, firstName), startAt))

/** A fleet's messages over a stretch of virtual time, from `from` (included) to `until` (not), in order of time. */
export function* simulateMessages(options: {
  readonly kits: number
  readonly seed: number
  readonly from: number
  readonly until: number
  readonly account: string
  readonly form?: ReportForm
}): Generator<Message> {
  const kits = createKits(options.kits, options.seed, options.from)
  const reporter = createReporter(kits, { ...options, form: options.form ?? 'open' })
  while (reporter.nextAt() < options.until) {
    const message = reporter.take(reporter.nextAt())
    if (message !== undefined) yield message
  }
}
