/** Shows what would be sent, without sending it. */
import { useLanguage } from '../../use-language.tsx'

interface DryRunButtonProps {
  /** Of what, where several stand beside each other. */
  readonly of?: string
  readonly isReady: boolean
  rehearse(): void
}

export const DryRunButton = ({ of, isReady, rehearse }: DryRunButtonProps) => {
  const { t } = useLanguage()
  return (
    <button
      type="button"
      class="is-quiet"
      aria-label={of === undefined ? undefined : `${t('control.dry-run')}: ${of}`}
      aria-disabled={!isReady}
      onClick={() => {
        if (isReady) rehearse()
      }}
    >
      {t('control.dry-run')}
    </button>
  )
}
