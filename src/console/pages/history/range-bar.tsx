/** Which time is shown, and how to go to another: by name, to and fro, closer and farther, from day to day. */
import { useState } from 'preact/hooks'
import type { MessageKey } from '../../language.ts'
import { useLanguage } from '../../use-language.tsx'
import {
  ALL,
  daysRange,
  isAhead,
  isSame,
  type Moments,
  type Range,
  rangeText,
  shifted,
  today,
  wholeOf,
  zoomed,
} from './ranges.ts'
import type { Viewed } from './viewed.ts'

interface Named {
  readonly label: MessageKey
  readonly range: Range
}

const namedRanges = ({ at, timeZone }: Pick<Moments, 'at' | 'timeZone'>): Named[] => {
  const date = today(at, timeZone)
  return [
    { label: 'history.today', range: { from: 'today' } },
    { label: 'history.24h', range: { from: '-24h' } },
    { label: 'history.7d', range: { from: '-7d' } },
    { label: 'history.30d', range: { from: '-30d' } },
    { label: 'history.month', range: wholeOf(date, 'month') },
    { label: 'history.year', range: wholeOf(date, 'year') },
    { label: 'history.all', range: { from: ALL } },
  ]
}

interface StepProps {
  readonly label: MessageKey
  readonly sign: string
  readonly disabled?: boolean
  press(): void
}

const Step = ({ label, sign, disabled = false, press }: StepProps) => {
  const { t } = useLanguage()
  return (
    <button
      type="button"
      class="history-step"
      aria-label={t(label)}
      title={t(label)}
      disabled={disabled}
      onClick={press}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  )
}

const OwnDays = ({ moments, show }: { moments: Moments; show(range: Range): void }) => {
  const { t } = useLanguage()
  const { fromAt, toAt, timeZone } = moments
  const [first, setFirst] = useState(today(fromAt, timeZone))
  const [last, setLast] = useState(today(Math.min(toAt, moments.at) - 1, timeZone))
  const isInOrder = first !== '' && last !== '' && first <= last
  return (
    <div class="history-own-days">
      <label>
        {t('history.from-day')}
        <input type="date" value={first} max={last} onInput={(event) => setFirst(event.currentTarget.value)} />
      </label>
      <label>
        {t('history.to-day')}
        <input type="date" value={last} min={first} onInput={(event) => setLast(event.currentTarget.value)} />
      </label>
      <button type="button" class="is-main" disabled={!isInOrder} onClick={() => show(daysRange(first, last))}>
        {t('history.show')}
      </button>
    </div>
  )
}

const CLOSER = 0.5
const FARTHER = 2

export const RangeBar = ({ viewed, asked }: { viewed: Viewed; asked: Range }) => {
  const { t, locale } = useLanguage()
  const [isOwn, setIsOwn] = useState(false)
  const { moments, beganAt, show, move, zoom, back, isZoomed } = viewed
  const ready = moments !== undefined
  const shift = (by: 1 | -1) => moments && move(shifted(asked, moments, by))
  const scale = (factor: number) => moments && zoom(zoomed(moments, factor))
  const named = namedRanges(moments ?? { at: Date.now(), timeZone: 'UTC' })
  return (
    <div class="history-range-bar">
      <fieldset class="history-named-ranges">
        <legend class="visually-hidden">{t('history.range')}</legend>
        {named.map(({ label, range }) => (
          <button
            key={label}
            type="button"
            aria-pressed={isSame(range, asked)}
            disabled={!ready}
            onClick={() => show(range)}
          >
            {t(label)}
          </button>
        ))}
        <button type="button" aria-expanded={isOwn} disabled={!ready} onClick={() => setIsOwn(!isOwn)}>
          {t('history.own')}
        </button>
      </fieldset>
      {isOwn && moments && <OwnDays moments={moments} show={show} />}
      <div class="history-range-steps">
        <Step label="history.before" sign="‹" disabled={!ready || beganAt !== undefined} press={() => shift(-1)} />
        <Step label="history.after" sign="›" disabled={!ready || moments.toAt >= moments.at} press={() => shift(1)} />
        <Step label="history.closer" sign="+" disabled={!ready} press={() => scale(CLOSER)} />
        <Step label="history.farther" sign="−" disabled={!ready} press={() => scale(FARTHER)} />
        <Step label="history.back" sign="↩" disabled={!isZoomed} press={back} />
        <p class="history-range-text">
          {moments && rangeText(moments, locale)}
          {viewed.isRunning && ready && <span class="faint"> · {t('history.goes-on')}</span>}
          {ready && isAhead(moments) && <span class="faint"> · {t('history.ahead')}</span>}
        </p>
      </div>
    </div>
  )
}
