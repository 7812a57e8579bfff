/** Code and keys, as a person types them in. */
import { useId, useState } from 'preact/hooks'
import { Card } from '../../parts/card.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useLanguage } from '../../use-language.tsx'
import { Field } from './field.tsx'
import { isKey } from './key-form.ts'
import type { SetUp } from './use-set-up.ts'

const REGIONS = ['auto', 'eu', 'us'] as const

const Region = ({ value, onChoose }: { value: string; onChoose: (region: string) => void }) => {
  const { t } = useLanguage()
  const id = useId()
  return (
    <div class="set-up-field">
      <label for={id}>{t('set-up.region')}</label>
      <select id={id} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {REGIONS.map((region) => (
          <option key={region} value={region}>
            {t(`set-up.region.${region}`)}
          </option>
        ))}
      </select>
    </div>
  )
}

const CODE_REFUSED = ['setup_code_wrong', 'setup_code_spent']

const Refused = ({ error, standing }: Pick<SetUp, 'error' | 'standing'>) => {
  const { t } = useLanguage()
  if (error === undefined) return null
  if (!CODE_REFUSED.includes(error.code)) return <ProblemNote error={error} />
  const left = standing.answer?.tries_left
  const isSpent = error.code === 'setup_code_spent' || left === 0
  return (
    <p class="note is-bad" role="alert">
      {isSpent
        ? t('set-up.code.spent')
        : left === undefined
          ? t('set-up.code.wrong')
          : t('set-up.code.left', { n: left })}
    </p>
  )
}

const KEYS = ['access_key', 'secret_key'] as const

/** Nothing is said of a key before it is handed in, and nothing is handed in that is none. */
const useKeys = ({ typed, phase, check }: SetUp) => {
  const { t } = useLanguage()
  const [isTried, setIsTried] = useState(false)
  const wrong = KEYS.filter((key) => !isKey(typed[key]))
  return {
    problemOf: (key: (typeof KEYS)[number]) => (isTried && wrong.includes(key) ? t('set-up.no-key') : undefined),
    submit: (event: SubmitEvent): void => {
      event.preventDefault()
      setIsTried(true)
      const [first] = wrong
      const form = event.currentTarget as HTMLFormElement
      if (first !== undefined) form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
      else if (phase === 'typing') check()
    },
  }
}

export const KeysForm = ({ setUp }: { setUp: SetUp }) => {
  const { t } = useLanguage()
  const { typed, type, phase, error, standing } = setUp
  const { problemOf, submit } = useKeys(setUp)
  return (
    <Card title={t('set-up.form.title')}>
      <form class="set-up-form" onSubmit={submit}>
        <Field
          name="code"
          label={t('set-up.code')}
          hint={t('set-up.code.hint')}
          value={typed.code}
          isWrong={error !== undefined && CODE_REFUSED.includes(error.code)}
          onType={(code) => type({ code })}
        />
        <Field
          name="access_key"
          label={t('set-up.access')}
          value={typed.access_key}
          problem={problemOf('access_key')}
          onType={(access_key) => type({ access_key })}
        />
        <Field
          name="secret_key"
          label={t('set-up.secret')}
          hint={t('set-up.secret.hint')}
          value={typed.secret_key}
          problem={problemOf('secret_key')}
          isSecret
          onType={(secret_key) => type({ secret_key })}
        />
        <Region value={typed.region} onChoose={(region) => type({ region })} />
        <button type="submit" class={setUp.checked?.are_keys_taken ? '' : 'is-main'} aria-disabled={phase !== 'typing'}>
          {t('set-up.check')}
        </button>
        <Refused error={error} standing={standing} />
      </form>
    </Card>
  )
}
