/**
 * Values over time for a range: asked whole once, kept while the next range is asked for, and continued at its end while
 * the range runs on. What is told of several questions comes as one answer.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, ask } from '../../api.ts'
import type { SeriesAnswer } from '../../past-shapes.ts'
import { onToken } from '../../token.ts'
import { pathOf } from './path-of.ts'
import { lengthOf, type Range } from './ranges.ts'
import { lastStep, together, withNewer } from './series-grid.ts'

/** The last value that was there. */
export const useLast = <Value>(value: Value | undefined): Value | undefined => {
  const last = useRef(value)
  if (value !== undefined) last.current = value
  return last.current
}

export type SeriesQuery = Readonly<Record<string, string>>

interface SeriesAsked {
  readonly sn: string
  /** Undefined: not known yet, nothing is asked. */
  readonly range: Range | undefined
  readonly isRunning: boolean
  /** Each of the same measurement; none: nothing is asked. */
  readonly queries: readonly SeriesQuery[]
}

export interface Series {
  readonly answer: SeriesAnswer | undefined
  readonly error?: ApiError | undefined
  readonly isLoading: boolean
  again(): void
}

const LEAST_MS = 60_000
const MOST_MS = 600_000

const everyMs = ({ step_s }: SeriesAnswer): number => Math.min(MOST_MS, Math.max(LEAST_MS, step_s * 1000))

/** Hours ago move with now; days, months and moments stay where they are. */
const beginsAt = (range: Range, before: SeriesAnswer, fresh: SeriesAnswer): number =>
  range.from.endsWith('h') ? before.from_ms + fresh.at - before.at : before.from_ms

const askAll = async (paths: readonly string[], signal: AbortSignal): Promise<SeriesAnswer | undefined> =>
  together(await Promise.all(paths.map((path) => ask<SeriesAnswer>(path, signal))))

/** Every module that speaks has values in each minute, and not in each second: finer steps would be more hole than line. */
const FINEST_S = 60
const MOST_STEPS = 2_000

const stepFor = (range: Range): { step?: string } =>
  lengthOf(range, Date.now()) < FINEST_S * MOST_STEPS * 1000 ? { step: String(FINEST_S) } : {}

/** What is so long ago that there are hours alone is refused by the minute. */
const askFinest = (paths: readonly string[], signal: AbortSignal): Promise<SeriesAnswer | undefined> =>
  askAll(paths, signal).catch((reason: unknown) => {
    if (!(reason instanceof ApiError && reason.status === 400)) throw reason
    return askAll(
      paths.map((path) => path.replace(`&step=${FINEST_S}`, '')),
      signal,
    )
  })

interface Held {
  readonly key: string
  readonly answer?: SeriesAnswer | undefined
  readonly error?: ApiError
}

/** The answer to the paths, once; anew with other paths, another token, or when it is wished for. */
const useWhole = (key: string) => {
  const [held, setHeld] = useState<Held>()
  const [turn, setTurn] = useState(0)
  const again = () => setTurn((before) => before + 1)
  useEffect(() => onToken(again), [])
  useEffect(() => {
    if (key === '') return
    const stop = new AbortController()
    askFinest(key.split('\n'), stop.signal).then(
      (answer) => stop.signal.aborted || setHeld({ key, answer }),
      (error: unknown) => {
        if (stop.signal.aborted || !(error instanceof ApiError)) return
        stop.abort()
        setHeld({ key, error })
      },
    )
    return () => stop.abort()
  }, [key, turn])
  const own = held?.key === key ? held : undefined
  return { answer: own?.answer, error: own?.error, isLoading: key !== '' && own === undefined, again }
}

export const useSeries = ({ sn, range, isRunning, queries }: SeriesAsked): Series => {
  const pathsOf = (more: Readonly<Record<string, string | undefined>>) =>
    queries.map((query) => pathOf(sn, 'series', { ...query, ...more }))
  const { answer, error, isLoading, again } = useWhole(
    range === undefined ? '' : pathsOf({ ...range, ...stepFor(range) }).join('\n'),
  )
  const [longer, setLonger] = useState<{ readonly of: SeriesAnswer; readonly answer: SeriesAnswer }>()
  const whole = answer && longer?.of === answer ? longer.answer : answer

  useEffect(() => {
    if (answer === undefined || whole === undefined || range === undefined || !isRunning) return
    const stop = new AbortController()
    const goOn = (): void => {
      const from = lastStep(whole)
      if (document.hidden) return
      if (from === undefined) return again()
      askAll(pathsOf({ from: String(from), to: range.to, step: String(whole.step_s) }), stop.signal).then(
        (fresh) => {
          if (fresh === undefined || stop.signal.aborted) return
          setLonger({ of: answer, answer: withNewer(whole, fresh, beginsAt(range, whole, fresh)) })
        },
        // What stands there stays: away collectors are told of by the frame. After a long sleep the rest may be too
        // much for its steps.
        (reason: unknown) => reason instanceof ApiError && reason.status === 400 && again(),
      )
    }
    const timer = setInterval(goOn, everyMs(whole))
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [answer, whole, isRunning])

  return { answer: useLast(whole), error, isLoading, again }
}
