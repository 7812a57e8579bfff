/** Gaps as charts take them: in words, with the module that each is of. */
import { useMemo } from 'preact/hooks'
import type { ChartGap } from '../../parts/chart/chart-props.ts'
import type { GapEntry } from '../../past-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import { useModuleName } from './use-module-name.ts'

const NONE: readonly GapEntry[] = []

export const useGapsToDraw = (gaps: readonly GapEntry[] = NONE): readonly ChartGap[] => {
  const { said } = useLanguage()
  const nameOf = useModuleName()
  return useMemo(
    () =>
      gaps.map(({ start_ms, end_ms, module_sn, text }) =>
        module_sn === 'all'
          ? { from: start_ms, to: end_ms, text: said(text) }
          : { from: start_ms, to: end_ms, text: `${nameOf(module_sn)}: ${said(text)}`, isPartial: true },
      ),
    [gaps, said, nameOf],
  )
}
