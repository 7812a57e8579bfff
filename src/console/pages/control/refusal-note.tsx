/** Why a command was not taken, and what to do; what is not certain is never told as a no. */
import type { ApiError } from '../../api.ts'
import { Icon } from '../../parts/icon.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import { REFUSALS } from './command-words.ts'
import { isUncertain } from './flight.ts'

export const RefusalNote = ({ error, again }: { error: ApiError; again?: () => void }) => {
  const { t } = useLanguage()
  if (isUncertain(error) && again)
    return (
      <div class="note is-bad">
        <Icon name="warning" />
        <p>{t('control.uncertain')}</p>
        <button type="button" onClick={again}>
          {t('control.uncertain.again')}
        </button>
      </div>
    )
  const key = REFUSALS[error.code]
  if (key === undefined) return <ProblemNote error={error} />
  return (
    <div class="note is-bad">
      <Icon name="warning" />
      <p>
        <strong>{t(key)}</strong> <Said text={error.detail} />
      </p>
    </div>
  )
}
