/** What came in, what went out, and the state of charge. */
import { useMemo } from 'preact/hooks'
import { percent, watts } from '../../format.ts'
import type { MessageKey } from '../../language.ts'
import type { OneSeries, SeriesAnswer } from '../../past-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import { type Line, SeriesCard } from './series-card.tsx'
import { gridOf } from './series-grid.ts'
import { SeriesState } from './series-state.tsx'
import { useSeries } from './use-series.ts'
import type { Viewed } from './viewed.ts'

interface FieldLook {
  readonly field: string
  readonly label: MessageKey
  readonly colour: string
  readonly isFilled?: boolean
}

const FLOWS: readonly FieldLook[] = [
  { field: 'solar_w', label: 'history.solar', colour: '--sun', isFilled: true },
  { field: 'dc_in_w', label: 'history.dc-in', colour: '--alternator' },
  { field: 'ac_in_w', label: 'history.ac-in', colour: '--shore' },
  { field: 'battery_w', label: 'history.battery', colour: '--charge', isFilled: true },
  { field: 'ac_out_w', label: 'history.ac-out', colour: '--ac-out' },
  { field: 'dc_out_w', label: 'history.dc-out', colour: '--dc-out' },
]
const CHARGE: readonly FieldLook[] = [{ field: 'soc_pct', label: 'history.soc', colour: '--charge', isFilled: true }]

const QUERIES = {
  flow: [{ measurement: 'flow', fields: FLOWS.map(({ field }) => field).join(',') }],
  kit: [{ measurement: 'kit', fields: 'soc_pct' }],
} as const

const EMPTY: OneSeries = { tags: {}, at_ms: [], values: {} }

/** The lines of the one series that the kit has of it. */
const useLines = (answer: SeriesAnswer | undefined, looks: readonly FieldLook[], unit: string) => {
  const { t } = useLanguage()
  return useMemo(() => {
    if (answer === undefined) return undefined
    const grid = gridOf(answer)
    const [series = EMPTY] = answer.series
    const lines = looks.map(
      ({ field, label, colour, isFilled = false }): Line => ({
        key: field,
        label: t(label),
        colour,
        isFilled,
        values: grid.valuesOf(series, field),
        column: `${field} (${unit})`,
      }),
    )
    return {
      grid,
      lines,
      from: answer.from_ms,
      to: answer.to_ms,
      timeZone: answer.time_zone,
    }
  }, [answer, looks, unit, t])
}

export const PowerView = ({ viewed }: { viewed: Viewed }) => {
  const { t, locale } = useLanguage()
  const { sn, range, isRunning } = viewed
  const flow = useSeries({ sn, range, isRunning, queries: QUERIES.flow })
  const charge = useSeries({ sn, range, isRunning, queries: QUERIES.kit })
  const flows = useLines(flow.answer, FLOWS, 'W')
  const charges = useLines(charge.answer, CHARGE, '%')
  return (
    <>
      <SeriesState series={flow} />
      {flows && (
        <SeriesCard
          title={t('history.power')}
          name="power"
          viewed={viewed}
          isLoading={flow.isLoading}
          shows={[0]}
          height={300}
          format={(value) => watts(value, locale)}
          gaps={viewed.gaps}
          {...flows}
        />
      )}
      {charges && (
        <SeriesCard
          title={t('history.soc')}
          name="state-of-charge"
          viewed={viewed}
          isLoading={charge.isLoading}
          shows={[0, 100]}
          height={190}
          format={(value) => percent(value, locale)}
          gaps={viewed.gaps}
          {...charges}
        />
      )}
    </>
  )
}
