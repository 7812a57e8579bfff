/** A chart with its heading; the same values as a table, and as a file for other programs. */
import { useMemo, useState } from 'preact/hooks'
import { duration } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import type { ChartGap, ChartSeries } from '../../parts/chart/chart-props.ts'
import { Chart } from '../../parts/chart.tsx'
import { saveFile } from '../../save-file.ts'
import { useLanguage } from '../../use-language.tsx'
import { csvFile } from './csv.ts'
import { isAsLong, momentRange } from './ranges.ts'
import type { Grid } from './series-grid.ts'
import { ValueTable } from './value-table.tsx'
import type { Viewed } from './viewed.ts'

export interface Line extends ChartSeries {
  /** In files: the name of the data model with its unit. */
  readonly column: string
}

interface SeriesCardProps {
  readonly title: string
  /** Part of the file's name. */
  readonly name: string
  readonly viewed: Viewed
  readonly isLoading: boolean
  readonly timeZone: string
  /** The range of the chart, epoch ms. */
  readonly from: number
  readonly to: number
  readonly grid: Pick<Grid, 'starts' | 'at' | 'stepMs'>
  readonly lines: readonly Line[]
  readonly gaps: readonly ChartGap[]
  readonly shows?: readonly number[]
  readonly finest?: number
  readonly height?: number
  format(value: number): string
}

const TOGETHER = 'history'

const Drawing = ({ title, viewed, isLoading, timeZone, grid, lines, ...rest }: SeriesCardProps) => {
  const { moments, beganAt } = viewed
  // What is asked for is drawn with what is there, until it comes.
  const from = moments && (isLoading || beganAt !== undefined) ? moments.fromAt : rest.from
  const to = moments && isLoading ? moments.toAt : rest.to
  const now = moments ?? { at: to }
  return (
    <Chart
      label={title}
      from={from}
      to={to}
      timeZone={timeZone}
      at={grid.at}
      series={lines}
      gaps={rest.gaps}
      marks={viewed.marks}
      format={rest.format}
      together={TOGETHER}
      onRange={(begin, end) => {
        const way = isAsLong(end - begin, to - from) ? viewed.move : viewed.zoom
        way(momentRange(begin, end, now))
      }}
      onBack={viewed.back}
      {...(rest.shows && { shows: rest.shows })}
      {...(rest.finest && { finest: rest.finest })}
      {...(rest.height && { height: rest.height })}
    />
  )
}

export const SeriesCard = (props: SeriesCardProps) => {
  const { title, name, viewed, isLoading, timeZone, grid, lines, format } = props
  const { t, locale } = useLanguage()
  const [isTable, setIsTable] = useState(false)
  const isEmpty = useMemo(() => lines.every(({ values }) => values.every((value) => value === null)), [lines])
  const columns = () => lines.map(({ column, values }) => ({ header: column, values }))
  const save = () => saveFile(csvFile(grid.starts, columns(), timeZone), `${viewed.sn}-${name}.csv`)
  const tools = (
    <span class={`history-tools${isLoading ? ' is-loading' : ''}`}>
      <span class="faint">{t('history.step', { duration: duration(grid.stepMs / 1000, locale) })}</span>
      <button type="button" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
        {t('history.table')}
      </button>
      <button type="button" onClick={save} disabled={isEmpty}>
        {t('history.csv')}
        <span class="visually-hidden"> {title}</span>
      </button>
    </span>
  )
  return (
    <Card title={title} aside={tools} wide>
      {isEmpty && <p class="faint">{t('history.nothing')}</p>}
      {isTable ? (
        <ValueTable title={title} times={grid.starts} lines={lines} format={format} timeZone={timeZone} />
      ) : (
        <Drawing {...props} />
      )}
    </Card>
  )
}
