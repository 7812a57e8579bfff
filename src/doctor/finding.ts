/** What the doctor finds, and how a person reads it: one line each. */

/** `skip`: not looked at, because something before it failed. */
type State = 'pass' | 'warn' | 'fail' | 'skip'

export interface Finding {
  readonly state: State
  /** What was looked at, such as `main, keys`. */
  readonly what: string
  /** How it is. */
  readonly text: string
  /** What to do about it; empty where there is nothing. */
  readonly todo: string
}

export const pass = (what: string, text: string): Finding => ({ state: 'pass', what, text, todo: '' })
export const warn = (what: string, text: string, todo: string): Finding => ({ state: 'warn', what, text, todo })
export const fail = (what: string, text: string, todo: string): Finding => ({ state: 'fail', what, text, todo })
export const skip = (what: string, because: string): Finding => ({
  state: 'skip',
  what,
  text: `not looked at, because ${because}`,
  todo: '',
})

export interface Examination {
  /** When it ended (epoch ms). */
  readonly at: number
  /** In the order in which one thing needs another; without secrets. */
  readonly findings: readonly Finding[]
}

/** Looks at a collector while it runs. */
export interface Doctor {
  examine(): Promise<Examination>
  /** The archive for the maintainers, a .tar.gz without secrets. */
  bundle(): Promise<Buffer>
}

/** `fail  main, keys: the cloud does not know the access key (code 8513) — Check …` */
export const findingLine = ({ state, what, text, todo }: Finding): string =>
  `${state}  ${what}: ${text}${todo === '' ? '' : ` — ${todo}`}`

/** The last line, and whether nothing failed. */
export const summary = (findings: readonly Finding[]): { readonly isWell: boolean; readonly text: string } => {
  const count = (state: State): number => findings.filter((finding) => finding.state === state).length
  const failed = count('fail')
  const text = `${count('pass')} passed, ${count('warn')} to look at, ${failed} failed, ${count('skip')} not looked at.`
  return { isWell: failed === 0, text }
}
