/** An answer of the API for as long as a page shows it: asked again when its address or the token changes, or in time. */
import { useEffect, useState } from 'preact/hooks'
import { ApiError, ask } from './api.ts'
import { onToken } from './token.ts'

export interface Asked<Answer> {
  /** The last one; it stays while it is asked for again, and goes when the address changes. */
  readonly answer?: Answer
  readonly error?: ApiError
  readonly isLoading: boolean
  again(): void
}

interface Held<Answer> {
  readonly path: string
  readonly answer?: Answer
  readonly error?: ApiError
}

/** Without a path nothing is asked. `everyMs`: how often it is asked again; never while the page is hidden. */
export const useAnswer = <Answer>(path: string | undefined, everyMs?: number): Asked<Answer> => {
  const [held, setHeld] = useState<Held<Answer>>()
  const [turn, setTurn] = useState(0)
  const again = () => setTurn((before) => before + 1)

  useEffect(() => onToken(again), [])

  useEffect(() => {
    if (path === undefined) return
    const stop = new AbortController()
    ask<Answer>(path, stop.signal).then(
      (answer) => setHeld({ path, answer }),
      (error: unknown) => {
        if (stop.signal.aborted || !(error instanceof ApiError)) return
        setHeld((before) => ({ ...(before?.path === path ? before : { path }), error }))
      },
    )
    return () => stop.abort()
  }, [path, turn])

  useEffect(() => {
    if (everyMs === undefined) return
    const timer = setInterval(() => document.hidden || again(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])

  const own = held?.path === path ? held : undefined
  return {
    ...(own?.answer === undefined ? {} : { answer: own.answer }),
    ...(own?.error === undefined ? {} : { error: own.error }),
    isLoading: path !== undefined && own === undefined,
    again,
  }
}
