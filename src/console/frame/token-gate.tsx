/** In the place of a page where the collector tells nothing without a token. */
import type { ApiError } from '../api.ts'
import { TokenEntry } from '../parts/token-entry.tsx'
import { useLanguage } from '../use-language.tsx'

export const TokenGate = ({ error }: { error: ApiError }) => {
  const { t } = useLanguage()
  return (
    <section class="card">
      <h1>{t('token.needed')}</h1>
      <p>{t('token.which')}</p>
      <TokenEntry problem={error} />
    </section>
  )
}
