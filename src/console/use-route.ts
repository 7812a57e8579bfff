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

/** `replaces`: without an entry in the browser's history, for what changes while one looks, such as a range of time. */
export const go = (route: Parameters<typeof hashOf>[0], replaces = false): void => {
  const hash = hashOf(route)
  if (!replaces) {
    location.hash = hash
    return
  }
  history.replaceState(null, '', hash)
  dispatchEvent(new HashChangeEvent('hashchange'))
}
