/**
 * Where a token is entered. Promises: it is tried before it is kept, it is kept for this tab alone, and what is wrong
 * with it is told in words. It never stands in the page's address, nor in what the browser stores for longer.
 */
import { useId, useState } from 'preact/hooks'
import { ApiError, askAs } from '../api.ts'
import type { Caller } from '../api-shapes.ts'
import type { MessageKey } from '../language.ts'
import { keepToken } from '../token.ts'
import { useLanguage } from '../use-language.tsx'
import { Icon } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'
import './token-entry.css'

const REFUSED: Readonly<Record<string, MessageKey>> = {
  token_wrong: 'token.wrong',
  token_expired: 'token.expired',
}

const Refused = ({ error }: { error: ApiError }) => {
  const { t } = useLanguage()
  const key = REFUSED[error.code]
  if (key === undefined) return <ProblemNote error={error} />
  return (
    <p class="note is-bad" role="alert">
      <Icon name="warning" /> {t(key)}
    </p>
  )
}

/** What a header cannot carry is no token; asking would fail as if nobody answered. */
const isSendable = (token: string): boolean => /^[\x21-\x7e]+$/.test(token)

const NO_TOKEN = new ApiError({ type: 'token_wrong', status: 401, title: '', detail: '' })

const useTrial = () => {
  const [error, setError] = useState<ApiError>()
  const [isTrying, setIsTrying] = useState(false)
  const attempt = async (token: string) => {
    if (isTrying || token === '') return
    if (!isSendable(token)) return setError(NO_TOKEN)
    setIsTrying(true)
    setError(undefined)
    await askAs<Caller>(token, 'api/v1/caller').then(
      () => keepToken(token),
      (reason: unknown) => {
        if (reason instanceof ApiError) setError(reason)
      },
    )
    setIsTrying(false)
  }
  return { error, isTrying, attempt }
}

/** `problem`: what is wrong with the token that is held. */
export const TokenEntry = ({ problem }: { problem?: ApiError | undefined }) => {
  const { t } = useLanguage()
  const id = useId()
  const [token, setToken] = useState('')
  const { error = problem, isTrying, attempt } = useTrial()
  return (
    <form
      class="token-entry"
      onSubmit={(event) => {
        event.preventDefault()
        attempt(token.trim())
      }}
    >
      <label for={id}>{t('token.label')}</label>
      <div class="token-line">
        <input
          id={id}
          type="password"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          required
          value={token}
          aria-describedby={`${id}-hint`}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <button type="submit" class="is-main" aria-disabled={isTrying}>
          {t(isTrying ? 'token.trying' : 'token.enter')}
        </button>
      </div>
      <p id={`${id}-hint`} class="faint">
        {t('token.hint')}
      </p>
      {error && error.code !== 'token_missing' && <Refused error={error} />}
    </form>
  )
}
