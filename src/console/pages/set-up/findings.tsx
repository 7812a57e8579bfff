/** What the doctor found of the keys, and what can be done with them. */
import type { Finding } from '../../api-shapes.ts'
import type { MessageKey } from '../../language.ts'
import { Card } from '../../parts/card.tsx'
import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import type { SetUp } from './use-set-up.ts'

const LOOK = { pass: 'is-good', warn: 'is-watch', fail: 'is-bad', skip: '' } as const

const WHATS: Readonly<Record<string, MessageKey>> = {
  DNS: 'set-up.what.dns',
  cloud: 'set-up.what.cloud',
  keys: 'set-up.what.keys',
  region: 'set-up.what.region',
  kits: 'set-up.what.kits',
  'client id': 'set-up.what.client-id',
  broker: 'set-up.what.broker',
  subscriptions: 'set-up.what.subscriptions',
  clock: 'set-up.what.clock',
}

const FindingItem = ({ finding: { state, what, text, todo } }: { finding: Finding }) => {
  const { t } = useLanguage()
  const name = what.replace(/^main, /, '')
  const key = WHATS[name]
  return (
    <li>
      <span class={`badge ${LOOK[state]}`}>{t(`set-up.state.${state}`)}</span>
      <div>
        <strong>{key === undefined ? name : t(key)}</strong>: <Said text={text} />
        {todo !== '' && (
          <p class="set-up-todo">
            {t('set-up.todo')} <Said text={todo} />
          </p>
        )}
      </div>
    </li>
  )
}

const Verdict = ({ checked }: Pick<SetUp, 'checked'>) => {
  const { t, locale } = useLanguage()
  if (!checked?.are_keys_taken) return <p>{t('set-up.refused')}</p>
  const { kits } = checked
  const names = new Intl.ListFormat(locale).format(kits.map(({ kit_sn, name }) => name || kit_sn))
  return <p>{kits.length === 0 ? t('set-up.taken.none') : t('set-up.taken', { n: kits.length, names })}</p>
}

export const Findings = ({ setUp }: { setUp: SetUp }) => {
  const { t } = useLanguage()
  const { checked, phase, standing } = setUp
  if (checked === undefined) return null
  const isSaveable = checked.are_keys_taken && !checked.is_saved && standing.answer?.elsewhere === undefined
  return (
    <Card title={t('set-up.findings.title')}>
      <Verdict checked={checked} />
      {isSaveable && (
        <button
          type="button"
          class="is-main"
          aria-disabled={phase !== 'typing'}
          onClick={() => phase === 'typing' && setUp.save()}
        >
          {t('set-up.save')}
        </button>
      )}
      <ul class="set-up-findings">
        {checked.findings.map((finding) => (
          <FindingItem key={finding.what} finding={finding} />
        ))}
      </ul>
    </Card>
  )
}
