/** All circuits by what they drew in the range, the greatest first. */

import { energy, percent, watts } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import type { CircuitEnergy } from '../../past-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import { circuitName } from './circuit-name.ts'
import { lineColour } from './line-colours.ts'

interface CircuitTableProps {
  readonly circuits: readonly CircuitEnergy[]
  /** So many of the first are lines of the chart above. */
  readonly drawn: number
}

const Row = ({ circuit, colour }: { circuit: CircuitEnergy; colour: string | undefined }) => {
  const { t, locale } = useLanguage()
  const share = circuit.share_pct ?? 0
  return (
    <tr>
      <th scope="row">{circuitName(circuit, t)}</th>
      <td class="is-number">{energy(circuit.energy_wh, locale)}</td>
      <td class="history-share">
        <span class="history-share-bar" aria-hidden="true">
          <span style={{ width: `${share}%`, background: `var(${colour ?? '--strong-line'})` }} />
        </span>
        {percent(circuit.share_pct, locale)}
      </td>
      <td class="is-number">{watts(circuit.night_w, locale)}</td>
    </tr>
  )
}

export const CircuitTable = ({ circuits, drawn }: CircuitTableProps) => {
  const { t } = useLanguage()
  return (
    <Card title={t('history.circuits-energy')} wide>
      {circuits.length === 0 ? (
        <p class="faint">{t('history.nothing')}</p>
      ) : (
        <Scroll label={`${t('history.circuits-energy')}, ${t('history.table')}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('history.circuit-column')}</th>
                <th scope="col" class="is-number">
                  {t('history.energy')}
                </th>
                <th scope="col">{t('history.share')}</th>
                <th scope="col" class="is-number">
                  {t('history.night')}
                </th>
              </tr>
            </thead>
            <tbody>
              {circuits.map((circuit, index) => (
                <Row
                  key={`${circuit.module_sn} ${circuit.side} ${circuit.circuit}`}
                  circuit={circuit}
                  colour={index < drawn ? lineColour(index) : undefined}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Card>
  )
}
