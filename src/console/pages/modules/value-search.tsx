/** Looks for values among all modules. */
import { useId } from 'preact/hooks'
import { useLanguage } from '../../use-language.tsx'

interface SearchProps {
  readonly search: string
  /** How many values it means; undefined while nothing is searched for. */
  readonly hits: number | undefined
  change(search: string): void
}

export const ValueSearch = ({ search, hits, change }: SearchProps) => {
  const { t } = useLanguage()
  const id = useId()
  return (
    <search class="value-search">
      <label for={id}>{t('modules.search')}</label>
      <input
        id={id}
        type="search"
        value={search}
        placeholder={t('modules.search-example')}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <span class="faint" role="status">
        {hits !== undefined && t('modules.hits', { n: hits })}
      </span>
    </search>
  )
}
