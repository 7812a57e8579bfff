/**
 * A bar on standard error for what takes longer than a second. Only where a person looks at it: into a file or a pipe
 * nothing is written.
 */

/** Standard error, as far as the bar needs it. */
export interface Screen {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

export interface Progress {
  /** How much of the whole is done, in whatever unit; `text` says what is being done now. */
  at(done: number, of: number, text?: string): void
  /** Takes the bar away. */
  end(): void
}

const PATIENCE_MS = 1_000
const REDRAW_MS = 100
const BAR = 24
const CLEAR_LINE = '\r\u001b[2K'

const draw = (done: number, of: number, text: string, width: number): string => {
  const share = of > 0 ? Math.min(1, Math.max(0, done / of)) : 0
  const filled = Math.floor(share * BAR)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${String(Math.floor(share * 100)).padStart(3)} %`
  return `${bar}  ${text}`.slice(0, Math.max(0, width - 1))
}

/** `now` in ms, only going forward. */
export const createProgress = (screen: Screen, now: () => number): Progress => {
  const startedAt = now()
  let drawnAt = Number.NEGATIVE_INFINITY
  const end = (): void => {
    if (Number.isFinite(drawnAt)) screen.write(CLEAR_LINE)
    drawnAt = Number.NEGATIVE_INFINITY
  }
  return {
    at: (done, of, text = '') => {
      const at = now()
      if (!screen.isTTY || at - startedAt < PATIENCE_MS || at - drawnAt < REDRAW_MS) return
      drawnAt = at
      screen.write(`${CLEAR_LINE}${draw(done, of, text, screen.columns || 80)}`)
    },
    end,
  }
}
