/**
 * The one stream of events that the console listens to: opened for the kit that is looked at, opened again when it
 * breaks, closed while nobody looks. Promises: `link` says whether what stands on the page is of now.
 */
import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import { ApiError, open, piecesOf } from './api.ts'
import { afterEvent, type LiveState, NOTHING_YET, recalled, withoutKit } from './live-state.ts'
import { createEventReader } from './live-stream.ts'
import { onToken } from './token.ts'

/** connecting: for the first time; lost: there was a stream, or the first try failed. */
export type Link = 'connecting' | 'live' | 'lost'

export interface Live extends LiveState {
  readonly link: Link
  /** Why there is no stream. */
  readonly error?: ApiError
  /** The collector's clock less that of this machine, in ms. */
  readonly clockOffsetMs: number
}

const START: Live = { ...NOTHING_YET, link: 'connecting', clockOffsetMs: 0 }
const LiveContext = createContext<Live>(START)

export const useLive = (): Live => useContext(LiveContext)

/** Whether what was told last of the kit that is looked at is of now. */
export const useIsCurrent = (): boolean => {
  const { link, kit } = useLive()
  return link === 'live' && kit?.kit.is_live === true
}

/** The clock by which that kit's moments are told; undefined before anything was told of it. */
export const useKitZone = (): string | undefined => useLive().kit?.kit.time_zone

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 10_000
/** The collector says something every ten seconds at least; one that does not is gone, whatever the socket says. */
const SILENCE_MS = 25_000

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

type Change = (change: (live: Live) => Live) => void

/** Reads events until the stream ends, breaks or falls silent. */
const follow = async (sn: string | undefined, signal: AbortSignal, change: Change): Promise<void> => {
  const stop = new AbortController()
  const abort = () => stop.abort()
  signal.addEventListener('abort', abort)
  let timer = setTimeout(abort, SILENCE_MS)
  try {
    const response = await open(`api/v1/live${sn === undefined ? '' : `?kit=${encodeURIComponent(sn)}`}`, stop.signal)
    const read = createEventReader()
    for await (const piece of piecesOf(response)) {
      clearTimeout(timer)
      timer = setTimeout(abort, SILENCE_MS)
      const events = read(piece)
      if (events.length === 0) continue
      change(({ error: _, ...live }) => {
        const state = events.reduce<LiveState>(afterEvent, live)
        return { ...live, ...state, link: 'live', clockOffsetMs: state.at - Date.now() }
      })
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

const keepFollowing = async (sn: string | undefined, signal: AbortSignal, change: Change): Promise<void> => {
  let waitMs = FIRST_WAIT_MS
  while (!signal.aborted) {
    const openedAt = Date.now()
    const error = await follow(sn, signal, change).catch((reason: unknown) => reason)
    if (signal.aborted) return
    change((live) => ({ ...recalled(live, sn), link: 'lost', ...(error instanceof ApiError ? { error } : {}) }))
    // Without another token it would stay so; another one begins anew.
    if (error instanceof ApiError && error.code.startsWith('token_')) return
    waitMs = Date.now() - openedAt > LONGEST_WAIT_MS ? FIRST_WAIT_MS : Math.min(waitMs * 2, LONGEST_WAIT_MS)
    await pause(waitMs, signal)
  }
}

/** What is of one kit alone does not stay when another one is looked at. */
const turnedTo = (sn: string | undefined, live: Live): Live => {
  if (live.kit?.kit.kit_sn === sn) return live
  const { error, ...left } = withoutKit(live)
  if (error?.code.startsWith('kit_')) return { ...left, link: 'connecting' }
  const turned = { ...left, ...(error && { error }) }
  return turned.link === 'lost' ? recalled<Live>(turned, sn) : turned
}

const SECOND_MS = 1_000
const NowContext = createContext(0)

/** One clock for all ages of the page: they go on together. */
const Clock = ({ children }: { children: ComponentChildren }) => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [])
  return <NowContext.Provider value={now}>{children}</NowContext.Provider>
}

/** The collector's time, going on by the second: ages are counted to it. */
export const useNow = (): number => useContext(NowContext) + useLive().clockOffsetMs

const useIsVisible = (): boolean => {
  const [isVisible, setIsVisible] = useState(() => !document.hidden)
  useEffect(() => {
    const look = () => setIsVisible(!document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return isVisible
}

/** Gives its children the live state: of all kits, and of the kit `sn`. */
export const LiveProvider = ({ sn, children }: { sn: string | undefined; children: ComponentChildren }) => {
  const [live, setLive] = useState(START)
  const [turn, setTurn] = useState(0)
  const isVisible = useIsVisible()
  useEffect(() => onToken(() => setTurn((before) => before + 1)), [])

  useEffect(() => {
    if (!isVisible) return
    const stop = new AbortController()
    setLive((before) => turnedTo(sn, before))
    keepFollowing(sn, stop.signal, setLive)
    return () => stop.abort()
  }, [sn, turn, isVisible])

  return (
    <LiveContext.Provider value={live}>
      <Clock>{children}</Clock>
    </LiveContext.Provider>
  )
}
