/** Where reports come from: sessions with brokers, the vendor's API, and what of their budgets is used. */
import { duration, moment, quantity } from '../../format.ts'
import { Age } from '../../parts/age.tsx'
import { Card } from '../../parts/card.tsx'
import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import type { AccountState } from './collector-shapes.ts'
import { Mark } from './mark.tsx'

const Budget = ({ of }: { of: { today: number; limit: number } }) => {
  const { t } = useLanguage()
  return (
    <>
      <meter min={0} max={of.limit} high={of.limit * 0.7} value={of.today} aria-hidden="true" />{' '}
      {t('health.budget', { used: of.today, limit: of.limit })}
    </>
  )
}

const Session = ({ session }: Pick<AccountState, 'session'>) => {
  const { t, locale } = useLanguage()
  const { is_connected, state, since_ms, topics, connects, client_ids, problem } = session
  const granted = topics.filter((topic) => topic.is_granted).length
  return (
    <>
      <dt>{t('health.session')}</dt>
      <dd>
        {t(`health.session.${state}`)}{' '}
        <span class="faint">{t('health.since', { moment: moment(since_ms, locale) })}</span>
        {!is_connected && problem && (
          <p>
            <Said text={problem} />
          </p>
        )}
      </dd>
      <dt>{t('health.topics')}</dt>
      <dd>{t('health.topics.granted', { granted, n: topics.length })}</dd>
      {connects && (
        <>
          <dt>{t('health.connects')}</dt>
          <dd>
            <Budget of={connects} />
          </dd>
        </>
      )}
      {client_ids && (
        <>
          <dt>{t('health.client-ids')}</dt>
          <dd>
            <Budget of={client_ids} />
          </dd>
        </>
      )}
    </>
  )
}

const CloudApi = ({ http, at }: { http: NonNullable<AccountState['http']>; at: number }) => {
  const { t } = useLanguage()
  return (
    <>
      <dt>{t('health.http')}</dt>
      <dd>
        {http.last_ok_age_s === undefined ? t('health.none-yet') : <Age ageS={http.last_ok_age_s} at={at} />}
        {http.problem && (
          <p>
            <Said text={http.problem} />
          </p>
        )}
      </dd>
      <dt>{t('health.requests')}</dt>
      <dd>{http.requests_last_minute}</dd>
    </>
  )
}

const clockWords = (offsetMs: number, locale: string): string =>
  Math.abs(offsetMs) < 60_000
    ? quantity(offsetMs / 1000, 's', 1, locale)
    : `${offsetMs < 0 ? '−' : ''}${duration(Math.abs(offsetMs) / 1000, locale)}`

const Account = ({ account, at }: { account: AccountState; at: number }) => {
  const { t, locale } = useLanguage()
  const { name, host, kits, session, http, clock_offset_ms } = account
  const isWell = session.is_connected && http?.is_down !== true
  return (
    <Card
      title={`${t(`health.account.${account.kind}`)} ${name}`}
      aside={<Mark tone={isWell ? 'good' : 'bad'} word={t(isWell ? 'health.account.well' : 'health.account.away')} />}
    >
      <dl class="facts">
        <dt>{t('health.host')}</dt>
        <dd class="breaks">{host ?? t('health.none-yet')}</dd>
        <dt>{t('page.kits')}</dt>
        <dd>{kits.length}</dd>
        <Session session={session} />
        {http && <CloudApi http={http} at={at} />}
        {clock_offset_ms !== undefined && (
          <>
            <dt>{t('health.clock')}</dt>
            <dd>{clockWords(clock_offset_ms, locale)}</dd>
          </>
        )}
      </dl>
    </Card>
  )
}

export const Accounts = ({ accounts, at }: { accounts: readonly AccountState[]; at: number }) => (
  <>
    {accounts.map((account) => (
      <Account key={account.name} account={account} at={at} />
    ))}
  </>
)
