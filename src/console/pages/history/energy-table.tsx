/** Energies of periods as a table, the newest first; each says what of it is missing. */

import { energy } from '../../format.ts'
import { Scroll } from '../../parts/scroll.tsx'
import type { Energies } from '../../past-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import { zoneOf } from '../../zone.ts'
import { columnsOf, type EnergyPart } from './energy-stacks.ts'
import { periodText } from './period-text.ts'
import { remarksOf } from './remarks.ts'

export const EnergyTable = ({ answer, parts }: { answer: Energies; parts: readonly EnergyPart[] }) => {
  const speech = useLanguage()
  const { t, locale } = speech
  const columns = columnsOf(answer.periods, answer.at, zoneOf(answer.time_zone)).reverse()
  return (
    <div class="history-values">
      <Scroll label={`${t('history.energy')}, ${t('history.table')}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t(`history.by.${answer.by}`)}</th>
              {parts.map(({ key, label }) => (
                <th key={key} scope="col" class="is-number">
                  {t(label)}
                </th>
              ))}
              <th scope="col">{t('history.remarks')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.startAt}>
                <th scope="row">{periodText(column, answer.by, answer.time_zone, locale)}</th>
                {parts.map(({ key, take }) => (
                  <td key={key} class="is-number">
                    {energy(take(column.period), locale)}
                  </td>
                ))}
                <td>{remarksOf(column, speech).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  )
}
