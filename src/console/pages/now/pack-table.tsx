/** Each pack: how full it is and what it takes or gives, or that it is silent. */
import { isKnown, percent, UNKNOWN, watts } from '../../format.ts'
import { Gauge } from '../../parts/gauge.tsx'
import { useLanguage } from '../../use-language.tsx'
import type { Pack } from './packs.ts'

const PackRow = ({ pack, isCurrent }: { pack: Pack; isCurrent: boolean }) => {
  const { t, locale } = useLanguage()
  const { sn, slot, soc, isFresh } = pack
  const isNow = isCurrent && isFresh
  const name = slot === undefined ? sn : t('now.pack', { number: slot })
  const text = isNow ? percent(soc, locale) : t('now.unknown')
  const power =
    isNow && isKnown(pack.watts) ? `${Math.round(pack.watts) > 0 ? '+' : ''}${watts(pack.watts, locale)}` : UNKNOWN
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="pack-gauge">
        <Gauge label={`${name}, ${t('now.charge')}`} value={soc} text={text} isStale={!isNow} />
      </td>
      <td class="is-number">{isNow ? percent(soc, locale) : UNKNOWN}</td>
      <td class="is-number">{power}</td>
    </tr>
  )
}

export const PackTable = ({ packs, isCurrent }: { packs: readonly Pack[]; isCurrent: boolean }) => {
  const { t } = useLanguage()
  return (
    <table class="packs">
      <caption class="visually-hidden">{t('now.charge.packs')}</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t('now.column.what')}</th>
          <th scope="col" colSpan={2}>
            {t('now.charge')}
          </th>
          <th scope="col">{t('history.power')}</th>
        </tr>
      </thead>
      <tbody>
        {packs.map((pack) => (
          <PackRow key={pack.sn} pack={pack} isCurrent={isCurrent} />
        ))}
      </tbody>
    </table>
  )
}
