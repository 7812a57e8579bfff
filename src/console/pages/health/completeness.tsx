/** How much of the last 30 days is there, per kit, and why not the rest: a strip of days and a list of gaps. */
import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import type { LiveKit } from '../../api-shapes.ts'
import { day, duration, moment, percent } from '../../format.ts'
import { nameOf } from '../../kit-name.ts'
import { AskedProblem } from '../../parts/asked-problem.tsx'
import { Card } from '../../parts/card.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import type { Gaps as GapsOfKit } from '../../past-shapes.ts'
import { useAnswer } from '../../use-answer.ts'
import { useLanguage } from '../../use-language.tsx'
import type { Completeness, CoveredPeriod } from './collector-shapes.ts'
import { causesOf, causesOfAll } from './missing-causes.ts'

const WHOLE_PCT = 99.5
const MOSTLY_PCT = 90
const EVERY_MS = 60_000
const MOST_GAPS = 100

const toneOf = (pct: number): string => (pct >= WHOLE_PCT ? 'whole' : pct >= MOSTLY_PCT ? 'mostly' : 'holed')

const Day = ({ period, timeZone }: { period: CoveredPeriod; timeZone: string }) => {
  const { t, locale } = useLanguage()
  const { start_ms, completeness_pct } = period
  const causes = causesOf(period).map(({ key, seconds }) => `${t(key)}: ${duration(seconds, locale)}`)
  const words = [`${day(start_ms, locale, timeZone)}: ${percent(completeness_pct, locale, 1)}`, ...causes].join('\n')
  return (
    <li class={`day is-${completeness_pct === undefined ? 'unknown' : toneOf(completeness_pct)}`} title={words}>
      <span class="visually-hidden">{words}</span>
      <span class="day-level" style={{ height: `${Math.max(4, completeness_pct ?? 0)}%` }} />
    </li>
  )
}

const Gaps = ({ sn }: { sn: string }) => {
  const { t, said, locale } = useLanguage()
  const asked = useAnswer<GapsOfKit>(`api/v1/kits/${encodeURIComponent(sn)}/gaps?from=-30d`, EVERY_MS)
  const { answer, error } = asked
  if (error && !answer) return <AskedProblem asked={[asked]} />
  if (!answer) return <p class="faint">{t('app.loading')}</p>
  const gaps = [...answer.gaps].reverse()
  if (gaps.length === 0) return <p>{t('health.gaps.none')}</p>
  return (
    <Scroll label={t('health.gaps')}>
      <table class="gap-table">
        <caption class="visually-hidden">{t('health.gaps')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('health.gaps.from')}</th>
            <th scope="col">{t('health.gaps.lasted')}</th>
            <th scope="col">{t('health.gaps.of')}</th>
            <th scope="col">{t('health.gaps.why')}</th>
          </tr>
        </thead>
        <tbody>
          {gaps.slice(0, MOST_GAPS).map((gap) => (
            <tr key={`${gap.start_ms} ${gap.module_sn}`}>
              <td>{moment(gap.start_ms, locale, answer.time_zone)}</td>
              <td>
                {duration(gap.duration_s, locale)}
                {gap.is_open && <strong> · {t('health.gaps.open')}</strong>}
              </td>
              <td>{gap.module_sn === 'all' ? t('history.whole-kit') : gap.module_sn}</td>
              <td>{said(gap.text)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {gaps.length > MOST_GAPS && <p class="faint">{t('health.gaps.more', { n: gaps.length - MOST_GAPS })}</p>}
    </Scroll>
  )
}

const Days = ({ answer }: { answer: Completeness }) => {
  const { t, locale } = useLanguage()
  const { periods, time_zone } = answer
  const causes = causesOfAll(periods)
  if (periods.length === 0) return <p>{t('history.nothing-yet')}</p>
  return (
    <>
      <ol class="days">
        {periods.map((period) => (
          <Day key={period.start_ms} period={period} timeZone={time_zone} />
        ))}
      </ol>
      <p class="day-ends faint">
        <span>{day(periods[0]?.start_ms, locale, time_zone)}</span>
        <span>{day(periods.at(-1)?.start_ms, locale, time_zone)}</span>
      </p>
      {causes.length > 0 && (
        <dl class="facts">
          {causes.map(({ key, seconds }) => (
            <Fragment key={key}>
              <dt>{t(key)}</dt>
              <dd>{duration(seconds, locale)}</dd>
            </Fragment>
          ))}
        </dl>
      )}
    </>
  )
}

const OfKit = ({ sn }: { sn: string }) => {
  const { t } = useLanguage()
  const path = `api/v1/kits/${encodeURIComponent(sn)}/completeness?from=-30d`
  const asked = useAnswer<Completeness>(path, EVERY_MS)
  const { answer, error } = asked
  return (
    <>
      <AskedProblem asked={[asked]} />
      {answer ? <Days answer={answer} /> : !error && <p class="faint">{t('app.loading')}</p>}
      <h3>{t('health.gaps')}</h3>
      <Gaps sn={sn} />
    </>
  )
}

/** One kit at a time: of many the answers would be too much to ask at once. */
export const Completenesses = ({ kits }: { kits: readonly LiveKit[] }) => {
  const { t } = useLanguage()
  const [chosen, choose] = useState<string>()
  const kit = kits.find(({ kit_sn }) => kit_sn === chosen) ?? kits[0]
  if (kit === undefined) return null
  const choice = kits.length > 1 && (
    <select
      aria-label={t('kits.column.kit')}
      value={kit.kit_sn}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {kits.map((one) => (
        <option key={one.kit_sn} value={one.kit_sn}>
          {nameOf(one)}
        </option>
      ))}
    </select>
  )
  return (
    <Card title={t('health.complete')} aside={choice} wide>
      <OfKit key={kit.kit_sn} sn={kit.kit_sn} />
    </Card>
  )
}
