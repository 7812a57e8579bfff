/** A kit as it is now: how it is doing, where its power comes from and goes, and what the day brought. */
import type { OneKit } from '../../api-shapes.ts'
import type { PageProps } from '../../page.ts'
import { Card } from '../../parts/card.tsx'
import { timeLeftOf } from '../../time-left.ts'
import { useLanguage } from '../../use-language.tsx'
import { useIsCurrent, useLive } from '../../use-live.tsx'
import { ChargeCard } from './charge-card.tsx'
import { chargeFacts } from './charge-facts.ts'
import { ErrorsCard } from './errors-card.tsx'
import { flowFacts } from './flow-facts.ts'
import { FlowPicture } from './flow-picture.tsx'
import { GapsCard } from './gaps-card.tsx'
import { KitHead } from './kit-head.tsx'
import { packsOf } from './packs.ts'
import { PortsCard } from './ports-card.tsx'
import { TodayCard } from './today-card.tsx'
import './now.css'

const KitNow = ({ told }: { told: OneKit }) => {
  const speech = useLanguage()
  const { modules, link } = useLive()
  const heard = [...modules.values()]
  const isCurrent = useIsCurrent()
  const charge = chargeFacts(told.kit, heard, isCurrent)
  const facts = flowFacts(told, heard, isCurrent)
  // What is missing of the whole kit, its head tells.
  const gaps = told.gaps.filter(({ module_sn }) => module_sn !== 'all')
  const timeLeft = isCurrent ? timeLeftOf(told.kit, speech) : undefined
  return (
    <div class="now">
      <KitHead kit={told.kit} at={told.at} isLinked={link === 'live'} />
      {told.errors.length > 0 && <ErrorsCard errors={told.errors} modules={heard} />}
      <Card title={speech.t('now.flow')} isStale={!isCurrent}>
        <FlowPicture facts={facts} inputs={told.flow_inputs} charge={charge} timeLeft={timeLeft} />
      </Card>
      {gaps.length > 0 && <GapsCard gaps={gaps} modules={heard} />}
      <div class="cards">
        <ChargeCard {...{ kit: told.kit, charge, timeLeft, isCurrent, packs: packsOf(heard) }} />
        <TodayCard kit={told.kit} />
        <PortsCard modules={heard} inputs={told.flow_inputs} isCurrent={isCurrent} />
      </div>
    </div>
  )
}

/** Until the stream has told of the kit. */
const NotYet = () => {
  const { t } = useLanguage()
  return (
    <>
      <h1>{t('page.now')}</h1>
      <p>{t('app.loading')}</p>
    </>
  )
}

export const NowPage = ({ sn }: PageProps) => {
  const { kit } = useLive()
  return kit?.kit.kit_sn === sn ? <KitNow told={kit} /> : <NotYet />
}
