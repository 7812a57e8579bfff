/** Whether the window is wide enough for what stands side by side. */
import { useEffect, useState } from 'preact/hooks'

/** As the navigation of style.css: at the side of a wide window, at the foot of a narrow one. */
const WIDE = '(min-width: 48.01rem)'

export const useIsWide = (): boolean => {
  const [isWide, setIsWide] = useState(() => matchMedia(WIDE).matches)
  useEffect(() => {
    const list = matchMedia(WIDE)
    const look = () => setIsWide(list.matches)
    list.addEventListener('change', look)
    return () => list.removeEventListener('change', look)
  }, [])
  return isWide
}
