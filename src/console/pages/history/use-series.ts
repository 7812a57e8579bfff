/**
 * Values over time for a range: asked whole once, kept while the next range is asked for, and continued at its end while
 * the range runs on.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, ask } from '../../api.ts'
import type { SeriesAnswer } from '../../api-shapes.ts'
import { useAnswer } from '../../use-answer.ts'
import type { Range } from './ranges.ts'
import { lastStep, withNewer } from './series-grid.ts'

/** The last value that was there. */
export const useLast = <Value>(value: Value | undefined): Value | undefined => {
  const last = useRef(value)
  if (value !== undefined) last.current = value
  return last.current
}

/** `api/v1/kits/SN/what?…` */
export const pathOf = (sn: string, what: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `api/v1/kits/${encodeURIComponent(sn)}/${what}?${new URLSearchParams(given)}`
}

interface SeriesAsked {
  readonly sn: string
  /** Undefined: not known yet, nothing is asked. */
  readonly range: Range | undefined
  readonly isRunning: boolean
  readonly query: Readonly<Record<string, string>>
}

const LEAST_MS = 60_000
const MOST_MS = 600_000

const everyMs = ({ step_s }: SeriesAnswer): number => Math.min(MOST_MS, Math.max(LEAST_MS, step_s * 1000))

/** Hours ago move with now; days, months and moments stay where they are. */
const beginsAt = (range: Range, before: SeriesAnswer, fresh: SeriesAnswer): number =>
  range.from.endsWith('h') ? before.from_ms + fresh.at - before.at : before.from_ms

const askNewer = async (
  { sn, range, query }: SeriesAsked & { readonly range: Range },
  before: SeriesAnswer,
  from: number,
  signal: AbortSignal,
): Promise<SeriesAnswer> => {
  const path = pathOf(sn, 'series', { ...query, from: String(from), to: range.to, step: String(before.step_s) })
  const fresh = await ask<SeriesAnswer>(path, signal)
  return withNewer(before, fresh, beginsAt(range, before, fresh))
}

export interface Series {
  readonly answer: SeriesAnswer | undefined
  readonly error: ApiError | undefined
  readonly isLoading: boolean
  again(): void
}

export const useSeries = (asked: SeriesAsked): Series => {
  const { sn, range, isRunning, query } = asked
  const { answer, error, isLoading, again } = useAnswer<SeriesAnswer>(
    range && pathOf(sn, 'series', { ...query, ...range }),
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
      askNewer({ ...asked, range }, whole, from, stop.signal).then(
        (newer) => stop.signal.aborted || setLonger({ of: answer, answer: newer }),
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
