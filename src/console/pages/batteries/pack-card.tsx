/** One pack: charge, cells, temperatures, age, errors. One that is silent shows what it told last, as such. */
import { number } from '../../format.ts'
import { Age } from '../../parts/age.tsx'
import { Card } from '../../parts/card.tsx'
import { ErrorList, useErrors } from '../../parts/error-list.tsx'
import { Said } from '../../parts/said.tsx'
import { VerdictBadge } from '../../parts/verdict.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useIsCurrent } from '../../use-live.tsx'
import { Ageing } from './ageing.tsx'
import { Cells } from './cells.tsx'
import { Charge } from './charge.tsx'
import type { Pack } from './packs.ts'
import { Temperatures } from './temperatures.tsx'

const useTitle = ({ slot, model }: Pack): string => {
  const { t, locale } = useLanguage()
  const name = slot === undefined ? t('batteries.pack') : t('batteries.pack-in-slot', { slot: number(slot, locale) })
  return model === undefined ? name : `${name} · ${model}`
}

/** Why nothing current stands here. */
const Silence = ({ pack: { told, row } }: { pack: Pack }) => {
  const { t } = useLanguage()
  return (
    <p class="note is-bad">
      <span>
        <strong>{t(told ? 'batteries.missing' : 'batteries.never-heard')}</strong>
        {row?.verdict === (told?.module.verdict ?? row?.verdict) && row && (
          <>
            {' '}
            (<Said text={row.verdict_text} />)
          </>
        )}
      </span>
    </p>
  )
}

interface PackProps {
  readonly pack: Pack
  readonly packs: readonly Pack[]
  /** Whether the answer about ageing came: what is not in it is not known. */
  readonly isAgeingKnown: boolean
}

export const PackCard = ({ pack, packs, isAgeingKnown }: PackProps) => {
  const title = useTitle(pack)
  const { told, row } = pack
  const isSilent = told?.module.is_fresh !== true
  const verdict = told?.module.verdict ?? row?.verdict
  const isStale = !useIsCurrent() || isSilent
  return (
    <Card
      title={title}
      aside={
        <span class="pack-state">
          {verdict !== undefined && verdict !== 'live' && <VerdictBadge verdict={verdict} />}
          {told && <Age ageS={told.module.age_s} at={told.module.at} />}
        </span>
      }
      isStale={isStale}
    >
      {isSilent && <Silence pack={pack} />}
      <ErrorList errors={useErrors(pack.sn)} />
      {told && (
        <>
          <Charge series={told.series} isStale={isStale} />
          <Cells series={told.series} />
          <Temperatures series={told.series} />
        </>
      )}
      <Ageing {...{ pack, packs, isKnown: isAgeingKnown }} />
    </Card>
  )
}
