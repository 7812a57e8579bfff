/** Where the console is, and how it goes elsewhere. */
import { useEffect, useState } from 'preact/hooks'
import { hashOf, type Route, readRoute } from './route.ts'

export const useRoute = (): Route => {
  const [route, setRoute] = useState(() => readRoute(location.hash))
  useEffect(() => {
    const follow = () => setRoute(readRoute(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return route
}

type To = Parameters<typeof hashOf>[0]

/** `replaces`: without an entry in the browser's history, for what changes while one looks, such as a range of time. */
export const go = (route: To, replaces = false): void => {
  const hash = hashOf(route)
  if (!replaces) {
    location.hash = hash
    return
  }
  history.replaceState(history.state, '', hash)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** What the entry of a part of a page says in the browser's history, where it outlives that the page is loaded anew. */
const PART = 'part'

/** To a part of what is shown: the page's own way back leads out of it, and the browser's too. */
export const goInto = (route: To): void => {
  const hash = hashOf(route)
  if (hash === location.hash) return
  history.pushState(PART, '', hash)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** Whether the page shows a part that `goInto` led to. */
export const isInPart = (): boolean => history.state === PART

export const goOut = (): void => history.back()
