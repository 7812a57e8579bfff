/** What is known of a power besides itself: what it is made of, how old it is, what it was before it was lost. */
import { number, watts } from '../../format.ts'
import { useAgo } from '../../parts/age.tsx'
import { useLanguage } from '../../use-language.tsx'
import type { FlowFact } from './flow-facts.ts'
import { batteryWord } from './flow-look.ts'

export const useNotes = (): ((fact: FlowFact) => readonly string[]) => {
  const { t, locale } = useLanguage()
  const ago = useAgo()
  const before = (name: FlowFact['name'], last: number) =>
    name === 'battery'
      ? t('now.battery.last', { word: t(batteryWord(last)), power: watts(Math.abs(last), locale) })
      : t('now.last', { power: watts(last, locale) })
  return ({ name, lastWatts, parts, heardAt }) => [
    ...(lastWatts === undefined ? [] : [before(name, lastWatts)]),
    ...(parts === undefined ? [] : [`${parts.map((part) => number(part, locale)).join(' + ')}\u00a0W`]),
    ...(heardAt === undefined ? [] : [ago(heardAt)]),
  ]
}
