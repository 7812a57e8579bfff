/** That values are being asked for, or why they do not come. */
import type { ApiError } from '../../api.ts'
import { AskedProblem } from '../../parts/asked-problem.tsx'
import { useLanguage } from '../../use-language.tsx'
import type { Series } from './use-series.ts'

interface State extends Pick<Series, 'isLoading' | 'again'> {
  readonly answer: unknown
  readonly error?: ApiError | undefined
}

export const SeriesState = ({ series: { answer, error, isLoading, again } }: { series: State }) => {
  const { t } = useLanguage()
  if (error) return <AskedProblem asked={[{ error, again }]} />
  return isLoading && answer === undefined ? <p class="faint">{t('app.loading')}</p> : null
}
