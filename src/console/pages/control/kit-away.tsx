/** A word before commands to a kit that does not report: nothing could show what becomes of them. */
import type { LiveKit } from '../../api-shapes.ts'
import { Icon } from '../../parts/icon.tsx'
import { Said } from '../../parts/said.tsx'
import { VerdictBadge } from '../../parts/verdict.tsx'
import { useLanguage } from '../../use-language.tsx'

export const KitAway = ({ kit: { is_live, verdict, verdict_text } }: { kit: LiveKit }) => {
  const { t } = useLanguage()
  if (is_live) return null
  return (
    <div class="note is-bad">
      <Icon name="warning" />
      <p>
        <VerdictBadge verdict={verdict} /> <Said text={verdict_text} />. {t('control.away')}
      </p>
    </div>
  )
}
