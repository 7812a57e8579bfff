/** How a pack ages: charge when full against when new, what it really gives, its cycles and its part of the work. */
import { Fragment } from 'preact'
import { number, percent, quantity, UNKNOWN } from '../../format.ts'
import { numberOf } from '../../live-state.ts'
import { useLanguage } from '../../use-language.tsx'
import { Curves } from './curves.tsx'
import { type Pack, type Share, shareNow } from './packs.ts'

const inPercent = (ratio: number | undefined): number | undefined => (ratio === undefined ? undefined : ratio * 100)

const Usable = ({ pack: { health = { module_sn: '' } } }: { pack: Pack }) => {
  const { t, locale } = useLanguage()
  const { usable_ah: usable, usable_confidence_ratio: confidence } = health
  if (usable === undefined) return <span class="faint">{t('batteries.usable-unknown')}</span>
  return (
    <>
      {quantity(usable, 'Ah', 1, locale)}{' '}
      <span class="faint">{t('batteries.confidence', { confidence: percent(inPercent(confidence), locale) })}</span>
    </>
  )
}

const useCapacity = ({ told, health }: Pack): string => {
  const { t, locale } = useLanguage()
  const of = (name: 'capacity_full_ah' | 'capacity_design_ah') =>
    (told && numberOf(told.series, name)) ?? health?.[name]
  const [full, design] = [of('capacity_full_ah'), of('capacity_design_ah')]
  if (full === undefined) return UNKNOWN
  const text = quantity(full, 'Ah', 1, locale)
  // A pack that has not told its design charge yet says 0.
  if (design === undefined || design <= 0) return text
  const ratio = percent((full / design) * 100, locale)
  return t('batteries.capacity-of', { full: text, design: quantity(design, 'Ah', 0, locale), ratio })
}

const useShareText = (share: Share): string => {
  const { t, locale } = useLanguage()
  if (typeof share === 'number') return percent(inPercent(share), locale)
  return t(`batteries.share-${share}`)
}

const ShareOfCurrent = ({ pack, packs }: { pack: Pack; packs: readonly Pack[] }) => {
  const { t, locale } = useLanguage()
  const share = shareNow(pack, packs)
  const text = useShareText(share)
  const mean = pack.health?.share_ratio
  return (
    <>
      {typeof share === 'number' ? text : <span class="faint">{text}</span>}{' '}
      {mean !== undefined && (
        <span class="faint">{t('batteries.day-mean', { value: percent(inPercent(mean), locale) })}</span>
      )}
    </>
  )
}

const Efficiency = ({ pack: { health } }: { pack: Pack }) => {
  const { t, locale } = useLanguage()
  const efficiency = health?.efficiency_ratio
  if (efficiency === undefined) return <span class="faint">{t('batteries.efficiency-unknown')}</span>
  return <>{percent(inPercent(efficiency), locale, 1)}</>
}

interface AgeingProps {
  readonly pack: Pack
  readonly packs: readonly Pack[]
  /** Whether the answer about ageing came: before, nothing can be said of what is not in it. */
  readonly isKnown: boolean
}

export const Ageing = ({ pack, packs, isKnown }: AgeingProps) => {
  const { t, locale } = useLanguage()
  const { told, health, firmware, sn } = pack
  const cycles = (told && numberOf(told.series, 'cycles_count')) ?? health?.cycles_count
  const facts = [
    [t('batteries.capacity'), useCapacity(pack)],
    [t('batteries.usable'), isKnown ? <Usable pack={pack} /> : UNKNOWN],
    [t('batteries.efficiency'), isKnown ? <Efficiency pack={pack} /> : UNKNOWN],
    [t('batteries.share'), <ShareOfCurrent key="share" {...{ pack, packs }} />],
    [t('batteries.cycles'), number(cycles, locale)],
    [t('modules.firmware'), firmware ?? UNKNOWN],
    [t('batteries.sn'), <code key="sn">{sn}</code>],
  ] as const
  return (
    <div class="measure">
      <h3>{t('batteries.ageing')}</h3>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {isKnown && <Curves pack={pack} />}
    </div>
  )
}
