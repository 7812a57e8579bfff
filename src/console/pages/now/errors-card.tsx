/** Active errors in words: what, where, since when. */
import type { ActiveError } from '../../api-shapes.ts'
import { duration, moment } from '../../format.ts'
import type { HeardModule } from '../../live-state.ts'
import { Icon } from '../../parts/icon.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useKitZone, useNow } from '../../use-live.tsx'
import { moduleName } from './module-name.ts'

interface ErrorsCardProps {
  readonly errors: readonly ActiveError[]
  readonly modules: readonly HeardModule[]
}

const ErrorRow = ({ error, modules, now }: { error: ActiveError; modules: readonly HeardModule[]; now: number }) => {
  const { t, said, locale } = useLanguage()
  const zone = useKitZone()
  const { tags, code, meaning, module_sn, since_ms } = error
  const place = [
    said(moduleName(modules, module_sn, error.measurement)),
    module_sn,
    ...(tags.circuit ? [t('now.circuit', { number: Number(tags.circuit) })] : []),
    ...(tags.input ? [t('now.input', { number: Number(tags.input) })] : []),
  ]
  return (
    <li>
      <Icon name="warning" />
      <div>
        <strong>{said(meaning)}</strong>
        <p>{place.join(' · ')}</p>
        <p>
          {t('now.error.since', {
            moment: moment(since_ms, locale, zone),
            duration: duration((now - since_ms) / 1000, locale),
          })}{' '}
          · {t('now.error.code', { code })}
        </p>
      </div>
    </li>
  )
}

export const ErrorsCard = ({ errors, modules }: ErrorsCardProps) => {
  const { t } = useLanguage()
  const now = useNow()
  return (
    <section class="card errors" aria-labelledby="errors">
      <h2 id="errors">{t('now.errors', { n: errors.length })}</h2>
      <ul>
        {errors.map((error) => (
          <ErrorRow
            key={`${error.module_sn} ${error.meaning} ${Object.values(error.tags)}`}
            {...{ error, modules, now }}
          />
        ))}
      </ul>
      <p class="faint">{t('now.errors.help')}</p>
    </section>
  )
}
