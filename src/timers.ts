/** Time for whatever waits: the machine's in the collector, a virtual one in tests and shows. */

export interface Timers {
  /** Epoch ms, never running backwards. */
  now(): number
  /** Calls once after so many ms, unless the returned function is called before. */
  after(ms: number, call: () => void): () => void
}

/** The machine's timers around a clock. They keep no process alive. */
export const machineTimers = (now: () => number): Timers => ({
  now,
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
})

/** Resolves after so many ms. */
export const pause = (timers: Timers, ms: number): Promise<void> =>
  new Promise((resolve) => void timers.after(ms, resolve))
