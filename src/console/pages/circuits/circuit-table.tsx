/** Circuits as a table; on a phone each row becomes a small card, with the names of its columns in it. */
import { amperes, energy, percent, UNKNOWN, watts } from '../../format.ts'
import { ErrorList, useErrors } from '../../parts/error-list.tsx'
import { useLanguage } from '../../use-language.tsx'
import type { Circuit, Panel } from './circuits.ts'

/** A clock draws hundredths of an ampere. */
const AMPERE_DIGITS = 2

const useStateWord = ({ isOn, isBlocked }: Circuit): { word: string; sign: string } => {
  const { t } = useLanguage()
  if (isBlocked) return { word: t('circuits.blocked'), sign: '⊘' }
  if (isOn === undefined) return { word: UNKNOWN, sign: '' }
  return isOn ? { word: t('switch.on'), sign: '●' } : { word: t('switch.off'), sign: '○' }
}

const Name = ({ circuit: { name, number } }: { circuit: Circuit }) => {
  const { t } = useLanguage()
  const place = t('circuits.number', { number })
  if (name === undefined) return place
  return (
    <>
      {name} <span class="faint">{place}</span>
    </>
  )
}

const Share = ({ circuit: { month, side }, largestShare }: { circuit: Circuit; largestShare: number }) => {
  const { locale } = useLanguage()
  const share = month?.share_pct
  if (share === undefined) return UNKNOWN
  const width = largestShare > 0 ? (share / largestShare) * 100 : 0
  return (
    <span class="share">
      <span class={`share-bar is-${side}`} aria-hidden="true">
        <span style={{ width: `${width}%` }} />
      </span>
      {percent(share, locale, share > 0 && share < 1 ? 1 : 0)}
    </span>
  )
}

interface RowProps {
  readonly panel: Panel
  readonly circuit: Circuit
  readonly largestShare: number
  readonly isStale: boolean
}

const Row = ({ panel, circuit, largestShare, isStale }: RowProps) => {
  const { t, locale } = useLanguage()
  const errors = useErrors(panel.sn, circuit.tags)
  const { word, sign } = useStateWord(circuit)
  const { today, month } = circuit
  const told = (text: string) => (isStale && text !== UNKNOWN ? t('now.last', { power: text }) : text)
  return (
    <tr class={circuit.isOn === false || circuit.isBlocked ? 'is-off' : ''}>
      <th scope="row">
        <Name circuit={circuit} />
        <ErrorList errors={errors} />
      </th>
      <td class="circuit-state">
        {!isStale && <span aria-hidden="true">{sign}</span>} {told(word)}
      </td>
      <td class="is-number circuit-now">{told(watts(circuit.watts, locale))}</td>
      <td class="is-number circuit-current">{told(amperes(circuit.amperes, locale, AMPERE_DIGITS))}</td>
      <td class="is-number" data-label={t('history.today')}>
        {energy(today?.energy_wh, locale)}
      </td>
      <td class="is-number" data-label={t('history.month')}>
        {energy(month?.energy_wh, locale)}
      </td>
      <td class="is-number" data-label={t('history.night')}>
        {watts(month?.night_w, locale)}
      </td>
      <td data-label={t('circuits.share')}>
        <Share circuit={circuit} largestShare={largestShare} />
      </td>
    </tr>
  )
}

interface TableProps {
  readonly panel: Panel
  readonly circuits: readonly Circuit[]
  readonly largestShare: number
  /** What the panel told is not of now. */
  readonly isStale: boolean
  readonly title: string
}

export const CircuitTable = ({ panel, circuits, largestShare, isStale, title }: TableProps) => {
  const { t } = useLanguage()
  return (
    <div class="circuit-room">
      <table class="circuits">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('history.circuit-column')}</th>
            <th scope="col">{t('kits.column.verdict')}</th>
            <th scope="col" class="is-number">
              {t('page.now')}
            </th>
            <th scope="col" class="is-number">
              {t('circuits.current')}
            </th>
            <th scope="col" class="is-number">
              {t('history.today')}
            </th>
            <th scope="col" class="is-number">
              {t('history.month')}
            </th>
            <th scope="col" class="is-number" title={t('circuits.night-means')}>
              {t('history.night')}
            </th>
            <th scope="col">{t('circuits.share')}</th>
          </tr>
        </thead>
        <tbody>
          {circuits.map((circuit) => (
            <Row key={circuit.number} {...{ panel, circuit, largestShare, isStale }} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
