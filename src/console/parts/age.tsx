/** How old a value is, going on by the second. */
import { duration } from '../format.ts'
import { useLanguage } from '../use-language.tsx'
import { useNow } from '../use-live.tsx'

const JUST_NOW_S = 3

/** Says how long ago a time of the collector (epoch ms) was. */
export const useAgo = (): ((at: number) => string) => {
  const { t, locale } = useLanguage()
  const now = useNow()
  return (at) => {
    const seconds = Math.max(0, (now - at) / 1000)
    return seconds < JUST_NOW_S ? t('age.now') : t('age.ago', { duration: duration(seconds, locale) })
  }
}

/** `ageS` as it was at `at`, epoch ms of the collector. */
export const Age = ({ ageS, at }: { ageS: number; at: number }) => <span class="age">{useAgo()(at - ageS * 1000)}</span>
