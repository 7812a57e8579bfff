/** How long the battery lasts, or takes to be full: the kit's own estimate, in words. */
import type { LiveKit } from './api-shapes.ts'
import { duration } from './format.ts'
import type { Speech } from './use-language.tsx'

/** Undefined where the kit does not say. */
export const timeLeftOf = (
  { to_empty_s, to_full_s }: Pick<LiveKit, 'to_empty_s' | 'to_full_s'>,
  { t, locale }: Pick<Speech, 't' | 'locale'>,
): string | undefined => {
  if (to_full_s !== undefined) return t('now.battery.full-in', { duration: duration(to_full_s, locale) })
  if (to_empty_s !== undefined) return t('now.battery.empty-in', { duration: duration(to_empty_s, locale) })
  return undefined
}
