/** What is to be known before anything on the page is believed: no connection, a demonstration, a token that is asked for. */

import { clockTime } from '../format.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { hashOf } from '../route.ts'
import { useLanguage } from '../use-language.tsx'
import { useLive } from '../use-live.tsx'

const Lost = () => {
  const { t, locale } = useLanguage()
  const { link, at, kit, error } = useLive()
  if (link !== 'lost') return null
  // The page itself asks for the token, or says that there is no such kit.
  if (error?.code.startsWith('token_') || error?.code.startsWith('kit_')) return null
  if (error !== undefined && error.code !== 'unreachable') return <ProblemNote error={error} />
  return (
    <p class="note is-bad" role="alert">
      {at === 0
        ? t('app.link.never')
        : t('app.link.lost', { time: clockTime(kit?.at ?? at, locale, kit?.kit.time_zone) })}
    </p>
  )
}

const Demonstration = () => {
  const { t } = useLanguage()
  const { isDemonstration } = useLive()
  if (!isDemonstration) return null
  return (
    <p class="note is-demonstration">
      <strong>{t('app.demonstration')}</strong>{' '}
      <a href={hashOf({ page: 'set-up' })}>{t('app.demonstration.connect')}</a>
    </p>
  )
}

export const Notices = () => (
  <>
    <Lost />
    <Demonstration />
  </>
)
