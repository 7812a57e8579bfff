/** Whose token it is and what it allows, with a way to forget it. */
import type { Caller } from '../../api-shapes.ts'
import { keepToken } from '../../token.ts'
import { useLanguage } from '../../use-language.tsx'

export const Rights = ({ caller: { name, scope } }: { caller: Caller }) => {
  const { t } = useLanguage()
  return (
    <p class="rights">
      <span>{t(scope === 'dangerous' ? 'control.rights.dangerous' : 'control.rights.control', { name })}</span>
      <button type="button" onClick={() => keepToken('')}>
        {t('app.forget')}
      </button>
    </p>
  )
}
