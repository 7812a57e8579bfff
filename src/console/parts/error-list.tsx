/** Errors that a module reports, in words, each with the time since which it stands. */
import type { ActiveError } from '../api-shapes.ts'
import { duration } from '../format.ts'
import { useLanguage } from '../use-language.tsx'
import { useLive, useNow } from '../use-live.tsx'
import './error-list.css'
import { Icon } from './icon.tsx'
import { Said } from './said.tsx'

/** Active errors of a module, or of a part of it that the tags name. */
export const useErrors = (sn: string, tags: Readonly<Record<string, string>> = {}): readonly ActiveError[] => {
  const { kit } = useLive()
  const isMeant = (error: ActiveError) =>
    error.module_sn === sn && Object.entries(tags).every(([tag, value]) => error.tags[tag] === value)
  return kit?.errors.filter(isMeant) ?? []
}

export const ErrorList = ({ errors }: { errors: readonly ActiveError[] }) => {
  const { t, locale } = useLanguage()
  const now = useNow()
  if (errors.length === 0) return null
  return (
    <ul class="error-list">
      {errors.map((error) => (
        <li key={`${JSON.stringify(error.tags)} ${error.code}`}>
          <Icon name="warning" size={18} />
          <span>
            <strong>
              <Said text={error.meaning} />
            </strong>{' '}
            <span class="faint">
              {t('errors.since', {
                duration: duration((now - error.since_ms) / 1000, locale),
              })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
