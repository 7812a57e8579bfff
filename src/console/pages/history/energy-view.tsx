/** Energy by period: where it came from and where it went, how much of each period is known, and the sums. */
import { useMemo, useState } from 'preact/hooks'
import { energy } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import { Legend } from '../../parts/chart/legend.tsx'
import { useHidden } from '../../parts/chart/use-hidden.ts'
import type { Energies } from '../../past-shapes.ts'
import { saveFile } from '../../save-file.ts'
import { useAnswer } from '../../use-answer.ts'
import { type Speech, useLanguage } from '../../use-language.tsx'
import { zoneOf } from '../../zone.ts'
import { csvFile } from './csv.ts'
import { EnergyBars } from './energy-bars.tsx'
import {
  BYS,
  type By,
  columnsOf,
  type EnergyColumn,
  LONGEST_MS,
  SINKS,
  SOURCES,
  totalOf,
  usualBy,
} from './energy-stacks.ts'
import { EnergyTable } from './energy-table.tsx'
import { pathOf } from './path-of.ts'
import { periodText } from './period-text.ts'
import { lengthOf, momentRange, wholeOf } from './ranges.ts'
import { remarksOf } from './remarks.ts'
import { SeriesState } from './series-state.tsx'
import { useLast } from './use-series.ts'
import type { Viewed } from './viewed.ts'

const EVERY_MS = 300_000
const PARTS = [...SOURCES, ...SINKS]

const linesOf = (columns: readonly EnergyColumn[], t: Speech['t']) =>
  PARTS.map(({ key, label, colour, take }) => ({
    key,
    label: t(label),
    colour,
    values: columns.map(({ period }) => take(period) ?? null),
  })).filter(({ values }) => values.some((value) => value !== null && value > 0))

/** Files have what the API tells, by its names. */
const FIELDS = [
  'solar_wh',
  'dc_in_wh',
  'dc_in_solar_wh',
  'ac_in_wh',
  'generator_wh',
  'battery_charge_wh',
  'battery_discharge_wh',
  'ac_out_wh',
  'dc_out_wh',
  'loss_wh',
  'covered_s',
  'expected_s',
] as const

const csvColumns = (columns: readonly EnergyColumn[]) => [
  { header: 'local_date', values: columns.map(({ date }) => date) },
  ...FIELDS.map((field) => ({
    header: `${field} (${field.endsWith('_s') ? 's' : 'Wh'})`,
    values: columns.map(({ period }) => period[field]),
  })),
]

interface EnergyBodyProps {
  readonly answer: Energies
  readonly viewed: Viewed
}

const useTold = ({ answer }: EnergyBodyProps) => {
  const speech = useLanguage()
  const columns = useMemo(() => columnsOf(answer.periods, answer.at, zoneOf(answer.time_zone)), [answer])
  const lines = useMemo(() => linesOf(columns, speech.t), [columns, speech])
  const totals = useMemo(() => new Map(PARTS.map((part) => [part.key, totalOf(part, columns)])), [columns])
  return { speech, columns, lines, totals }
}

const EnergyDrawing = ({ answer, viewed }: EnergyBodyProps) => {
  const { speech, columns, lines, totals } = useTold({ answer, viewed })
  const { t, locale } = speech
  const [pointed, setPointed] = useState<number | null>(null)
  const { hidden, toggle } = useHidden()
  const index = pointed !== null && pointed < columns.length ? pointed : null
  const column = index === null ? undefined : columns[index]
  const head = column && [periodText(column, answer.by, answer.time_zone, locale), ...remarksOf(column, speech)]
  const told = lines.map(({ label, values }) => `${label} ${energy(values[index ?? 0], locale)}`)
  const pick = (at: number): void => {
    const { date, startAt, endAt } = columns[at] ?? { date: '', startAt: 0, endAt: 0 }
    viewed.zoom(answer.by === 'quarter' ? momentRange(startAt, endAt, answer) : wholeOf(date, answer.by))
  }
  return (
    <figure class="chart">
      <EnergyBars
        label={t('history.energy')}
        text={head ? [...head, ...told].join(', ') : t('history.bar-keys')}
        columns={columns}
        hidden={hidden}
        by={answer.by}
        timeZone={answer.time_zone}
        index={index}
        point={setPointed}
        pick={pick}
      />
      <figcaption>
        <p class="chart-moment">{head ? head.join(' · ') : t('history.totals', { n: columns.length })}</p>
        <Legend
          series={lines}
          hidden={hidden}
          index={index}
          totals={totals}
          format={(wh) => energy(wh, locale)}
          toggle={toggle}
        />
        <p class="faint">{t('history.bars-read')}</p>
      </figcaption>
    </figure>
  )
}

const ByChoice = ({ by, rangeMs, choose }: { by: By; rangeMs: number; choose(by: By): void }) => {
  const { t } = useLanguage()
  return (
    <select aria-label={t('history.by')} value={by} onChange={(event) => choose(event.currentTarget.value as By)}>
      {BYS.filter((one) => one === by || rangeMs <= LONGEST_MS[one]).map((one) => (
        <option key={one} value={one}>
          {t(`history.by.${one}`)}
        </option>
      ))}
    </select>
  )
}

export const EnergyView = ({ viewed }: { viewed: Viewed }) => {
  const { sn, range, moments, isRunning } = viewed
  const { t } = useLanguage()
  const [wished, setWished] = useState<By>()
  const [isTable, setIsTable] = useState(false)
  const rangeMs = range ? lengthOf(range, moments?.at ?? Date.now()) : 0
  const by = wished && rangeMs <= LONGEST_MS[wished] ? wished : usualBy(rangeMs)
  const path = range && pathOf(sn, 'energy', { ...range, by })
  const asked = useAnswer<Energies>(path, isRunning ? EVERY_MS : undefined)
  const answer = useLast(asked.answer)
  const save = () => {
    if (answer === undefined) return
    const columns = columnsOf(answer.periods, answer.at, zoneOf(answer.time_zone))
    const times = columns.map(({ startAt }) => startAt)
    saveFile(csvFile(times, csvColumns(columns), answer.time_zone), `${sn}-energy-${answer.by}.csv`)
  }
  const tools = (
    <span class={`history-tools${asked.isLoading ? ' is-loading' : ''}`}>
      <ByChoice by={by} rangeMs={rangeMs} choose={setWished} />
      <button type="button" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
        {t('history.table')}
      </button>
      <button type="button" onClick={save} disabled={!answer?.periods.length}>
        {t('history.csv')}
      </button>
    </span>
  )
  return (
    <Card title={t('history.energy')} aside={tools} wide>
      <SeriesState series={{ ...asked, answer }} />
      {answer?.periods.length === 0 && <p class="faint">{t('history.nothing-yet')}</p>}
      {answer && answer.periods.length > 0 && !isTable && <EnergyDrawing answer={answer} viewed={viewed} />}
      {answer && isTable && <EnergyTable answer={answer} parts={PARTS} />}
    </Card>
  )
}
