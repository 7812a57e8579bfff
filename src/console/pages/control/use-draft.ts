/** What is wished of a command's parameters, until it is sent: each begins as the kit stands, where that is known now. */
import { useState } from 'preact/hooks'
import type { KnownCommand, Params, ParamValue } from '../../command-shapes.ts'
import { isAllowed, type Param, paramsOf } from './known-command.ts'
import type { Present } from './present.ts'
import { usePresent } from './use-present.ts'

interface DraftField {
  readonly param: Param
  readonly present: Present | undefined
  readonly value: ParamValue | undefined
  wish(value: ParamValue | undefined): void
}

export interface Draft {
  readonly fields: readonly DraftField[]
  /** What would be sent; undefined while something is missing or out of its limits. */
  readonly params: Params | undefined
  /** Whether it is other than how the kit stands now. */
  readonly isChange: boolean
  /** Back to how the kit stands. */
  clear(): void
}

type Wishes = Readonly<Record<string, ParamValue | undefined>>

/** One that must be given begins with what is reported now; an old value would be sent as if it were of now. */
const startOf = (param: Param, present: Present | undefined, wishes: Wishes): ParamValue | undefined => {
  if (param.name in wishes) return wishes[param.name]
  return param.isNeeded && present?.isFresh ? present.value : undefined
}

const toSend = (fields: readonly DraftField[]): Params | undefined => {
  const given = fields.filter(({ param, value }) => param.isNeeded || value !== undefined)
  if (!given.every(({ param, value }) => isAllowed(param, value))) return undefined
  return Object.fromEntries(given.map(({ param, value }) => [param.name, value!]))
}

/** `moduleSn`: of the module that the command goes to. */
export const useDraft = (command: KnownCommand, moduleSn: string | undefined): Draft => {
  const presentOf = usePresent(command)
  const [wishes, setWishes] = useState<Wishes>({})
  const fields = paramsOf(command).map((param) => {
    const present = presentOf(param.name, { moduleSn })
    const wish = (value: ParamValue | undefined) => setWishes((before) => ({ ...before, [param.name]: value }))
    return { param, present, value: startOf(param, present, wishes), wish }
  })
  const isChange = fields.some(
    ({ param, present, value }) =>
      value !== undefined && (!param.isNeeded || !present?.isFresh || present.value !== value),
  )
  return { fields, params: toSend(fields), isChange: fields.length === 0 || isChange, clear: () => setWishes({}) }
}
