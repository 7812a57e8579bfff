/** How old a value is, going on by the second. */
import { duration } from '../format.ts'
import { useLanguage } from '../use-language.tsx'
import { useNow } from '../use-live.tsx'

const JUST_NOW_S = 3

/** `ageS` as it was at `at`, epoch ms of the collector. */
export const Age = ({ ageS, at }: { ageS: number; at: number }) => {
  const { t, locale } = useLanguage()
  const seconds = Math.max(0, ageS + (useNow() - at) / 1000)
  return (
    <span class="age">
      {seconds < JUST_NOW_S ? t('age.now') : t('age.ago', { duration: duration(seconds, locale) })}
    </span>
  )
}
