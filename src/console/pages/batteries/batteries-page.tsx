/** The packs of a kit: what each holds and how its cells are now, and how it ages. */
import './batteries.css'
import type { Modules } from '../../api-shapes.ts'
import type { PageProps } from '../../page.ts'
import { AskedProblem } from '../../parts/asked-problem.tsx'
import type { BatteryHealth } from '../../past-shapes.ts'
import { hashOf } from '../../route.ts'
import { useAnswer } from '../../use-answer.ts'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { BankCard } from './bank-card.tsx'
import { FormerPacks } from './former-packs.tsx'
import { PackCard } from './pack-card.tsx'
import { formerPacks, packsOf } from './packs.ts'

const MODULES_EVERY_MS = 30_000
/** Rows of health are of days. */
const HEALTH_EVERY_MS = 900_000

export const BatteriesPage = ({ sn }: PageProps) => {
  const { t } = useLanguage()
  const { modules } = useLive()
  const path = `api/v1/kits/${encodeURIComponent(sn)}`
  const listed = useAnswer<Modules>(`${path}/modules`, MODULES_EVERY_MS)
  const health = useAnswer<BatteryHealth>(`${path}/health?from=-90d`, HEALTH_EVERY_MS)
  const rows = listed.answer?.modules ?? []
  const packs = packsOf({ modules: [...modules.values()], rows, health: health.answer })
  const isLoading = listed.isLoading && modules.size === 0
  return (
    <>
      <div class="page-head">
        <h1>{t('page.batteries')}</h1>
        <a href={hashOf({ page: 'history', sn, query: { view: 'batteries' } })}>{t('batteries.history')}</a>
      </div>
      <AskedProblem asked={[listed, health]} />
      {packs.length === 0 && !listed.error && <p>{isLoading ? t('app.loading') : t('batteries.none')}</p>}
      {packs.length > 0 && <BankCard modules={modules} packs={packs} />}
      <div class="cards packs">
        {packs.map((pack) => (
          <PackCard key={pack.sn} pack={pack} packs={packs} isAgeingKnown={health.answer !== undefined} />
        ))}
      </div>
      <FormerPacks packs={listed.answer ? formerPacks(packs, health.answer) : []} timeZone={health.answer?.time_zone} />
    </>
  )
}
