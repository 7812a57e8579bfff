/** Why answers that a page asked for did not come: said once, and not again what stands above every page. */
import type { Asked } from '../use-answer.ts'
import { useLive } from '../use-live.tsx'
import { ProblemNote } from './problem-note.tsx'

interface AskedProblemProps {
  readonly asked: readonly Pick<Asked<unknown>, 'error' | 'again'>[]
}

export const AskedProblem = ({ asked }: AskedProblemProps) => {
  const { link, error: told } = useLive()
  const isTold = (code: string): boolean => code === told?.code || (link === 'lost' && code === 'unreachable')
  const failed = asked.filter(({ error }) => error !== undefined && !isTold(error.code))
  const error = failed[0]?.error
  if (error === undefined) return null
  const again = () => {
    for (const one of failed) one.again()
  }
  return <ProblemNote error={error} again={again} />
}
