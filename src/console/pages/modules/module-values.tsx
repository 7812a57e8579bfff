/** Every known value of a module, under the names that the database has for them, with its age. */
import type { FieldValue, ValueSeries } from '../../api-shapes.ts'
import { duration, exactInUnit } from '../../format.ts'
import { useLanguage } from '../../use-language.tsx'
import { placeOf } from './known-modules.ts'

const useValueText = (): ((field: FieldValue) => string) => {
  const { t, locale } = useLanguage()
  return ({ value, raw, unit }) => {
    if (unit === 'flag') return t(value === 1 ? 'modules.yes' : 'modules.no')
    if (typeof value === 'number') return exactInUnit(value, unit, locale)
    return raw === undefined ? value : `${value} (${raw})`
  }
}

const Row = ({ field }: { field: FieldValue }) => {
  const { t, locale } = useLanguage()
  const valueText = useValueText()
  const { name, is_fresh, pushed_age_s: pushed } = field
  return (
    <tr class={is_fresh ? '' : 'is-old'}>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td class="is-number">{valueText(field)}</td>
      <td class="is-number faint">
        {!is_fresh && `${t('modules.old')} · `}
        {pushed === undefined ? t('modules.polled') : duration(pushed, locale)}
      </td>
    </tr>
  )
}

const Values = ({ series }: { series: ValueSeries }) => {
  const { t } = useLanguage()
  const place = placeOf(series)
  return (
    <table class="values">
      <caption>
        <code>{series.measurement}</code> {place}
      </caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t('modules.name')}</th>
          <th scope="col">{t('modules.value')}</th>
          <th scope="col">{t('modules.pushed')}</th>
        </tr>
      </thead>
      <tbody>
        {series.fields.map((field) => (
          <Row key={field.name} field={field} />
        ))}
      </tbody>
    </table>
  )
}

export const ModuleValues = ({ series }: { series: readonly ValueSeries[] }) => {
  const { t } = useLanguage()
  return (
    <div class="module-values">
      <p class="faint">{t('modules.values-hint')}</p>
      <div class="value-columns">
        {series.map((one) => (
          <Values key={`${one.measurement} ${placeOf(one)}`} series={one} />
        ))}
      </div>
    </div>
  )
}
