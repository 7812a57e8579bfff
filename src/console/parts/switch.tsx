/**
 * On or off. It stands as the thing itself stands, and turns only when that does; where nobody knows how it stands there
 * are two buttons instead, so that nothing is claimed.
 */
import { useLanguage } from '../use-language.tsx'
import './switch.css'

interface SwitchProps {
  /** Id of what says what is switched. */
  readonly labelledBy: string
  /** Undefined: not known. */
  readonly isOn: boolean | undefined
  /** It takes nothing now: something is under way, or it must not be used. */
  readonly isBusy?: boolean
  onChange(isOn: boolean): void
}

const WORDS = { true: 'switch.on', false: 'switch.off' } as const

const Pair = ({ labelledBy, isBusy, onChange }: Omit<SwitchProps, 'isOn'>) => {
  const { t } = useLanguage()
  return (
    <fieldset class="switch-pair" aria-labelledby={labelledBy}>
      {[true, false].map((isOn) => (
        <button
          key={String(isOn)}
          type="button"
          aria-disabled={isBusy}
          onClick={() => {
            if (!isBusy) onChange(isOn)
          }}
        >
          {t(`switch.turn-${isOn ? 'on' : 'off'}`)}
        </button>
      ))}
    </fieldset>
  )
}

export const Switch = ({ labelledBy, isOn, isBusy = false, onChange }: SwitchProps) => {
  const { t } = useLanguage()
  if (isOn === undefined) return <Pair labelledBy={labelledBy} isBusy={isBusy} onChange={onChange} />
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={isOn}
      aria-labelledby={labelledBy}
      aria-disabled={isBusy}
      onClick={() => {
        if (!isBusy) onChange(!isOn)
      }}
    >
      <span class="switch-track" aria-hidden="true">
        <span class="switch-thumb" />
      </span>
      <span class="switch-word" aria-hidden="true">
        {t(WORDS[`${isOn}`])}
      </span>
    </button>
  )
}
