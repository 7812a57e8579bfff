/** Where values go, and what waits on the way there. */
import { bytes, duration, quantity } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import type { DrainState, SpoolState } from './collector-shapes.ts'
import { Mark } from './mark.tsx'

const HOUR_S = 3_600

export const StoreCard = ({
  store,
  drain,
  spool,
}: {
  store: 'embedded' | 'influx'
  drain: DrainState
  spool: SpoolState
}) => {
  const { t, locale } = useLanguage()
  const { problem, last_answer, latency_ms, kept_for_s } = drain
  const isAway = problem !== undefined
  return (
    <Card
      title={t('health.store')}
      aside={<Mark tone={isAway ? 'bad' : 'good'} word={t(isAway ? 'health.store.away' : 'health.store.takes')} />}
    >
      <dl class="facts">
        <dt>{t('health.store.kind')}</dt>
        <dd>{t(`health.store.${store}`)}</dd>
        <dt>{t('health.store.answer')}</dt>
        <dd>{last_answer === undefined ? t('health.none-yet') : t(`health.store.${last_answer}`)}</dd>
        <dt>{t('health.store.latency')}</dt>
        <dd>{quantity(latency_ms, 'ms', 0, locale)}</dd>
      </dl>
      {problem && (
        <p class="note is-bad">
          <span>
            <Said text={`${problem.message} ${problem.help}`} />
          </span>
          <span>
            {t('health.store.kept', { n: spool.records_waiting, duration: duration(kept_for_s ?? 0, locale) })}
          </span>
        </p>
      )}
    </Card>
  )
}

export const SpoolCard = ({ spool }: { spool: SpoolState }) => {
  const { t, locale } = useLanguage()
  const { is_refusing, records_waiting, oldest_age_s, hours_left, recording_bytes } = spool
  return (
    <Card
      title={t('health.spool')}
      aside={
        <Mark
          tone={is_refusing ? 'bad' : 'good'}
          word={t(is_refusing ? 'health.spool.refuses' : 'health.spool.takes')}
        />
      }
    >
      <dl class="facts">
        <dt>{t('health.spool.waiting')}</dt>
        <dd>{quantity(records_waiting, '', 0, locale)}</dd>
        <dt>{t('health.spool.oldest')}</dt>
        <dd>{duration(oldest_age_s, locale)}</dd>
        <dt>{t('health.spool.size')}</dt>
        <dd>{bytes(spool.bytes, locale)}</dd>
        <dt>{t('health.spool.left')}</dt>
        <dd>{duration(hours_left === undefined ? undefined : hours_left * HOUR_S, locale)}</dd>
        <dt>{t('health.spool.recording')}</dt>
        <dd>{bytes(recording_bytes, locale)}</dd>
      </dl>
    </Card>
  )
}
