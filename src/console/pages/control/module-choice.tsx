/** Which of several modules of a kind a command goes to; nothing where there is but one. */
import { useState } from 'preact/hooks'
import type { KnownCommand, Params } from '../../command-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { takesModule } from './known-command.ts'

export interface Choice {
  /** Serial numbers, where there are several. */
  readonly modules: readonly string[]
  /** The one that is meant; undefined until one is chosen. */
  readonly moduleSn: string | undefined
  /** What of it belongs into the command. */
  readonly params: Params
  readonly isMade: boolean
  choose(sn: string): void
}

export const useModuleChoice = (command: KnownCommand): Choice => {
  const live = useLive()
  const [chosen, choose] = useState<string>()
  const all = [...live.modules.values()]
    .filter(({ kind }) => kind === command.addressee)
    .map(({ module_sn }) => module_sn)
  const isChoice = takesModule(command) && all.length > 1
  const moduleSn = isChoice ? chosen : all[0]
  return {
    modules: isChoice ? all : [],
    moduleSn,
    params: isChoice && moduleSn !== undefined ? { module: moduleSn } : {},
    isMade: !isChoice || moduleSn !== undefined,
    choose,
  }
}

export const ModuleChoice = ({ choice: { modules, moduleSn, choose } }: { choice: Choice }) => {
  const { t } = useLanguage()
  if (modules.length === 0) return null
  return (
    <label class="module-choice">
      {t('control.module')}{' '}
      <select value={moduleSn ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
        {moduleSn === undefined && <option value="">{t('control.choose')}</option>}
        {modules.map((sn) => (
          <option key={sn} value={sn}>
            {sn}
          </option>
        ))}
      </select>
    </label>
  )
}
