/** What keys do to a chart that has the focus: arrows move the crosshair, plus and minus zoom. Pure. */

/** Of a keyboard's event what is looked at. */
export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  preventDefault(): void
}

interface Reading {
  readonly index: number | null
  /** The last index there is. */
  readonly last: number
  point(index: number): void
  readonly range: { readonly from: number; readonly to: number }
  settle: ((from: number, to: number) => void) | undefined
}

const FAR = 10

const MOVES: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowLeft: (index) => index - 1,
  ArrowDown: (index) => index - 1,
  ArrowRight: (index) => index + 1,
  ArrowUp: (index) => index + 1,
  PageDown: (index) => index - FAR,
  PageUp: (index) => index + FAR,
  Home: () => 0,
  End: (_, last) => last,
}

/** The share of the range by which each end moves inwards. */
const ZOOMS: Readonly<Record<string, number>> = { '+': 0.25, '-': -0.5 }

export const readingKeys =
  ({ index, last, point, range, settle }: Reading) =>
  (event: Press): void => {
    const move = MOVES[event.key]
    const zoom = ZOOMS[event.key]
    if (event.ctrlKey || event.metaKey || event.altKey || (move === undefined && zoom === undefined)) return
    event.preventDefault()
    if (move) return point(Math.min(last, Math.max(0, move(index ?? last + 1, last))))
    const shift = (range.to - range.from) * (zoom ?? 0)
    settle?.(range.from + shift, range.to - shift)
  }
