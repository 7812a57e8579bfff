/** Lets the kits of all accounts speak in their own time, and passes on what they say as their faults have it. */
import type { Timers } from '../timers.ts'
import type { Account } from './account.ts'
import { isAway } from './cloud-kit.ts'
import type { Message } from './kit-voice.ts'
import { chance, derive } from './noise.ts'
import { createOutlet } from './outlet.ts'
import type { ReportForm } from './report-text.ts'
import { createReporter, type Reporter } from './reporter.ts'

// Who slept longer than this (a suspended machine) goes on from now.
const CATCH_UP_MS = 60_000
// What falls due together goes out together; and never sleep long over a clock that may be set.
const SHORTEST_SLEEP_MS = 20
const LONGEST_SLEEP_MS = 1_000

type Say = (account: Account, message: Message) => void

export interface VoiceOptions {
  readonly seed: number
  readonly form: ReportForm
  /** Simulated seconds per second of the timers. */
  readonly speed: number
  readonly timers: Timers
}

/** Lets an account's kits speak until stopped. */
const speak = (reporter: Reporter, kitTime: () => number, speed: number, timers: Timers, say: (m: Message) => void) => {
  let cancel: () => void
  const turn = (): void => {
    const at = kitTime()
    while (reporter.nextAt() <= at) {
      const message = reporter.take(at - reporter.nextAt() > CATCH_UP_MS * speed ? at : reporter.nextAt())
      if (message !== undefined) say(message)
    }
    const sleepMs = (reporter.nextAt() - at) / speed
    cancel = timers.after(Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, sleepMs)), turn)
  }
  turn()
  return () => cancel()
}

/** Reporters and outlets of all accounts; returns what silences them. */
export const startVoices = (
  accounts: readonly Account[],
  kitTime: () => number,
  options: VoiceOptions,
  say: Say,
): (() => void) => {
  const { form, speed, timers, seed } = options
  const silences = accounts.map((account) => {
    const kits = [...account.kits.values()]
    const outlets = new Map(
      kits.map((cloudKit) => {
        let count = 0
        const own = derive(seed, cloudKit.sn)
        const send = (message: Message): void => say(account, message)
        return [cloudKit.sn, createOutlet(cloudKit, () => chance(own, ++count), send)]
      }),
    )
    const reporter = createReporter(
      kits.map(({ kit }) => kit),
      {
        account: account.account,
        form,
        from: kitTime(),
        paceOf: (sn) => account.kits.get(sn)!.pace,
        isAway: (sn) => isAway(account.kits.get(sn)!),
      },
    )
    return speak(reporter, kitTime, speed, timers, (message) => outlets.get(message.kitSn)!(message))
  })
  return () => {
    for (const silence of silences) silence()
  }
}
