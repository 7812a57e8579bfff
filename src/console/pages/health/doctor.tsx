/** An examination on demand: keys, clock, sessions, disk, store, each in words with what to do. */
import { useState } from 'preact/hooks'
import { ApiError, ask } from '../../api.ts'
import { Age } from '../../parts/age.tsx'
import { Card } from '../../parts/card.tsx'
import { useFindingName } from '../../parts/finding-name.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Said } from '../../parts/said.tsx'
import type { Finding } from '../../set-up-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import type { Findings } from './collector-shapes.ts'
import { Mark, type Tone } from './mark.tsx'

const TONES: Readonly<Record<Finding['state'], Tone>> = { pass: 'good', warn: 'watch', fail: 'bad', skip: 'watch' }

const Found = ({ finding }: { finding: Finding }) => {
  const { t } = useLanguage()
  const nameOf = useFindingName()
  const { state, what, text, todo } = finding
  return (
    <li>
      <Mark tone={TONES[state]} word={t(`health.doctor.${state}`)} />
      <span>
        <strong>{nameOf(what)}</strong>: <Said text={text} />
        {todo !== '' && (
          <em>
            {' '}
            <Said text={todo} />
          </em>
        )}
      </span>
    </li>
  )
}

export const Doctor = () => {
  const { t } = useLanguage()
  const [found, setFound] = useState<Findings>()
  const [error, setError] = useState<ApiError>()
  const [isBusy, setIsBusy] = useState(false)
  const examine = async () => {
    setIsBusy(true)
    setError(undefined)
    try {
      setFound(await ask<Findings>('api/v1/doctor'))
    } catch (reason) {
      if (reason instanceof ApiError) setError(reason)
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Card
      title={t('health.doctor')}
      wide
      aside={
        <button type="button" disabled={isBusy} onClick={examine}>
          {t(isBusy ? 'health.doctor.busy' : 'health.doctor.examine')}
        </button>
      }
    >
      {error && <ProblemNote error={error} />}
      <div aria-live="polite">
        {found === undefined ? (
          <p class="faint">{t('health.doctor.about')}</p>
        ) : (
          <>
            <p>
              {t(found.is_well ? 'health.doctor.well' : 'health.doctor.unwell')} <Age ageS={0} at={found.at} />
            </p>
            <ul class="findings">
              {found.findings.map((finding) => (
                <Found key={`${finding.what} ${finding.text}`} finding={finding} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Card>
  )
}
