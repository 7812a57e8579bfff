/** Why something is not shown, in words, with what to do. */
import type { ApiError } from '../api.ts'
import { useLanguage } from '../use-language.tsx'
import { Icon } from './icon.tsx'
import { Said } from './said.tsx'

export const ProblemNote = ({ error, again }: { error: ApiError; again?: () => void }) => {
  const { t, said } = useLanguage()
  return (
    <div class="note is-bad" role="alert">
      <Icon name="warning" />
      <p>
        {error.code === 'unreachable' ? (
          t('problem.unreachable')
        ) : (
          <>
            <strong>{said(error.title)}.</strong> <Said text={error.detail} />
          </>
        )}
      </p>
      {again && (
        <button type="button" onClick={again}>
          {t('problem.again')}
        </button>
      )}
    </div>
  )
}
