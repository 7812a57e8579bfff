/** What became of values that were not taken as they came, by reason. */
import { number } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import { useLanguage } from '../../use-language.tsx'
import type { CounterState } from './collector-shapes.ts'
import { Mark } from './mark.tsx'
import { TOLD_COUNTERS } from './told-counters.ts'

const Counter = ({ counter: { is, by_label } }: { counter: CounterState }) => {
  const { said, locale } = useLanguage()
  return (
    <>
      <tr>
        <th scope="rowgroup" colSpan={2}>
          {said(is)}
        </th>
      </tr>
      {Object.entries(by_label).map(([label, count]) => (
        <tr key={label}>
          <th scope="row">{said(label.replaceAll('_', ' '))}</th>
          <td class="is-number">{number(count, locale)}</td>
        </tr>
      ))}
    </>
  )
}

export const LeftOut = ({ counters }: { counters: readonly CounterState[] }) => {
  const { t, locale } = useLanguage()
  const counted = counters.filter(({ name, total }) => TOLD_COUNTERS.includes(name) && total > 0)
  const received = counters.find(({ name }) => name === 'messages_received')?.total
  return (
    <Card
      title={t('health.left-out')}
      aside={
        <Mark
          tone={counted.length === 0 ? 'good' : 'watch'}
          word={t(counted.length === 0 ? 'health.left-out.none' : 'health.left-out.some')}
        />
      }
    >
      <p class="faint">{t('health.left-out.of', { messages: number(received, locale) })}</p>
      {counted.length > 0 && (
        <table>
          <caption class="visually-hidden">{t('health.left-out')}</caption>
          {counted.map((counter) => (
            <tbody key={counter.name}>
              <Counter counter={counter} />
            </tbody>
          ))}
        </table>
      )}
    </Card>
  )
}
