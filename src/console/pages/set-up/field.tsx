/** A field of the form with its label, its hint and what is wrong with it; a secret one can be shown while it is typed. */
import { useId, useState } from 'preact/hooks'
import { useLanguage } from '../../use-language.tsx'

const HIDDEN = { type: 'password' } as const
const SHOWN = { type: 'text' } as const

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly isSecret?: boolean
  readonly isWrong?: boolean
  /** What is wrong, where it is not said elsewhere. */
  readonly problem?: string | undefined
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

export const Field = ({ name, label, hint, value, isSecret = false, isWrong = false, problem, onType }: FieldProps) => {
  const id = useId()
  const [isShown, setIsShown] = useState(false)
  const describedBy = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div class="set-up-field">
      <label for={id}>{label}</label>
      <div class="set-up-line">
        <input
          id={id}
          name={name}
          {...(isSecret && !isShown ? HIDDEN : SHOWN)}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          required
          value={value}
          aria-invalid={isWrong || problem !== undefined}
          {...(describedBy !== '' && { 'aria-describedby': describedBy })}
          onInput={(event) => onType(event.currentTarget.value)}
        />
        {isSecret && <ShowButton isShown={isShown} toggle={() => setIsShown(!isShown)} of={id} />}
      </div>
      {problem !== undefined && (
        <p id={`${id}-problem`} class="set-up-problem">
          {problem}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="faint">
          {hint}
        </p>
      )}
    </div>
  )
}
