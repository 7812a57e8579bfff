/** How wide an element is, in CSS pixels, as it changes. */
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** 0 until it is known. */
export const useWidth = (element: RefObject<HTMLElement | null>): number => {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (element.current === null) return
    const seen = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    seen.observe(element.current)
    return () => seen.disconnect()
  }, [element])
  return width
}
