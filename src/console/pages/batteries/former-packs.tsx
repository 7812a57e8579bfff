/** Packs that the kit had and has no longer: their last figures stay. */

import { day, number, percent, quantity } from '../../format.ts'
import { Scroll } from '../../parts/scroll.tsx'
import type { PackHealth } from '../../past-shapes.ts'
import { useLanguage } from '../../use-language.tsx'

interface FormerProps {
  readonly packs: readonly PackHealth[]
  readonly timeZone: string | undefined
}

export const FormerPacks = ({ packs, timeZone }: FormerProps) => {
  const { t, locale } = useLanguage()
  if (packs.length === 0) return null
  return (
    <details class="card former">
      <summary>{t('batteries.former', { n: packs.length })}</summary>
      <Scroll label={t('batteries.former', { n: packs.length })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('batteries.sn')}</th>
              <th scope="col">{t('batteries.last-heard')}</th>
              <th scope="col" class="is-number">
                {t('batteries.capacity')}
              </th>
              <th scope="col" class="is-number">
                {t('batteries.health')}
              </th>
              <th scope="col" class="is-number">
                {t('batteries.cycles')}
              </th>
            </tr>
          </thead>
          <tbody>
            {packs.map((pack) => (
              <tr key={pack.module_sn}>
                <th scope="row">
                  <code>{pack.module_sn}</code> {pack.model}
                </th>
                <td>{day(pack.reported_ms ?? pack.health_ms, locale, timeZone)}</td>
                <td class="is-number">{quantity(pack.capacity_full_ah, 'Ah', 1, locale)}</td>
                <td class="is-number">
                  {percent(pack.health_ratio === undefined ? undefined : pack.health_ratio * 100, locale)}
                </td>
                <td class="is-number">{number(pack.cycles_count, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  )
}
