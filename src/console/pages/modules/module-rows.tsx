/** One module in the table: how it reports, its errors, and, when it is open, its values. */
import { useId } from 'preact/hooks'
import type { ValueSeries } from '../../api-shapes.ts'
import { duration, number, quantity, UNKNOWN } from '../../format.ts'
import { useAgo } from '../../parts/age.tsx'
import { ErrorList, useErrors } from '../../parts/error-list.tsx'
import { Said } from '../../parts/said.tsx'
import { VerdictBadge } from '../../parts/verdict.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useIsCurrent } from '../../use-live.tsx'
import type { KnownModule } from './known-modules.ts'
import { ModuleValues } from './module-values.tsx'

interface RowsProps {
  readonly module: KnownModule
  readonly series: readonly ValueSeries[]
  readonly isOpen: boolean
  /** Absent while a search says what is open. */
  readonly turn: (() => void) | undefined
}

const COLUMNS = 6
const TENTHS_BELOW_S = 10

const Name = ({ module, isOpen, turn, id }: Omit<RowsProps, 'series'> & { id: string }) => {
  const { t, locale } = useLanguage()
  const { label, sn, series, slot } = module
  const name = (
    <strong>
      <Said text={label} />
      {slot !== undefined && ` ${t('modules.slot', { slot: number(slot, locale) })}`}
    </strong>
  )
  return (
    <th scope="row">
      {turn && series.length > 0 ? (
        <button type="button" class="opener" aria-expanded={isOpen} aria-controls={id} onClick={turn}>
          <span class="opener-sign" aria-hidden="true" />
          {name}
        </button>
      ) : (
        <span class="opener">{name}</span>
      )}
      <code class="module-sn">{sn}</code>
    </th>
  )
}

/** What is only listed, as the kit's own display, is no fault. */
const Badge = ({ module: { verdict, kind } }: { module: KnownModule }) => {
  const { t } = useLanguage()
  if (kind !== 'listed') return <VerdictBadge verdict={verdict} />
  return (
    <span class="badge is-listed">
      <span aria-hidden="true">○</span> {t('modules.listed')}
    </span>
  )
}

const State = ({ module }: { module: KnownModule }) => {
  const { t, locale } = useLanguage()
  const { verdict, row } = module
  const missing = Number(row?.missing_s ?? 0)
  return (
    <td data-label={t('modules.verdict')}>
      <Badge module={module} />
      {missing > 0 && (
        <span class="module-missing">{t('modules.missing', { duration: duration(missing, locale) })}</span>
      )}
      {/* The list is asked now and then, and may still be of another verdict. */}
      {row?.verdict === verdict && (
        <span class="faint verdict-text">
          <Said text={row.verdict_text} />
        </span>
      )}
    </td>
  )
}

export const ModuleRows = ({ module, series, isOpen, turn }: RowsProps) => {
  const { t, locale } = useLanguage()
  const id = useId()
  const ago = useAgo()
  const errors = useErrors(module.sn)
  const { row, reportedAt, isFresh } = module
  const isStale = !useIsCurrent() || !isFresh
  return (
    <tbody id={id} class={isStale ? 'is-stale' : ''}>
      <tr class="module-row">
        <Name {...{ module, isOpen, turn, id }} />
        <State module={module} />
        <td data-label={t('kits.column.heard')}>{reportedAt === undefined ? t('modules.never') : ago(reportedAt)}</td>
        <td class="is-number" data-label={t('modules.cadence')}>
          {row?.cadence_s === undefined
            ? UNKNOWN
            : t('modules.every', {
                cadence: quantity(row.cadence_s, 's', row.cadence_s < TENTHS_BELOW_S ? 1 : 0, locale),
              })}
        </td>
        <td class="is-number" data-label={t('modules.reports')}>
          {number(row?.reports_count, locale)}
        </td>
        <td data-label={t('modules.firmware')}>{row?.firmware ?? UNKNOWN}</td>
      </tr>
      {errors.length > 0 && (
        <tr>
          <td colSpan={COLUMNS}>
            <ErrorList errors={errors} />
          </td>
        </tr>
      )}
      {isOpen && series.length > 0 && (
        <tr>
          <td colSpan={COLUMNS}>
            <ModuleValues series={series} toldAt={module.toldAt} />
          </td>
        </tr>
      )}
    </tbody>
  )
}
