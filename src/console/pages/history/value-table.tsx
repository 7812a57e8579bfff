/** What a chart shows, as a table: the newest first, some rows at a time. */
import { useState } from 'preact/hooks'
import { moment, UNKNOWN } from '../../format.ts'
import type { ChartSeries } from '../../parts/chart/chart-props.ts'
import { Scroll } from '../../parts/scroll.tsx'
import { useLanguage } from '../../use-language.tsx'

interface ValueTableProps {
  readonly title: string
  /** Where each step begins, epoch ms. */
  readonly times: readonly number[]
  readonly lines: readonly Pick<ChartSeries, 'key' | 'label' | 'values'>[]
  readonly timeZone: string
  format(value: number): string
}

const ROWS = 100

export const ValueTable = ({ title, times, lines, timeZone, format }: ValueTableProps) => {
  const { t, locale } = useLanguage()
  const [count, setCount] = useState(ROWS)
  const rows = times.map((_, index) => times.length - 1 - index).slice(0, count)
  const told = (value: number | null | undefined) => (typeof value === 'number' ? format(value) : UNKNOWN)
  return (
    <>
      <div class="history-values">
        <Scroll label={`${title}, ${t('history.table')}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('history.time')}</th>
                {lines.map(({ key, label }) => (
                  <th key={key} scope="col" class="is-number">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((index) => (
                <tr key={times[index]}>
                  <th scope="row">{moment(times[index], locale, timeZone)}</th>
                  {lines.map(({ key, values }) => (
                    <td key={key} class="is-number">
                      {told(values[index])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </div>
      {count < times.length && (
        <button type="button" class="history-more" onClick={() => setCount(count + ROWS)}>
          {t('history.more', { n: times.length - count })}
        </button>
      )}
    </>
  )
}
