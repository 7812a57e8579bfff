/** Shows how long a session that went silent costs values and pushes, and what getting them back costs the account. */
import type { Recovery } from '../test/faults/silent-session.ts'
import { connectsOf, fallSilent, gapsOf, kitOf, openListening, staySilent } from '../test/faults/silent-session.ts'
import type { VirtualCollector } from '../test/virtual-collector.ts'

export const title = 'silent session: from silence to values and to pushes, at cadences of 1 s, 10 s and 120 s'

/** How many times slower than with the app open: so that a kit pushes about once in these seconds. */
const CADENCES = [
  { name: '1 s', pace: 1.3 },
  { name: '10 s', pace: 13 },
  { name: '120 s', pace: 155 },
]
const HOUR_MS = 3_600_000
const LEARN_MS = 3 * HOUR_MS
const DAY_MS = 24 * HOUR_MS
const SILENCES = 8
const POLL_MS = 60_000
/** One poll may be lost; the half is for its way and its jitter. Values are polled whatever the cadence. */
const MOST_VALUES_MS = 2.5 * POLL_MS
/** Sooner than this no connect is spent, nor before five of the kit's longest usual pauses. */
const LEAST_PATIENCE_MS = 120_000
const PAUSES = 5

/** Patience, two polls that show that the cloud knows more, and the wait for the first push of the new connection. */
const mostPushesMs = (pauseMs: number): number =>
  Math.max(LEAST_PATIENCE_MS, PAUSES * pauseMs) + 2.5 * POLL_MS + pauseMs

/** A pause of up to five others may be learnt as a new longest one. */
const MOST_LIVE_MS = HOUR_MS

const seconds = (ms: number | undefined): string => (ms === undefined ? 'never' : String(Math.round(ms / 1000)))

const spread = (values: readonly (number | undefined)[]): string => {
  if (values.includes(undefined)) return 'never'
  const sorted = values.map(Number).sort((a, b) => a - b)
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map(seconds).join(' / ').padStart(19)
}

const tellGaps = (gaps: readonly string[]): boolean => {
  for (const gap of gaps) console.log(`    a gap: ${gap}`)
  return gaps.length === 0
}

const within = (value: number | undefined, mostMs: number): boolean => value !== undefined && value <= mostMs

/** Silences of a session that a new connection heals, at other moments between two polls each. */
const recover = async (virtual: VirtualCollector, name: string): Promise<boolean> => {
  const pauseMs = kitOf(virtual).pushCadenceMs
  const before = connectsOf(virtual).today
  const recoveries: Recovery[] = []
  for (let i = 0; i < SILENCES; i++) {
    recoveries.push(await fallSilent(virtual, 2 * HOUR_MS))
    await virtual.advance(HOUR_MS / 2 + i * 7_300)
  }
  const [noticed, values, pushes] = (['noticedMs', 'valuesMs', 'pushesMs'] as const).map((key) =>
    recoveries.map((one) => one[key]),
  ) as [(number | undefined)[], (number | undefined)[], (number | undefined)[]]
  const connects = connectsOf(virtual).today - before
  const mostMs = mostPushesMs(pauseMs)
  console.log(
    `${name.padEnd(8)} ${seconds(pauseMs).padStart(8)}   ${spread(values)}   ${spread(noticed)}   ${spread(pushes)}   ` +
      `${seconds(mostMs).padStart(10)}   ${String(connects).padStart(8)}`,
  )
  const isClean = tellGaps(await gapsOf(virtual))
  return (
    isClean &&
    values.every((ms) => within(ms, MOST_VALUES_MS)) &&
    pushes.every((ms) => within(ms, mostMs)) &&
    connects === SILENCES
  )
}

/** A whole day without a session that lasts. */
const endure = async (pace: number, name: string, silence: 'relapsing' | 'mute'): Promise<boolean> => {
  const virtual = await openListening({ pace, learnMs: LEARN_MS })
  const { longestMs, liveMs, connects } = await staySilent(virtual, silence, DAY_MS)
  const { limit } = connectsOf(virtual)
  const what = silence === 'mute' ? 'no connection hears anything' : 'each connection falls silent within 30 s'
  console.log(
    `${name.padEnd(8)} ${what.padEnd(42)} ${String(connects).padStart(8)} of ${limit}   ${seconds(longestMs).padStart(12)} ${(liveMs / HOUR_MS).toFixed(1).padStart(12)}`,
  )
  const isClean = tellGaps(await gapsOf(virtual))
  await virtual.end()
  return isClean && connects <= limit && longestMs <= MOST_VALUES_MS && liveMs <= MOST_LIVE_MS
}

export const run = async (): Promise<boolean> => {
  let isGood = true
  console.log(`${SILENCES} silences each, healed by a new connection; seconds after the silence, least / median / most`)
  console.log(`Values must be back within ${seconds(MOST_VALUES_MS)} s: two and a half polls.\n`)
  console.log(
    'cadence    longest      values again by poll          silence noticed           pushes again     at most   connects',
  )
  for (const { name, pace } of CADENCES) {
    const virtual = await openListening({ pace, learnMs: LEARN_MS })
    isGood = (await recover(virtual, name)) && isGood
    await virtual.end()
  }
  console.log(
    '\nA day without a session that lasts: connects spent, the longest time without a believed value (s), and for how long' +
      '\nthe kit was called live though it had not pushed for five of its longest pauses (h)\n',
  )
  for (const { name, pace } of CADENCES)
    for (const silence of ['mute', 'relapsing'] as const) isGood = (await endure(pace, name, silence)) && isGood
  if (isGood) console.log('\nNo row of `gap` was written: polls filled in all the time.')
  return isGood
}
