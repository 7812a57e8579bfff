/** The control of a command, made from its parameters: a switch, switches of circuits, a form, a button. */
import { useEffect } from 'preact/hooks'
import { Switch } from '../../parts/switch.tsx'
import { useLanguage } from '../../use-language.tsx'
import { CircuitSwitches } from './circuit-switches.tsx'
import type { ControlProps } from './control-props.ts'
import { DryRunButton } from './dry-run-button.tsx'
import { formOf, paramsOf } from './known-command.ts'
import { ModuleChoice, useModuleChoice } from './module-choice.tsx'
import { ParameterField, SwitchNote } from './parameter-field.tsx'
import type { CommandUse } from './use-command.ts'
import { type Draft, useDraft } from './use-draft.ts'
import { usePresent } from './use-present.ts'

/** It stands as the kit reports now; of an old word both ways are offered. */
const OneSwitch = ({ command, use, titleId, isForbidden }: ControlProps) => {
  const presentOf = usePresent(command)
  const choice = useModuleChoice(command)
  const [param] = paramsOf(command)
  if (param === undefined) return null
  const present = presentOf(param.name, choice)
  const isOn = present?.isFresh ? present.value === true : undefined
  const paramsOn = (wished: boolean) => ({ [param.name]: wished, ...choice.params })
  return (
    <div class="command-line">
      <ModuleChoice choice={choice} />
      <Switch
        labelledBy={titleId}
        isOn={isOn}
        isBusy={use.isBusy || isForbidden || !choice.isMade}
        onChange={(wished) => use.ask(paramsOn(wished))}
      />
      <SwitchNote command={command} param={param} present={present} />
      <DryRunButton isReady={choice.isMade} rehearse={() => use.rehearse(paramsOn(isOn !== true))} />
    </div>
  )
}

/** What was wished is done: the fields stand as the kit again. */
const useClearing = ({ flight }: CommandUse, { clear }: Draft): void => {
  const isDone = flight?.step === 'taken' && flight.record.state === 'confirmed'
  useEffect(() => {
    if (isDone) clear()
  }, [isDone])
}

const Fields = ({ command, use, titleId, draft: { fields } }: ControlProps & { draft: Draft }) => (
  <>
    {fields.map((field) => (
      <ParameterField
        key={field.param.name}
        {...field}
        command={command}
        isBusy={use.isBusy}
        labelledBy={fields.length === 1 ? titleId : undefined}
      />
    ))}
  </>
)

const ParametersForm = (props: ControlProps) => {
  const { command, use, titleId, isForbidden } = props
  const { t } = useLanguage()
  const choice = useModuleChoice(command)
  const draft = useDraft(command, choice.moduleSn)
  useClearing(use, draft)
  const params = draft.params && choice.isMade ? { ...draft.params, ...choice.params } : undefined
  const isReady = params !== undefined && draft.isChange && !use.isBusy && !isForbidden
  return (
    <form
      class={`command-form${draft.fields.length === 1 ? ' is-single' : ''}`}
      aria-labelledby={titleId}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) use.ask(params)
      }}
    >
      <ModuleChoice choice={choice} />
      <Fields {...props} draft={draft} />
      <div class="command-line">
        <button type="submit" class="is-main" aria-disabled={!isReady}>
          {t(draft.fields.length === 0 ? 'control.send' : 'control.set')}
        </button>
        <DryRunButton isReady={params !== undefined} rehearse={() => params && use.rehearse(params)} />
      </div>
    </form>
  )
}

export const CommandForm = (props: ControlProps) => {
  const form = formOf(props.command)
  if (form === 'switch') return <OneSwitch {...props} />
  return form === 'circuits' ? <CircuitSwitches {...props} /> : <ParametersForm {...props} />
}
