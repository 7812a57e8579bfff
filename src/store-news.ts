/** What the log says of the store: changes, once each. */
import type { Log } from './log.ts'
import type { DrainStatus } from './store/drain.ts'

/** As a line of the log begins and ends. */
export const sentence = (text: string): string => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}

/** Says once when the store begins to take nothing, and once when it takes values again. */
export const tellChanges = (log: Log): ((status: DrainStatus) => void) => {
  let told = ''
  return ({ problem }) => {
    const now = problem?.code ?? ''
    if (now === told) return
    told = now
    if (problem)
      log.error(
        { code: now },
        `${sentence(problem.message)} Nothing is lost: values wait in the spool. ${problem.help}`,
      )
    else log.info('The store takes values again.')
  }
}
