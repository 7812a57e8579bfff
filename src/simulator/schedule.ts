/** A heap of things that fall due: the earliest first, those of one instant in the order they were first added. */

export interface Due {
  /** Epoch ms at which it is due. */
  at: number
  /** Breaks ties, so that a fleet always speaks in the same order. */
  readonly order: number
}

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

const siftDown = (heap: Due[], from: number): void => {
  const moving = heap[from]!
  let hole = from
  for (;;) {
    let child = 2 * hole + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, moving)) break
    heap[hole] = heap[child]!
    hole = child
  }
  heap[hole] = moving
}

/** Puts a list into heap order, in place. */
export const arrange = (heap: Due[]): void => {
  for (let index = (heap.length >> 1) - 1; index >= 0; index--) siftDown(heap, index)
}

/** To be called after the first entry has been given a later `at`. */
export const postponeFirst = (heap: Due[]): void => {
  if (heap.length > 1) siftDown(heap, 0)
}
