/** All modules of a kit: how each reports, and every value that is known of it. */
import './modules.css'
import { useState } from 'preact/hooks'
import type { Modules } from '../../api-shapes.ts'
import type { PageProps } from '../../page.ts'
import { AskedProblem } from '../../parts/asked-problem.tsx'
import { useAnswer } from '../../use-answer.ts'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { knownModules, matchingSeries } from './known-modules.ts'
import { ModuleTable } from './module-table.tsx'
import { ValueSearch } from './value-search.tsx'

const EVERY_MS = 15_000

export const ModulesPage = ({ sn, query }: PageProps) => {
  const { t, said } = useLanguage()
  const live = useLive()
  const [search, setSearch] = useState(query.find ?? '')
  const listed = useAnswer<Modules>(`api/v1/kits/${encodeURIComponent(sn)}/modules`, EVERY_MS)
  const modules = knownModules(listed.answer?.modules ?? [], live.modules)
  const isSearch = search.trim() !== ''
  const found = modules
    .map((module) => ({ module, series: matchingSeries(module, search, said) }))
    .filter(({ series }) => !isSearch || series.length > 0)
  const hits = found.reduce((sum, { series }) => sum + series.reduce((own, { fields }) => own + fields.length, 0), 0)
  return (
    <>
      <h1>{t('page.modules')}</h1>
      <AskedProblem asked={[listed]} />
      {modules.length > 0 && (
        <>
          <ValueSearch search={search} hits={isSearch ? hits : undefined} change={setSearch} />
          <p class="faint">{t('modules.values-hint')}</p>
        </>
      )}
      {modules.length === 0 && !listed.error && <p>{listed.isLoading ? t('app.loading') : t('modules.none')}</p>}
      {found.length > 0 && <ModuleTable found={found} isSearch={isSearch} />}
    </>
  )
}
