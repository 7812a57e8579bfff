/** What is to be said of what is missing, beside the list of it. Pure. */
import type { LiveKit } from '../../api-shapes.ts'
import { moment } from '../../format.ts'
import type { MessageKey } from '../../language.ts'
import type { Gaps } from '../../past-shapes.ts'
import { isAhead } from './ranges.ts'

/** Of the language what is needed here. */
interface Words {
  readonly locale: string
  t(key: MessageKey, values?: Readonly<Record<string, string>>): string
  said(text: string): string
}

/** A silence that is not long enough for a gap yet, or whose gap is not asked for again yet. */
const silenceOf = (kit: LiveKit | undefined, { gaps, to_ms, time_zone }: Gaps, { t, said, locale }: Words) => {
  if (kit === undefined || kit.is_live) return undefined
  const { last_report_ms: lastAt, verdict_text } = kit
  if (lastAt === undefined) return said(verdict_text)
  const isTold = gaps.some(({ module_sn, end_ms }) => module_sn === 'all' && end_ms > lastAt)
  if (isTold || lastAt >= to_ms) return undefined
  return t('history.silent-since', { time: moment(lastAt, locale, time_zone), why: said(verdict_text) })
}

/** `beganAt`: if it lies in the range, nothing is known before it (epoch ms). `kit`: as it stands now. */
export const gapWords = (
  answer: Gaps,
  beganAt: number | undefined,
  kit: LiveKit | undefined,
  words: Words,
): readonly string[] => {
  const { t, locale } = words
  if (isAhead({ fromAt: answer.from_ms, at: answer.at })) return [t('history.ahead-all')]
  const silence = silenceOf(kit, answer, words)
  const isWhole = answer.gaps.length === 0 && silence === undefined
  const since =
    beganAt !== undefined &&
    t(isWhole ? 'history.no-gaps-since' : 'history.first-heard', { time: moment(beganAt, locale, answer.time_zone) })
  return [since || (isWhole && t('history.no-gaps')), silence].filter((text) => typeof text === 'string')
}
