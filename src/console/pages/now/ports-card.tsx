/** Inputs and outputs one by one: power, voltage and current as last measured, and how long ago. */
import type { OneKit } from '../../api-shapes.ts'
import { amperes, quantity, volts, watts } from '../../format.ts'
import type { HeardModule } from '../../live-state.ts'
import { useAgo } from '../../parts/age.tsx'
import { Card } from '../../parts/card.tsx'
import { useLanguage } from '../../use-language.tsx'
import { type Port, portsOf } from './ports.ts'

const Row = ({ port, age, isNow }: { port: Port; age: string; isNow: boolean }) => {
  const { t, locale } = useLanguage()
  return (
    <tr class={isNow ? undefined : 'is-old'}>
      <th scope="row">
        {t(port.label)}
        {port.number === undefined ? '' : ` ${port.number}`}
        {port.source && ` · ${t(port.source)}`}
        <span class="age">{age}</span>
      </th>
      <td class="is-number">{watts(port.watts, locale)}</td>
      <td class="is-number">
        {volts(port.volts, locale)}
        {port.hertz === undefined ? '' : `, ${quantity(port.hertz, 'Hz', 1, locale)}`}
        <span>{amperes(port.amperes, locale)}</span>
      </td>
    </tr>
  )
}

interface PortsCardProps {
  readonly modules: readonly HeardModule[]
  readonly inputs: OneKit['flow_inputs']
  readonly isCurrent: boolean
}

export const PortsCard = ({ modules, inputs, isCurrent }: PortsCardProps) => {
  const { t } = useLanguage()
  const ago = useAgo()
  const ports = portsOf(modules, inputs)
  return (
    <Card title={t('now.ports')}>
      {ports.length === 0 ? (
        <p>{t('now.ports.none')}</p>
      ) : (
        <table class="ports">
          <thead>
            <tr>
              <th scope="col">{t('now.column.what')}</th>
              <th scope="col" class="is-number">
                {t('history.power')}
              </th>
              <th scope="col" class="is-number">
                {t('now.column.voltage')}
              </th>
            </tr>
          </thead>
          <tbody>
            {ports.map((port) => (
              <Row key={port.key} port={port} age={ago(port.heardAt)} isNow={isCurrent && port.isFresh} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
