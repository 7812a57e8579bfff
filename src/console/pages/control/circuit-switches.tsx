/** A switch for each circuit of a panel, under the name that its owner gave it. */
import { useId } from 'preact/hooks'
import { Switch } from '../../parts/switch.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import type { ControlProps } from './control-props.ts'
import { DryRunButton } from './dry-run-button.tsx'
import { type Param, paramsOf } from './known-command.ts'
import { type Choice, ModuleChoice, useModuleChoice } from './module-choice.tsx'
import { SwitchNote } from './parameter-field.tsx'
import { circuitName } from './present.ts'
import { usePresent } from './use-present.ts'

interface CircuitProps extends ControlProps {
  readonly circuit: number
  /** Whether it is to be on. */
  readonly param: Param
  readonly choice: Choice
}

const useCircuitName = ({ command, circuit }: CircuitProps): string => {
  const { modules } = useLive()
  const { t } = useLanguage()
  const name = circuitName(command, modules, circuit)
  return name === undefined ? t('control.circuit', { circuit }) : `${circuit} · ${name}`
}

const CircuitSwitch = (props: CircuitProps) => {
  const { command, use, titleId, isForbidden, circuit, param, choice } = props
  const id = useId()
  const name = useCircuitName(props)
  const presentOf = usePresent(command)
  const present = presentOf(param.name, { circuit, moduleSn: choice.moduleSn })
  const isOn = present?.isFresh ? present.value === true : undefined
  const paramsOn = (wished: boolean) => ({ circuit, [param.name]: wished, ...choice.params })
  return (
    <li class="circuit-switch">
      <span id={id} class="circuit-name">
        {name}
      </span>
      <Switch
        labelledBy={`${titleId} ${id}`}
        isOn={isOn}
        isBusy={use.isBusy || isForbidden || !choice.isMade}
        onChange={(wished) => use.ask(paramsOn(wished))}
      />
      {!present?.isFresh && <SwitchNote command={command} param={param} present={present} />}
      <DryRunButton of={name} isReady={choice.isMade} rehearse={() => use.rehearse(paramsOn(isOn !== true))} />
    </li>
  )
}

export const CircuitSwitches = (props: ControlProps) => {
  const { command } = props
  const choice = useModuleChoice(command)
  const [circuits, param] = paramsOf(command)
  if (circuits === undefined || param === undefined) return null
  const { minimum = 1, maximum = minimum } = circuits
  return (
    <>
      <ModuleChoice choice={choice} />
      <ul class="circuit-switches">
        {Array.from({ length: maximum - minimum + 1 }, (_, index) => (
          <CircuitSwitch key={index} {...props} circuit={minimum + index} param={param} choice={choice} />
        ))}
      </ul>
    </>
  )
}
