/** A parameter of a command as a field of its kind: it only holds what is wished, and sends nothing. */
import { useId } from 'preact/hooks'
import type { KnownCommand, ParamValue } from '../../command-shapes.ts'
import { Age } from '../../parts/age.tsx'
import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import { valueInWords } from './command-words.ts'
import type { Param } from './known-command.ts'
import { NumberField } from './number-field.tsx'
import type { Present } from './present.ts'

interface FieldProps {
  readonly command: KnownCommand
  readonly param: Param
  readonly present: Present | undefined
  /** What is wished; undefined: nothing yet. */
  readonly value: ParamValue | undefined
  readonly isBusy: boolean
  /** `''`: it is to be typed anew. */
  wish(value: ParamValue | undefined): void
}

interface NamedField extends FieldProps {
  readonly id: string
  readonly labelledBy: string
}

/** An option has but text: it tells the value's place among all. */
const ChoiceField = ({ id, labelledBy, command, param, value, isBusy, wish }: NamedField) => {
  const speech = useLanguage()
  const options: readonly ParamValue[] = param.enum ?? [true, false]
  return (
    <select
      id={id}
      aria-labelledby={labelledBy}
      disabled={isBusy}
      value={value === undefined ? '' : String(options.indexOf(value))}
      onChange={(event) => wish(options[Number.parseInt(event.currentTarget.value, 10)])}
    >
      {value === undefined && <option value="">{speech.t('control.choose')}</option>}
      {options.map((option, index) => (
        <option key={String(option)} value={String(index)}>
          {valueInWords(command, param, option, speech)}
        </option>
      ))}
    </select>
  )
}

const TextField = ({ id, labelledBy, param, value, isBusy, wish }: NamedField) => (
  <input
    id={id}
    aria-labelledby={labelledBy}
    type="text"
    autocomplete="off"
    maxLength={param.maxLength}
    readOnly={isBusy}
    value={String(value ?? '')}
    onInput={(event) => wish(event.currentTarget.value)}
  />
)

const MINUTE_MS = 60_000

/** As `datetime-local` has it: by the clock on this wall. */
const localTime = (moment: string): string => {
  const at = new Date(moment)
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 19)
}

const toMoment = (text: string): string => (text === '' ? '' : new Date(text).toISOString())

const MomentField = ({ id, labelledBy, value, isBusy, wish }: NamedField) => {
  const { t } = useLanguage()
  return (
    <span class="moment-field">
      <input
        id={id}
        aria-labelledby={labelledBy}
        type="datetime-local"
        step={1}
        readOnly={isBusy}
        value={typeof value === 'string' && value !== '' ? localTime(value) : ''}
        onInput={(event) => wish(toMoment(event.currentTarget.value))}
      />
      <button type="button" disabled={isBusy} onClick={() => wish(`${new Date().toISOString().slice(0, 19)}Z`)}>
        {t('control.moment.now')}
      </button>
    </span>
  )
}

const KINDS = { number: NumberField, choice: ChoiceField, switch: ChoiceField, moment: MomentField, text: TextField }

/** How it stands in the kit, with its age; marked where that is not of now. */
const PresentNote = ({ command, param, present }: Pick<FieldProps, 'command' | 'param' | 'present'>) => {
  const speech = useLanguage()
  if (present === undefined)
    return command.reads_back[param.name] ? <span class="faint">{speech.t('control.present.unknown')}</span> : null
  const value = valueInWords(command, param, present.value, speech)
  return (
    <span class={`present${present.isFresh ? '' : ' is-old'}`}>
      {speech.t(present.isFresh ? 'control.present' : 'control.present.old', { value })}{' '}
      <Age ageS={present.ageS} at={present.at} />
    </span>
  )
}

/** Beside a switch, which says itself how it stands: how old that is, or what was last known. */
export const SwitchNote = (props: Pick<FieldProps, 'command' | 'param' | 'present'>) => {
  const { present } = props
  return present?.isFresh ? <Age ageS={present.ageS} at={present.at} /> : <PresentNote {...props} />
}

const Name = ({ param: { name, description = name } }: { param: Param }) => <Said text={description} />

/** One that may be left out is asked for only where its box is ticked: it stays as it is otherwise. */
const Choosing = ({ param, present, value, isBusy, wish, labelId }: FieldProps & { labelId: string }) => {
  const { t } = useLanguage()
  const first = present?.value ?? param.minimum ?? param.enum?.[0] ?? (param.kind === 'switch' ? true : '')
  return (
    <label class="change">
      <input
        type="checkbox"
        checked={value !== undefined}
        disabled={isBusy}
        onChange={(event) => wish(event.currentTarget.checked ? first : undefined)}
      />
      <span>
        {t('control.change')}{' '}
        <span id={labelId}>
          <Name param={param} />
        </span>
      </span>
    </label>
  )
}

/** `labelledBy`: what says already what it is, where it is the only one. */
export const ParameterField = (props: FieldProps & { labelledBy?: string | undefined }) => {
  const { command, param, present, value } = props
  const id = useId()
  const { labelledBy = `${id}-label` } = props
  const Field = KINDS[param.kind]
  return (
    <div class="field">
      <div class="field-head">
        {!param.isNeeded ? (
          <Choosing {...props} labelId={labelledBy} />
        ) : (
          labelledBy === `${id}-label` && (
            <label id={labelledBy} for={id}>
              <Name param={param} />
            </label>
          )
        )}
        <PresentNote command={command} param={param} present={present} />
      </div>
      {(param.isNeeded || value !== undefined) && (
        <div class="field-line">
          <Field {...props} id={id} labelledBy={labelledBy} />
        </div>
      )}
    </div>
  )
}
