/** Which kit this is and how it is doing: a word, the sentence behind it, and what its owner can do. */
import type { LiveKit, Verdict } from '../../api-shapes.ts'
import { moment } from '../../format.ts'
import { nameOf } from '../../kit-name.ts'
import type { MessageKey } from '../../language.ts'
import { Age } from '../../parts/age.tsx'
import { isWell, toneOf, VerdictBadge } from '../../parts/verdict.tsx'
import { hashOf } from '../../route.ts'
import { useLanguage } from '../../use-language.tsx'
import { zoneOf } from '../../zone.ts'

const TO_DO: Partial<Readonly<Record<Verdict, MessageKey>>> = {
  degraded: 'now.to-do.degraded',
  silent: 'now.to-do.silent',
  frozen: 'now.to-do.frozen',
  offline: 'now.to-do.offline',
  cloud_down: 'now.to-do.cloud_down',
  unheard: 'now.to-do.unheard',
}

/** Causes of gaps that say no more than the verdict. */
const SAID_BY_VERDICT: ReadonlySet<string> = new Set(['device_offline', 'cloud_down', 'mqtt_silent'])

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`

const Why = ({ kit }: { kit: LiveKit }) => {
  const { t, said, locale } = useLanguage()
  const { gap_cause, gap_text, gap_since_ms, last_report_ms, time_zone } = kit
  const toDo = TO_DO[kit.verdict]
  return (
    <div class={`note why is-${toneOf(kit.verdict)}`}>
      <p>
        <strong>{sentence(said(kit.verdict_text))}</strong>{' '}
        {gap_text !== undefined && !SAID_BY_VERDICT.has(gap_cause ?? '') && sentence(said(gap_text))}{' '}
        {gap_since_ms !== undefined && t('now.missing-since', { moment: moment(gap_since_ms, locale, time_zone) })}
        {gap_since_ms === undefined &&
          last_report_ms !== undefined &&
          t('now.last-report', { moment: moment(last_report_ms, locale, time_zone) })}
      </p>
      {toDo && (
        <p>
          {t(toDo)} <a href={hashOf({ page: 'health' })}>{t('now.to-health')}</a>
        </p>
      )}
    </div>
  )
}

const Doing = ({ kit }: { kit: LiveKit }) => {
  const { said } = useLanguage()
  return (
    <>
      <VerdictBadge verdict={kit.verdict} />{' '}
      {isWell(kit.verdict) ? sentence(said(kit.verdict_text)) : <Why kit={kit} />}
    </>
  )
}

/** Moments of a kit are told by its own clock: said where that is another one than the person's. */
const ClockNote = ({ kit: { time_zone } }: { kit: LiveKit }) => {
  const { t } = useLanguage()
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const now = Date.now()
  if (zoneOf(time_zone).wallOf(now) === zoneOf(here).wallOf(now)) return null
  return <p class="faint">{t('now.zone', { zone: time_zone.replaceAll('_', ' ') })}</p>
}

export const KitHead = ({ kit, at, isLinked }: { kit: LiveKit; at: number; isLinked: boolean }) => {
  const { t } = useLanguage()
  return (
    <header class="kit-head">
      <div class="page-head">
        <h1>{nameOf(kit)}</h1>
        <span class="faint">{kit.kit_sn}</span>
        {kit.is_laid_up === true && <span class="badge">{t('now.laid-up')}</span>}
      </div>
      <div aria-live="polite">
        {isLinked ? <Doing kit={kit} /> : <span class="badge is-watch">◆ {t('now.no-link')}</span>}
      </div>
      {kit.age_s !== undefined && (
        <p class="faint">
          {t('now.heard')} <Age ageS={kit.age_s} at={at} />
        </p>
      )}
      <ClockNote kit={kit} />
    </header>
  )
}
