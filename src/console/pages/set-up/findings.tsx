/** What the doctor found of the keys, and what can be done with them. */
import { useEffect, useRef } from 'preact/hooks'
import { Card } from '../../parts/card.tsx'
import { useFindingName } from '../../parts/finding-name.ts'
import { Said } from '../../parts/said.tsx'
import type { CheckedKeys, Finding } from '../../set-up-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import type { SetUp } from './use-set-up.ts'

const LOOK = { pass: 'is-good', warn: 'is-watch', fail: 'is-bad', skip: '' } as const

const FindingItem = ({ finding: { state, what, text, todo } }: { finding: Finding }) => {
  const { t } = useLanguage()
  const nameOf = useFindingName('main')
  return (
    <li>
      <p>
        <span class={`badge ${LOOK[state]}`}>{t(`set-up.state.${state}`)}</span> <strong>{nameOf(what)}</strong>:{' '}
        <Said text={text} />
      </p>
      {todo !== '' && (
        <p class="faint">
          {t('set-up.todo')} <Said text={todo} />
        </p>
      )}
    </li>
  )
}

const useVerdict = ({ are_keys_taken, kits }: CheckedKeys): string => {
  const { t, locale } = useLanguage()
  if (!are_keys_taken) return t('set-up.refused')
  const names = new Intl.ListFormat(locale).format(kits.map(({ kit_sn, name }) => name || kit_sn))
  return kits.length === 0 ? t('set-up.taken.none') : t('set-up.taken', { n: kits.length, names })
}

/** Goes where the person is to look next, also on a small screen and for a screen reader. */
const Verdict = ({ checked }: { checked: CheckedKeys }) => {
  const place = useRef<HTMLParagraphElement>(null)
  const words = useVerdict(checked)
  useEffect(() => place.current?.focus(), [checked])
  return (
    <p ref={place} tabIndex={-1} class="set-up-verdict">
      {words}
    </p>
  )
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
