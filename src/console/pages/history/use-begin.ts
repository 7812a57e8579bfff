/** Asks once when the kit's history begins. */
import { useMemo } from 'preact/hooks'
import type { Energies } from '../../past-shapes.ts'
import { useAnswer } from '../../use-answer.ts'
import { type Begin, beginOf } from './begin.ts'
import { pathOf } from './path-of.ts'

/** Kits of this kind are not older. */
const EARLIEST = '2020'

/** Undefined until it is answered. */
export const useBegin = (sn: string): Begin | undefined => {
  const { answer } = useAnswer<Energies>(pathOf(sn, 'energy', { by: 'month', from: EARLIEST }))
  return useMemo(() => answer && beginOf(answer), [answer])
}
