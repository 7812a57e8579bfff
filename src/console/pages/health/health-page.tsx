/** How the collector does its work, and what is missing of the kits. */
import { AskedProblem } from '../../parts/asked-problem.tsx'
import { useAnswer } from '../../use-answer.ts'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { Accounts } from './accounts.tsx'
import type { CollectorState } from './collector-shapes.ts'
import { Completenesses } from './completeness.tsx'
import { Doctor } from './doctor.tsx'
import './health.css'
import { KitVerdicts } from './kit-verdicts.tsx'
import { LeftOut } from './left-out.tsx'
import { SpoolCard, StoreCard } from './storage.tsx'
import { Version } from './version.tsx'

const EVERY_MS = 5_000

export const HealthPage = () => {
  const { t } = useLanguage()
  const { kits = [], link } = useLive()
  const asked = useAnswer<CollectorState>('api/v1/collector', EVERY_MS)
  const { answer } = asked
  return (
    <>
      <h1>{t('page.health')}</h1>
      <KitVerdicts kits={kits} isLinked={link === 'live'} />
      <AskedProblem asked={[asked]} />
      {answer && (
        <div class="cards">
          <StoreCard store={answer.store} drain={answer.drain} spool={answer.spool} />
          <SpoolCard spool={answer.spool} />
          <LeftOut counters={answer.counters} />
          <Accounts accounts={answer.accounts} at={answer.at} />
        </div>
      )}
      <Completenesses kits={kits} />
      {answer && <Doctor />}
      {answer && <Version collector={answer} />}
    </>
  )
}
