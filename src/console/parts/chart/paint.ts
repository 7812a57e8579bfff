/** The colours of the style sheet for what is drawn on a canvas, as they are under the present theme. */
import { useEffect, useState } from 'preact/hooks'

/** Gives the colour of a token such as `--sun`. */
export type Paint = (token: string) => string

export const readPaint = (): Paint => {
  const style = getComputedStyle(document.documentElement)
  return (token) => style.getPropertyValue(token).trim()
}

/** A number that changes whenever the colours do. */
export const useThemeTurn = (): number => {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const next = () => setTurn((before) => before + 1)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const chosen = new MutationObserver(next)
    dark.addEventListener('change', next)
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      dark.removeEventListener('change', next)
      chosen.disconnect()
    }
  }, [])
  return turn
}

const HATCH_PX = 7

/** Diagonal lines: no value is drawn like that, so they cannot be taken for one. */
export const hatchOf = (context: CanvasRenderingContext2D, colour: string, ratio: number): CanvasPattern | string => {
  const size = Math.round(HATCH_PX * ratio)
  const tile = new OffscreenCanvas(size, size)
  const pen = tile.getContext('2d')
  if (pen === null) return colour
  pen.strokeStyle = colour
  pen.lineWidth = Math.max(1, ratio * 0.9)
  pen.beginPath()
  // The corners too, or the lines would break at the edges of tiles.
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size)
    pen.lineTo(shift + size, 0)
  }
  pen.stroke()
  return context.createPattern(tile, 'repeat') ?? colour
}
