/** Every known value of a module, under the names that the database has for them, with its age. */
import type { FieldValue, ValueSeries } from '../../api-shapes.ts'
import { duration, inUnit, UNKNOWN } from '../../format.ts'
import { useLanguage } from '../../use-language.tsx'
import { useNow } from '../../use-live.tsx'
import { placeOf } from './known-modules.ts'

/** Numbers that are no quantities: nobody counts them in thousands. */
const NAMES = ['code', 'slot', 'wire']

const useValueText = (): ((field: FieldValue) => string) => {
  const { t, said, locale } = useLanguage()
  return ({ value, raw, unit }) => {
    if (unit === 'flag') return t(value === 1 ? 'history.site.yes' : 'history.site.no')
    if (typeof value === 'number' && NAMES.includes(unit)) return String(value)
    if (typeof value === 'number') return inUnit(value, unit, locale)
    return raw === undefined ? value : `${said(value)} (${raw})`
  }
}

/** A list of more values than this flows through several columns. */
const LONG = 12

const Row = ({ field, sinceS }: { field: FieldValue; sinceS: number }) => {
  const { t, locale } = useLanguage()
  const valueText = useValueText()
  const { name, is_fresh, pushed_age_s: pushed } = field
  return (
    <tr class={is_fresh ? '' : 'is-old'}>
      <th scope="row">
        <code class="value-name">
          {name.split('_').map((part, i) => (
            <>
              {i > 0 && (
                <>
                  _<wbr />
                </>
              )}
              {part}
            </>
          ))}
        </code>
      </th>
      <td class="is-number">{valueText(field)}</td>
      <td class="is-number faint">
        {!is_fresh && `${t('modules.old')} · `}
        {pushed === undefined ? UNKNOWN : duration(pushed + sinceS, locale)}
      </td>
    </tr>
  )
}

const Values = ({ series, sinceS }: { series: ValueSeries; sinceS: number }) => {
  const { t } = useLanguage()
  const place = placeOf(series)
  return (
    <table class="values">
      <caption>
        <code class="value-name">{series.measurement}</code> {place}
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
          <Row key={field.name} {...{ field, sinceS }} />
        ))}
      </tbody>
    </table>
  )
}

interface ModuleValuesProps {
  readonly series: readonly ValueSeries[]
  /** The collector's time to which their ages count (epoch ms). */
  readonly toldAt: number
}

export const ModuleValues = ({ series, toldAt }: ModuleValuesProps) => {
  const sinceS = Math.max(0, (useNow() - toldAt) / 1000)
  const isOneList = series.length === 1 && (series[0]?.fields.length ?? 0) > LONG
  return (
    <div class={`module-values${isOneList ? ' is-one' : ''}`}>
      {series.map((one) => (
        <Values key={`${one.measurement} ${placeOf(one)}`} {...{ series: one, sinceS }} />
      ))}
    </div>
  )
}
