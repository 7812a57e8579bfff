/** What the flow picture shows, as a table that is read and not seen. */
import type { OneKit } from '../../api-shapes.ts'
import { percent, UNKNOWN, watts } from '../../format.ts'
import { useLanguage } from '../../use-language.tsx'
import type { ChargeFacts } from './charge-facts.ts'
import type { FlowFact } from './flow-facts.ts'
import { batteryWord, lookOf } from './flow-look.ts'
import { useNotes } from './use-notes.ts'

interface FlowTableProps {
  readonly facts: readonly FlowFact[]
  readonly inputs: OneKit['flow_inputs']
  readonly charge: ChargeFacts
}

export const FlowTable = ({ facts, inputs, charge }: FlowTableProps) => {
  const { t, locale } = useLanguage()
  const notes = useNotes()
  const power = ({ name, watts: now }: FlowFact) => {
    if (now === undefined) return t('now.unknown')
    if (name !== 'battery') return watts(now, locale)
    return `${t(batteryWord(now))} ${watts(Math.abs(now), locale)}, ${percent(charge.soc, locale)}`
  }
  return (
    <div class="visually-hidden">
      <table>
        <caption>{t('now.flow.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('now.column.what')}</th>
            <th scope="col">{t('history.power')}</th>
            <th scope="col">{t('now.column.age')}</th>
          </tr>
        </thead>
        <tbody>
          {facts.map((fact) => (
            <tr key={fact.name}>
              <th scope="row">{t(lookOf(fact, inputs).label)}</th>
              <td>{power(fact)}</td>
              <td>{notes(fact).join(', ') || UNKNOWN}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
