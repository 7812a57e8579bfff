/** Whose token it is and what it allows; and what a mark beside commands says. */
import type { Caller } from '../../api-shapes.ts'
import { useLanguage } from '../../use-language.tsx'

export const Rights = ({ caller: { name, scope } }: { caller: Caller }) => {
  const { t } = useLanguage()
  return (
    <div class="rights faint">
      <p>{t(scope === 'dangerous' ? 'control.rights.dangerous' : 'control.rights.control', { name })}</p>
      <p>
        <span class="badge is-plain">{t('control.untried')}</span> {t('control.untried.is')}
      </p>
    </div>
  )
}
