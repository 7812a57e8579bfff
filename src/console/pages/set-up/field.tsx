/** A field of the form with its label and its hint; a secret one can be shown while it is typed. */
import { useId, useState } from 'preact/hooks'
import { useLanguage } from '../../use-language.tsx'

const HIDDEN = { type: 'password' } as const
const SHOWN = { type: 'text' } as const

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly isSecret?: boolean
  readonly isWrong?: boolean
  readonly onType: (value: string) => void
}

const ShowButton = ({ isShown, toggle, of }: { isShown: boolean; toggle: () => void; of: string }) => {
  const { t } = useLanguage()
  return (
    <button type="button" aria-pressed={isShown} aria-controls={of} onClick={toggle}>
      {t('set-up.show')}
    </button>
  )
}

export const Field = ({ label, hint, value, isSecret = false, isWrong = false, onType }: FieldProps) => {
  const id = useId()
  const [isShown, setIsShown] = useState(false)
  return (
    <div class="set-up-field">
      <label for={id}>{label}</label>
      <div class="set-up-line">
        <input
          id={id}
          {...(isSecret && !isShown ? HIDDEN : SHOWN)}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          required
          value={value}
          aria-invalid={isWrong}
          {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })}
          onInput={(event) => onType(event.currentTarget.value)}
        />
        {isSecret && <ShowButton isShown={isShown} toggle={() => setIsShown(!isShown)} of={id} />}
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="faint">
          {hint}
        </p>
      )}
    </div>
  )
}
