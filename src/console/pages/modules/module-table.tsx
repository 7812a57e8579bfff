/** Modules as a table whose rows open to the values of the module; on a phone each row becomes a small card. */
import { useState } from 'preact/hooks'
import type { ValueSeries } from '../../api-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import type { KnownModule } from './known-modules.ts'
import { ModuleRows } from './module-rows.tsx'

interface TableProps {
  /** Each with the values to show when it is open. */
  readonly found: readonly { readonly module: KnownModule; readonly series: readonly ValueSeries[] }[]
  /** What is searched for lies open. */
  readonly isSearch: boolean
}

/** Those that a person opened. */
const useOpen = (): [ReadonlySet<string>, (key: string) => void] => {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const turn = (key: string) => {
    const others = new Set(open)
    if (!others.delete(key)) others.add(key)
    setOpen(others)
  }
  return [open, turn]
}

export const ModuleTable = ({ found, isSearch }: TableProps) => {
  const { t } = useLanguage()
  const [open, turn] = useOpen()
  return (
    <div class="card modules-card">
      <table class="modules">
        <caption class="visually-hidden">{t('page.modules')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('control.module')}</th>
            <th scope="col">{t('modules.verdict')}</th>
            <th scope="col">{t('kits.column.heard')}</th>
            <th scope="col" class="is-number">
              {t('modules.cadence')}
            </th>
            <th scope="col" class="is-number">
              {t('modules.reports')}
            </th>
            <th scope="col">{t('modules.firmware')}</th>
          </tr>
        </thead>
        {found.map(({ module, series }) => (
          <ModuleRows
            key={module.key}
            {...{ module, series, isOpen: isSearch || open.has(module.key) }}
            turn={isSearch ? undefined : () => turn(module.key)}
          />
        ))}
      </table>
    </div>
  )
}
