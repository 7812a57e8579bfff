/** How a kit or module is doing, in a word with a shape of its own, so that colour is never alone. */
import type { Verdict } from '../api-shapes.ts'
import { useLanguage } from '../use-language.tsx'

type Tone = 'good' | 'watch' | 'bad'

const TONES: Readonly<Record<Verdict, Tone>> = {
  live: 'good',
  quiet: 'good',
  asleep: 'good',
  degraded: 'watch',
  silent: 'bad',
  frozen: 'bad',
  offline: 'bad',
  cloud_down: 'bad',
  unheard: 'bad',
}

const SIGNS: Readonly<Record<Tone, string>> = { good: '●', watch: '◆', bad: '▲' }

/** As which it is coloured. */
export const toneOf = (verdict: Verdict): Tone => TONES[verdict]

/** Whether nobody needs to do anything. */
export const isWell = (verdict: Verdict): boolean => TONES[verdict] === 'good'

/** While the collector is not heard, nobody knows. */
export const UnknownBadge = () => {
  const { t } = useLanguage()
  return (
    <span class="badge is-watch">
      <span aria-hidden="true">{SIGNS.watch}</span> {t('chart.unknown')}
    </span>
  )
}

export const VerdictBadge = ({ verdict }: { verdict: Verdict }) => {
  const { t } = useLanguage()
  const tone = TONES[verdict]
  return (
    <span class={`badge is-${tone}`}>
      <span aria-hidden="true">{SIGNS[tone]}</span> {t(`verdict.${verdict}`)}
    </span>
  )
}
