/**
 * What hands do to a chart. Mouse: drag zooms, drag with shift moves, double click goes back. Touch: one finger moves
 * the crosshair (up and down scrolls the page), two move and zoom.
 */
import type uPlot from 'uplot'

export interface Gestures {
  /** The range as drawn; gestures move it, and `settle` tells where it came to rest. */
  readonly range: { from: number; to: number }
  settle(from: number, to: number): void
  back(): void
  /** Puts the crosshair there: CSS pixels from the left of the drawing. */
  point(left: number): void
}

const LEAST_DRAG_PX = 8

const show = (plot: uPlot, { range }: Gestures, from: number, to: number): void => {
  Object.assign(range, { from, to })
  plot.setScale('x', { min: from, max: to })
}

const leftOf = (plot: uPlot, { clientX }: { clientX: number }): number =>
  clientX - plot.over.getBoundingClientRect().left

/** Follows the mouse until it lets go. */
const pan = (plot: uPlot, gestures: Gestures, begin: MouseEvent): void => {
  const { from, to } = gestures.range
  const perPx = (to - from) / plot.over.clientWidth
  const move = (event: MouseEvent) => {
    const shift = (begin.clientX - event.clientX) * perPx
    show(plot, gestures, from + shift, to + shift)
  }
  const end = () => {
    removeEventListener('mousemove', move)
    gestures.settle(gestures.range.from, gestures.range.to)
  }
  addEventListener('mousemove', move)
  addEventListener('mouseup', end, { once: true })
}

/** To be put into the chart's options: which of its own listeners hear the mouse. */
export const mouseBindings = (gestures: Gestures): uPlot.Cursor.Bind => ({
  mousedown: (plot, _, handler) => (event) => {
    if (event.shiftKey && event.button === 0) pan(plot, gestures, event)
    else handler(event)
    return null
  },
  dblclick: () => () => {
    gestures.back()
    return null
  },
})

/** The end of a drag. */
export const zoomSelected = (plot: uPlot, gestures: Gestures): void => {
  const { left, width } = plot.select
  if (width < LEAST_DRAG_PX) return
  const [from, to] = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
  show(plot, gestures, from, to)
  gestures.settle(from, to)
}

interface Pinch {
  /** Moments under the two fingers when they came down; they are kept under them. */
  readonly low: number
  readonly high: number
}

const LEAST_APART_PX = 24

const pinchTo = (plot: uPlot, gestures: Gestures, { low, high }: Pinch, lefts: readonly number[]): void => {
  const [first, second] = [Math.min(...lefts), Math.max(...lefts)]
  const perPx = (high - low) / Math.max(LEAST_APART_PX, second - first)
  const from = low - first * perPx
  show(plot, gestures, from, from + plot.over.clientWidth * perPx)
}

/** Gives what takes the listeners away again. */
export const listenToTouch = (plot: uPlot, gestures: Gestures, mayZoom: boolean): (() => void) => {
  const fingers = new Map<number, number>()
  let pinch: Pinch | undefined
  const lefts = () => [...fingers.values()]
  const down = (event: PointerEvent) => {
    if (event.pointerType === 'mouse') return
    fingers.set(event.pointerId, leftOf(plot, event))
    if (!mayZoom || fingers.size !== 2) return
    const [low = 0, high = 0] = lefts()
      .map((left) => plot.posToVal(left, 'x'))
      .sort((one, other) => one - other)
    pinch = { low, high }
  }
  const move = (event: PointerEvent) => {
    if (!fingers.has(event.pointerId)) return
    fingers.set(event.pointerId, leftOf(plot, event))
    if (pinch && fingers.size === 2) pinchTo(plot, gestures, pinch, lefts())
    else if (!pinch) gestures.point(leftOf(plot, event))
  }
  const up = (event: PointerEvent) => {
    fingers.delete(event.pointerId)
    if (pinch && fingers.size < 2) {
      pinch = undefined
      gestures.settle(gestures.range.from, gestures.range.to)
    }
  }
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up } as const
  const entries = Object.entries(listeners) as [keyof typeof listeners, typeof down][]
  for (const [name, listener] of entries) plot.over.addEventListener(name, listener)
  return () => {
    for (const [name, listener] of entries) plot.over.removeEventListener(name, listener)
  }
}
