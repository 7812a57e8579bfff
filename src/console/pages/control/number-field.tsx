/** A number within its limits: a slider to find it, a field to type it, its unit beside it. */
import { useEffect, useState } from 'preact/hooks'
import type { ParamValue } from '../../command-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import { amount } from './command-words.ts'
import { isAllowed, type Param, stepOf } from './known-command.ts'

interface NumberFieldProps {
  readonly id: string
  readonly labelledBy: string
  readonly param: Param
  readonly value: ParamValue | undefined
  readonly isBusy: boolean
  wish(value: ParamValue | undefined): void
}

/** With more steps than a finger can tell apart a slider is of no use; nor is it for what is no quantity. */
const MOST_STEPS = 1_000

/** 0.30000000000000004 is no step of 0.1. */
const onStep = (value: number, step: number): number => Number((Math.round(value / step) * step).toFixed(3))

const Slider = ({ labelledBy, param, value, isBusy, wish }: NumberFieldProps) => {
  const { locale } = useLanguage()
  const { minimum = 0, maximum = 0 } = param
  const step = stepOf(param)
  return (
    <span class="slider">
      <span class="limit" aria-hidden="true">
        {minimum}
      </span>
      <input
        type="range"
        aria-labelledby={labelledBy}
        min={minimum}
        max={maximum}
        step={step}
        disabled={isBusy}
        value={typeof value === 'number' ? value : minimum}
        class={value === undefined ? 'is-unset' : undefined}
        aria-valuetext={typeof value === 'number' ? amount(param, value, locale) : '–'}
        onInput={(event) => wish(onStep(event.currentTarget.valueAsNumber, step))}
      />
      <span class="limit" aria-hidden="true">
        {maximum}
      </span>
    </span>
  )
}

const numberOf = (text: string): ParamValue => (text === '' ? '' : Number(text))

/** What is typed stays as it is typed, until the value changes by another way. */
const useTyped = (value: ParamValue | undefined, wish: NumberFieldProps['wish']) => {
  const [text, setText] = useState('')
  useEffect(() => {
    if (numberOf(text) !== (value ?? '')) setText(String(value ?? ''))
  }, [value])
  const type = (typed: string) => {
    setText(typed)
    wish(numberOf(typed))
  }
  return { text, type }
}

export const NumberField = (props: NumberFieldProps) => {
  const { id, labelledBy, param, value, isBusy, wish } = props
  const { t, locale } = useLanguage()
  const { minimum = 0, maximum = 0, unit = '' } = param
  const step = stepOf(param)
  const { text, type } = useTyped(value, wish)
  const isWrong = value !== undefined && value !== '' && !isAllowed(param, value)
  return (
    <>
      {unit !== '' && (maximum - minimum) / step <= MOST_STEPS && <Slider {...props} />}
      <span class="number">
        <input
          id={id}
          type="number"
          aria-labelledby={labelledBy}
          inputMode={step < 1 ? 'decimal' : 'numeric'}
          min={minimum}
          max={maximum}
          step={step}
          readOnly={isBusy}
          value={text}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          onInput={(event) => type(event.currentTarget.value)}
        />
        {unit !== '' && <span class="unit">{unit}</span>}
      </span>
      {isWrong && (
        <span id={`${id}-wrong`} class="wrong">
          {t('control.range', { least: amount(param, minimum, locale), most: amount(param, maximum, locale) })}
        </span>
      )}
    </>
  )
}
