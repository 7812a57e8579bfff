/** The page on which a person connects an account in place of the demonstration. */

import { TokenGate } from '../../frame/token-gate.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Said } from '../../parts/said.tsx'
import { hashOf } from '../../route.ts'
import type { Setup } from '../../set-up-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import { Findings } from './findings.tsx'
import { KeysForm } from './keys-form.tsx'
import { MakeKeys } from './make-keys.tsx'
import './set-up.css'
import { type Phase, useSetUp } from './use-set-up.ts'

const Off = () => {
  const { t } = useLanguage()
  return (
    <p>
      {t('set-up.off')} <a href={hashOf({ page: 'kits' })}>{t('app.all-kits')}</a>
    </p>
  )
}

/** What stands in the way of saving, or stood in the way of collecting. */
const Obstacles = ({ elsewhere, problem }: Pick<Setup, 'elsewhere' | 'problem'>) => {
  const { t } = useLanguage()
  return (
    <>
      {problem !== undefined && (
        <p class="note is-bad" role="alert">
          {t('set-up.start-failed')} <Said text={problem} />
        </p>
      )}
      {elsewhere !== undefined && (
        <p class="note">
          {t('set-up.elsewhere')} <Said text={elsewhere} />
        </p>
      )}
    </>
  )
}

const PROGRESS = {
  checking: 'set-up.checking',
  saving: 'set-up.checking',
  changing: 'set-up.changing',
  slow: 'set-up.slow',
} as const

/** Stands there empty from the beginning, so that a screen reader tells of what comes. */
const Progress = ({ phase }: { phase: Phase }) => {
  const { t } = useLanguage()
  return (
    <p class="set-up-progress" role="status">
      {phase === 'typing' ? '' : t(PROGRESS[phase])}
    </p>
  )
}

export const SetUpPage = () => {
  const { t } = useLanguage()
  const setUp = useSetUp()
  const { standing, phase } = setUp
  const isOpen = standing.answer?.is_open === true
  const isLeaving = phase === 'changing' || phase === 'slow'
  // Off loopback the collector asks for its token here, too.
  if (standing.error?.code.startsWith('token_') && !isLeaving) return <TokenGate error={standing.error} />
  return (
    <>
      <header class="page-head">
        <h1>{t('set-up.title')}</h1>
      </header>
      <Progress phase={phase} />
      {standing.error && !isLeaving && <ProblemNote error={standing.error} again={standing.again} />}
      {standing.answer && !isOpen && !isLeaving && <Off />}
      {isOpen && !isLeaving && (
        <>
          <Obstacles {...standing.answer} />
          <div class="cards">
            <MakeKeys />
            <KeysForm setUp={setUp} />
            <Findings setUp={setUp} />
          </div>
        </>
      )}
    </>
  )
}
